import Datasets
package import Experiments
import Figures
import Languages
import Results
import Runs
import Tracking

extension DataPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.data(self, cell)
  }
}

extension FigureMaker {
  /// The data of the sweep's runs, each kind of it once.
  package func data(_ plot: DataPlot, _ cell: PlotCell) throws -> Painting {
    var seen: Set<DataConfiguration> = []
    var looks: [(name: String, data: PreparedData, part: Dataset)] = []
    for point in sweep.points {
      let network = try point.configuration.network()
      // The picture has the data's own units, whatever networks get.
      var key = network.data
      key.normalize = .none
      guard seen.insert(key).inserted else { continue }
      let prepared = try prepare(network)
      guard let part = plot.part.rows(of: prepared) else {
        throw LabbookError.failure(
          "the data of '\(sweep.name)' has no part '\(plot.part.rawValue)'")
      }
      looks.append((point.configuration.label, prepared, part))
    }
    guard let first = looks.first else {
      throw LabbookError.failure("the sweep '\(sweep.name)' has no configurations")
    }
    let source = try sweep.points.first?.configuration.network().data.source.name ?? ""
    let title = title(
      cell, source + (plot.part == .train ? "" : ", \(language.part(plot.part.rawValue))"))
    return { [looks] style in
      guard looks.count > 1 else {
        return first.data.look(at: first.part, title: title, style: style)
      }
      let figures = looks.map { ($0.name, $0.data.look(at: $0.part, title: "", style: style)) }
      var figure = figures[0].1
      figure.panels = Self.together(figures)
      figure.notes = figures.flatMap(\.1.notes).uniqued
      figure.title = title
      return figure
    }
  }

  /// Pictures of one panel side by side, others below each other, each under its name.
  private static func together(_ looks: [(name: String, figure: Figure)]) -> [[Panel]] {
    let named = looks.map { look -> [[Panel]] in
      var panels = look.figure.panels
      if !panels.isEmpty, !panels[0].isEmpty { panels[0][0].title = look.name }
      return panels
    }
    if named.allSatisfy({ $0.count == 1 && $0[0].count == 1 }) {
      return Figure.rows(of: named.flatMap { $0.flatMap { $0 } })
    }
    return named.flatMap { $0 }
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first appearance.
  package var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
