public import Experiments
public import Figures
import Tracking

/// How figures of one kind are made from the store.
package struct PictureKind: Sendable {
  /// The name of the kind.
  package let name: String
  private let make: @Sendable (FigureMaker?, PlotCell) throws -> Figure

  /// A kind that speaks of a sweep.
  package init<Asked: Plot>(
    _ draw: @escaping @Sendable (FigureMaker, Asked, PlotCell) throws -> Figure
  ) {
    name = Asked.kind
    make = { maker, cell in
      guard let plot = cell.plot as? Asked, let maker else {
        throw LabbookError.input("a figure of kind \(Asked.kind) needs a sweep")
      }
      return try draw(maker, plot, cell)
    }
  }

  /// A kind that speaks of no sweep: its `needs` are `nothing`.
  package init<Asked: Plot>(
    of _: Asked.Type, _ draw: @escaping @Sendable (Asked, PlotCell) throws -> Figure
  ) {
    name = Asked.kind
    make = { _, cell in
      guard let plot = cell.plot as? Asked else {
        throw LabbookError.input("a cell of kind \(cell.kind) is no \(Asked.kind)")
      }
      return try draw(plot, cell)
    }
  }

  /// The figure of a cell of this kind.
  package func figure(_ cell: PlotCell, by maker: FigureMaker?) throws -> Figure {
    try make(maker, cell)
  }
}

extension FigureMaker {
  /// The figure of a cell that speaks of no sweep.
  public static func figure(ofNothing cell: PlotCell) throws -> Figure {
    try PictureKinds.kind(of: cell).figure(cell, by: nil)
  }
}

/// The kinds of figures with what makes each: one line a kind of `Plots.all`.
package enum PictureKinds {
  package static let all: [PictureKind] = [
    PictureKind { try $0.curves($1, $2) },
    PictureKind { try $0.final($1, $2) },
    PictureKind { try $0.heatMap($1, $2) },
    PictureKind { try $0.boundary($1, $2) },
    PictureKind { try $0.fit($1, $2) },
    PictureKind { try $0.parallel($1, $2) },
    PictureKind { try $0.importance($1, $2) },
    PictureKind { try $0.data($1, $2) },
    PictureKind { try $0.confusion($1, $2) },
    PictureKind { try $0.images($1, $2) },
    PictureKind { try $0.weights($1, $2) },
    PictureKind { try $0.gradients($1, $2) },
    PictureKind { try $0.layers($1, $2) },
    PictureKind { try $0.landscape($1, $2) },
    PictureKind { try $0.stretch($1, $2) },
    PictureKind(of: FunctionPlot.self) { try $0.figure($1) },
    PictureKind { try $0.network($1, $2) },
  ]

  package static func kind(of cell: PlotCell) throws -> PictureKind {
    guard let kind = all.first(where: { $0.name == cell.kind }) else {
      throw LabbookError.input("no figure of kind \(cell.kind) can be drawn")
    }
    return kind
  }
}
