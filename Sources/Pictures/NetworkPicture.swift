import Datasets
package import Experiments
package import Figures
import NeuralNet
import Results
import Runs
import Tracking

extension NetworkPlot: SweepPicture {
  package func figure(_ cell: PlotCell, by maker: FigureMaker) throws -> Figure {
    try maker.network(self, cell)
  }
}

extension FigureMaker {
  /// The graph of every network of the sweep.
  package func network(_ plot: NetworkPlot, _ cell: PlotCell) throws -> Figure {
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
    var figure = Figure.network(networks, title: title(cell, "network"))
    switch plot.part {
    case .both: break
    case .forward: figure.panels = figure.panels.map { Array($0.prefix(1)) }
    case .derivatives: figure.panels = figure.panels.map { Array($0.suffix(1)) }
    }
    return figure
  }
}

/// What tells networks apart.
private struct NetworkKey: Hashable {
  let layers: [LayerSpec]
  let input: [Int]
}
