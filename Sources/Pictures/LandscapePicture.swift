import Datasets
package import Experiments
import Figures
import Foundation
import Languages
import NeuralNet
import Results
import Runs
import Tracking

extension LandscapePlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.landscape(self, cell)
  }
}

extension FigureMaker {
  /// The most updates of a way where the file says nothing.
  private static let usualUpdates = 500

  /// The loss over two directions with several trainings on it, trained again.
  package func landscape(_ plot: LandscapePlot, _ cell: PlotCell) throws -> Painting {
    let ways = try self.ways(plot)
    guard let first = ways.first else {
      throw LabbookError.failure("the sweep '\(sweep.name)' has no configurations with a loss")
    }
    let data = try prepare(first.configuration)
    let shape = try first.configuration.graph(data.shape)
    let traces = try ways.map { way -> DescentTrace in
      let own = try prepare(way.configuration)
      let graph = try way.configuration.graph(own.shape)
      guard graph.parameters.map(\.shape) == shape.parameters.map(\.shape) else {
        throw LabbookError.failure(
          "'\(way.name)' has other weights than '\(first.name)', so that one plane cannot show both",
          hint: "group by a key that leaves the network as it is, such as lr or batch_size")
      }
      return try DescentTrace(
        way.configuration, objective: sweep.objective, own, name: way.name)
    }
    let plane = try LossPlane(
      first.configuration, data, traces, directions: plot.directions, language)
    let paths = traces.map { trace -> DescentPath in
      let places = trace.weights.map(plane.place)
      return DescentPath(name: trace.name, xs: places.map(\.x), ys: places.map(\.y))
    }
    let (xRange, yRange) = Self.ranges(paths, traces)
    let landscape = Landscape(
      title: "", grid: plane.grid(xRange, yRange), paths: paths, xName: plane.names.x,
      yName: plane.names.y)
    let title = title(cell, language(.titleLandscape))
    let subtitle = words(traces, of: first.configuration, by: plot.by)
    let notes = notes(traces, data)
    let all = plot.by.map { key in known(by: key).map { "\(language.key(key.label)) \($0)" } } ?? []
    return { style in
      Figure.landscape(
        [landscape], title: title, subtitle: subtitle, notes: notes, known: all, style: style)
    }
  }

  /// The trainings that are drawn: those of a key's values, or of several batch sizes.
  private func ways(_ plot: LandscapePlot) throws -> [(
    name: String, configuration: NetworkRun
  )] {
    let shape = try commonShape(plot)
    let choices = try chosen(
      by: plot.by, best: plot.metric, firstOnly: true, needsRuns: false,
      where: { point in shape == nil || shape == weightShapes(of: point) }
    ).filter { $0.configuration.train.loss != nil }
    if let key = plot.by {
      return choices.map { choice in
        var configuration = choice.configuration
        configuration.train.log.layers = false
        return ("\(language.key(key.label)) \(choice.title)", configuration)
      }
    }
    guard let choice = choices.first else { return [] }
    let rows = try prepare(choice.configuration).train.rows
    let own = choice.configuration.length(trainRows: rows).batchRows
    let sizes =
      plot.batches.isEmpty
      ? [rows, own < rows && own > 1 ? own : min(32, max(2, rows / 10)), 1]
      : plot.batches.map { $0 == 0 ? rows : min($0, rows) }
    let updates =
      plot.updates ?? min(Self.usualUpdates, choice.configuration.length(trainRows: rows).updates)
    return sizes.uniqued.map { size in
      var configuration = choice.configuration
      configuration.train.batchSize = size == rows ? .full : .rows(size)
      configuration.train.duration = .steps(max(1, updates))
      configuration.train.earlyStopping = nil
      configuration.train.log.layers = false
      let name =
        size == rows
        ? language(.fullBatch)
        : size == 1 ? language(.singleSamples) : language(.miniBatches, size)
      return (name, configuration)
    }
  }

  /// The shapes of weights that every group has a configuration of, where there are several: those of the
  /// best such configuration; `nil` where nothing is to be chosen.
  private func commonShape(_ plot: LandscapePlot) throws -> [Shape]? {
    guard let key = plot.by else { return nil }
    let groups = sweep.groups(by: key).map { group in Set(group.points.compactMap(weightShapes)) }
    guard Set(groups.joined()).count > 1 else { return nil }
    let ranked = try sweep.ranked(
      sweep.points.filter { !$0.runs.isEmpty }, by: plot.metric ?? sweep.objective.metric, .best)
    return (ranked + sweep.points).lazy.compactMap(weightShapes).first { shape in
      groups.allSatisfy { $0.contains(shape) }
    }
  }

  private func weightShapes(of point: SweepView.Point) -> [Shape]? {
    guard let network = try? point.configuration.network(),
      let data = try? prepare(network), let graph = try? network.graph(data.shape)
    else { return nil }
    return graph.parameters.map(\.shape)
  }

  /// All ways with room around them; those that diverged would press the others flat.
  private static func ranges(_ paths: [DescentPath], _ traces: [DescentTrace])
    -> (ClosedRange<Double>, ClosedRange<Double>)
  {
    let healthy = zip(paths, traces).filter { !$1.hasDiverged }.map(\.0)
    let shown = healthy.isEmpty ? paths : healthy
    func range(_ values: [Double]) -> ClosedRange<Double> {
      let fitted = Axis("").fitted(to: values, room: 0.15)
      let half = max((fitted.upperBound - fitted.lowerBound) / 2, 1e-3)
      let middle = (fitted.upperBound + fitted.lowerBound) / 2
      return middle - half...middle + half
    }
    let (x, y) = (range(shown.flatMap(\.xs)), range(shown.flatMap(\.ys)))
    // One unit is as long for both, so that neither may be much shorter than the other.
    func widened(_ range: ClosedRange<Double>, _ least: Double) -> ClosedRange<Double> {
      let half = max(least, range.upperBound - range.lowerBound) / 2
      let middle = (range.lowerBound + range.upperBound) / 2
      return middle - half...middle + half
    }
    let (across, down) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    return (widened(x, down / 1.5), widened(y, across * 0.5))
  }

  private func words(
    _ traces: [DescentTrace], of configuration: NetworkRun, by key: SweepKey?
  ) -> String {
    let hasModels = key == nil && sweep.modelGroups.count > 1
    let model =
      hasModels ? "\(language.key("model")) \(configuration.modelName), " : ""
    let counts = Set(traces.map(\.updates))
    let updates =
      counts.count == 1
      ? language(.updatesEach, counts.first ?? 0)
      : language(.updatesRange, counts.min() ?? 0, counts.max() ?? 0)
    return model + language(.landscapeWords, updates)
  }

  private func notes(_ traces: [DescentTrace], _ data: PreparedData) -> [String] {
    var notes: [String] = []
    let diverged = traces.filter(\.hasDiverged).map(\.name)
    if !diverged.isEmpty {
      notes.append(language(.divergedNames, diverged.joined(separator: ", ")))
    }
    if data.train.rows > LossPlane.mostRows {
      notes.append(language(.lossMeasuredOn, LossPlane.mostRows, data.train.rows))
    }
    return notes
  }
}
