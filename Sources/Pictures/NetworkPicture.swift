import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
import Results
import Runs
import Tracking

extension NetworkPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.network(self, cell)
  }
}

extension FigureMaker {
  /// The graph of every network of the sweep.
  package func network(_ plot: NetworkPlot, _ cell: PlotCell) throws -> Painting {
    var seen: Set<NetworkKey> = []
    var networks: [(title: String, graph: Graph)] = []
    for point in sweep.points {
      let network = try point.configuration.network()
      let shape: DataShape
      do throws(DataError) { shape = try library.shape(of: network.data) } catch {
        throw LabbookError.input(error.text, hint: error.hint)
      }
      let key = NetworkKey(layers: network.layers, input: shape.featureShape)
      guard seen.insert(key).inserted else { continue }
      networks.append((point.configuration.modelName, try network.graph(shape)))
    }
    let names = networks.map(\.title)
    for index in networks.indices where names.count(where: { $0 == names[index] }) > 1 {
      networks[index].title += " (\(names[...index].count { $0 == names[index] }))"
    }
    let title = title(cell, language(.titleNetwork))
    let most = cell.look.isNarrow ? Self.mostNarrowNetworks : Self.mostNetworks
    let shown = Array(networks.prefix(most))
    let count = networks.count
    return { style in
      var figure = Figure.network(shown, title: title, style: style)
      switch plot.part {
      case .both: break
      case .forward: figure.panels = Self.every(2, from: 0, of: figure.panels)
      case .derivatives: figure.panels = Self.every(2, from: 1, of: figure.panels)
      }
      if shown.count < count {
        figure.notes.append(
          style.language(.firstDrawn, shown.count, count, style.language(.networks)))
      }
      return figure
    }
  }

  /// Every second panel, such as the forward graphs alone.
  private static func every(_ step: Int, from start: Int, of panels: [[Panel]]) -> [[Panel]] {
    let all = panels.flatMap { $0 }
    return Figure.rows(of: stride(from: start, to: all.count, by: step).map { all[$0] })
  }

  /// More graphs than that make no figure.
  private static let mostNetworks = 12
  private static let mostNarrowNetworks = 2
}

/// What tells networks apart.
private struct NetworkKey: Hashable {
  let layers: [LayerSpec]
  let input: [Int]
}
