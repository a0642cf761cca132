import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
import Results
import RunStorage
import Runs
import TensorKernels
import Tracking

extension WeightsPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 8 }
  package static var mostNarrowGroups: Int? { 3 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.weights(self, cell)
  }
}

extension FigureMaker {
  /// The weights of the first run of every group's best configuration.
  package func weights(_ plot: WeightsPlot, _ cell: PlotCell) throws -> Painting {
    let name = plot.weights == .best ? RunFile.bestWeights : RunFile.weights
    var asked: [Choice] = []
    let networks = try chosen(by: plot.by, best: plot.metric, firstOnly: true).compactMap {
      choice -> NetworkWeights? in
      guard let run = choice.runs.first,
        try store.artifacts(of: run.id).contains(where: { $0.name == name })
      else { return nil }
      asked.append(choice)
      let tensors = try Safetensors.decode(try store.artifact(name, of: run.id))
      return try NetworkWeights(choice, tensors, library)
    }
    guard !networks.isEmpty else { throw noWeights("to draw") }
    let title = title(cell, language(.titleWeights))
    let subtitle =
      (sweep.points.count > networks.count ? language(.bestFirstSeed) + ", " : "")
      + language(plot.weights == .best ? .bestWeights : .afterLastUpdate)
    let notes =
      LeftRuns.notes(asked.map { LeftRuns(bad: $0.bad) }, language)
      + lostNotes(by: plot.by, shown: asked.map(\.group))
    return { style in
      var figure = Figure.weights(networks, title: title, style: style)
      figure.subtitle = subtitle
      figure.notes += notes
      return figure
    }
  }
}

extension NetworkWeights {
  /// The weights of a stored network, beside those it began with.
  fileprivate init(
    _ choice: FigureMaker.Choice, _ tensors: [NamedTensor], _ library: DataLibrary
  ) throws {
    let configuration = choice.configuration
    let shape: DataShape
    do throws(DataError) { shape = try library.shape(of: configuration.data) } catch {
      throw LabbookError.input(error.text, hint: error.hint)
    }
    let graph = try configuration.graph(shape)
    let before = try? configuration.initialWeights(graph)
    let weights = graph.parameters.filter { !$0.isBias && $0.shape.sizes.count > 1 }
    func values(_ name: String, _ tensors: [NamedTensor]?) -> [Double] {
      tensors?.first { $0.name == name }?.values.map(Double.init) ?? []
    }
    let first = weights.first.map { Self.first($0, values($0.name, tensors), shape) }
    self.init(
      title: choice.title, first: first ?? .none,
      layers: weights.map {
        WeightLayer(
          name: $0.name, before: values($0.name, before), after: values($0.name, tensors))
      })
  }

  /// Pictures where the input is an image, or where the layer's windows are; else a map.
  private static func first(
    _ tensor: ParameterTensor, _ values: [Double], _ shape: DataShape
  ) -> FirstLayer {
    let sizes = tensor.shape.sizes
    guard !values.isEmpty, sizes.count == 2 || sizes.count == 4 else { return .none }
    if sizes.count == 4 {
      return filters(tensor.name, values, width: sizes[3], height: sizes[2])
    }
    if shape.isImages, sizes[1] == shape.features {
      return filters(
        tensor.name, values, width: shape.featureShape[2], height: shape.featureShape[1])
    }
    let rows = (0..<sizes[0]).map { Array(values[$0 * sizes[1]..<($0 + 1) * sizes[1]]) }
    let columns = shape.columnNames.count == sizes[1] ? shape.columnNames : []
    return .matrix(name: tensor.name, columns: columns, rows)
  }

  /// A picture a unit and channel.
  private static func filters(_ name: String, _ values: [Double], width: Int, height: Int)
    -> FirstLayer
  {
    let area = width * height
    return .filters(
      name: name, width: width, height: height,
      (0..<values.count / max(1, area)).map { Array(values[$0 * area..<($0 + 1) * area]) })
  }
}
