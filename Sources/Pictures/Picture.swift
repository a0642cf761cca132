package import Experiments
package import Figures
package import Tracking

/// A figure whose content is settled, in whatever style it is wanted.
package typealias Painting = (Style) -> Figure

/// A kind of figure with what makes it.
///
/// Experiments knows what is asked of a kind, its keys; this room makes a figure of it. Every kind of
/// `Plots.kinds` has to be one.
package protocol Picture: Plot {
  /// So many groups have a panel each at most where the cell does not say how many; `nil` where groups
  /// share their panels.
  static var mostGroups: Int? { get }

  /// The same in a picture that is asked to be narrow, where panels stand below each other.
  static var mostNarrowGroups: Int? { get }

  /// The figure that a cell of this kind asks for.
  ///
  /// - Parameter maker: of the sweep it speaks of; `nil` where a cell names none.
  func draw(_ cell: PlotCell, by maker: FigureMaker?) throws -> Painting
}

extension Picture {
  /// Groups share their panels, unless a kind says otherwise.
  package static var mostGroups: Int? { nil }

  /// As many as in any other, unless a kind says otherwise.
  package static var mostNarrowGroups: Int? { mostGroups }
}

/// A kind of figure that speaks of a sweep.
package protocol SweepPicture: Picture {
  /// The figure that a cell of this kind asks for.
  func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting
}

extension SweepPicture {
  package func draw(_ cell: PlotCell, by maker: FigureMaker?) throws -> Painting {
    guard let maker else {
      throw LabbookError.input("a figure of kind \(Self.kind) needs a sweep")
    }
    return try painting(cell, by: maker)
  }
}

extension PlotKinds where repeat each Kind: Picture {
  /// What a cell shows, as a picture.
  package func picture(_ cell: PlotCell) throws(LabbookError) -> any Picture {
    var found: (any Picture)?
    func look<One: Picture>(_: One.Type) {
      if let picture = cell.plot as? One { found = picture }
    }
    repeat look((each Kind).self)
    guard let found else { throw .input("no figure of kind \(cell.kind) can be drawn") }
    return found
  }
}
