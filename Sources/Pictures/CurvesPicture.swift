import Drawing
import Datasets
package import Experiments
import Figures
import Languages
import Results
import RunStorage
import Runs
import Tracking

extension CurvesPlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.curves(self, cell)
  }
}

extension FigureMaker {
  /// A line a metric and configuration, from the curves of its runs.
  package func curves(_ plot: CurvesPlot, _ cell: PlotCell) throws -> Painting {
    let legend = sweep.legend(by: plot.by, facets: [plot.rows, plot.columns].compactMap { $0 })
    let metrics = try plot.metrics.isEmpty ? usualMetrics() : plot.metrics
    let details = CurveDetails(
      legend.groups, told: [plot.by, plot.rows, plot.columns].compactMap { $0 })
    let read = try store.curves(of: sweep.runs.map(\.id), metrics)
    let byRun = Dictionary(grouping: read, by: \.run)
    // Programs may tell steps alone.
    let axis = plot.axis == .epoch && read.hasStepsAlone ? .step : plot.axis
    var series: [CurveSeries] = []
    for metric in metrics {
      for group in legend.groups {
        for point in group.points {
          let lines = try point.drawnRuns.compactMap { run in
            try curve(of: run, metric, byRun[run.id] ?? [], axis, point).map { (run.fold, $0) }
          }
          for var line in CurveSeries.byFold(lines) {
            line.group = group.name
            line.detail = details.text(point, language)
            line.row = facet(plot.rows, point)
            line.column = facet(plot.columns, point)
            series.append(line)
          }
        }
      }
    }
    guard series.contains(where: { !$0.ys.isEmpty }) else { throw try noValues(metrics) }
    var options = CurvesOptions()
    options.band = cell.look.band ?? .std
    options.known = known(by: plot.by, facets: [plot.rows, plot.columns].compactMap { $0 })
    options.title = title(cell, metrics.map { language.metric($0) }.joined(separator: ", "))
    options.axisName = language(axis.phrase)
    options.axisUnit = axis == .time ? language(.unitSeconds) : nil
    options.isWhole = axis != .time
    options.heading = language.key(legend.heading)
    if sweep.hasFolds { options.seeds = .nounFold }
    options.details = details.keys.map { language.key($0) }
    options.smoothing = plot.smoothing
    options.logX = plot.log.x ?? false
    options.logY = plot.log.y
    return { [options] style in
      var options = options
      options.style = style
      return Figure.curves(series, options: options)
    }
  }

  /// The curve of one run; without points where it diverged before it measured any, so that it is
  /// counted, `nil` where it has not measured the metric yet.
  private func curve(
    of run: RunRecord, _ metric: Metric, _ own: [Curve], _ axis: CurvesPlot.Axis,
    _ point: SweepView.Point
  ) throws -> CurveSeries? {
    let curve = own.first { $0.metric == metric }
    guard curve != nil || run.status == .diverged else { return nil }
    let start = own.compactMap(\.times.first).min() ?? 0
    return CurveSeries(
      configuration: point.configuration.key, group: "", seed: run.seed,
      hasDiverged: run.status == .diverged, metric: metric,
      steps: (run.fold == nil ? curve?.steps : curve?.matches) ?? [],
      xs: try curve.map { try places($0, along: axis, of: point, start: start) } ?? [],
      ys: curve?.values ?? [])
  }

  /// The place of a curve's points along an axis.
  private func places(
    _ curve: Curve, along axis: CurvesPlot.Axis, of point: SweepView.Point, start: Int64
  ) throws -> [Double] {
    guard axis == .samples else { return curve.places(along: axis, start: start) }
    return try SamplesSeen(point.configuration.network(), library).places(of: curve)
  }

  /// The panel that a combination belongs to, by its value of a key.
  private func facet(_ key: SweepKey?, _ point: SweepView.Point) -> String {
    guard let key else { return "" }
    return "\(language.key(key.label)) = \(point.value(key)?.display ?? language(.none))"
  }

  /// Loss and accuracy of training and validation, as far as there are any; of runs with other metrics
  /// those that are shown of them everywhere.
  private func usualMetrics() throws -> [Metric] {
    let known = Set(try store.metrics(of: sweep.runs.map(\.id)))
    return ShownMetrics.curves(of: known, objectives: [sweep.objective.metric])
  }
}

extension CurvesPlot.Axis {
  /// What the axis is called.
  fileprivate var phrase: Phrase {
    switch self {
    case .epoch: .axisEpoch
    case .step: .axisStep
    case .time: .axisTime
    case .samples: .axisSamples
    }
  }
}

extension [Curve] {
  /// Whether no point of any has an epoch, though there are steps.
  fileprivate var hasStepsAlone: Bool {
    allSatisfy { $0.epochs.allSatisfy { $0 == 0 } } && contains { ($0.steps.last ?? 0) > 0 }
  }
}

extension Curve {
  /// The place of each point along an axis; `start` is the run's first moment.
  package func places(along axis: CurvesPlot.Axis, start: Int64) -> [Double] {
    switch axis {
    case .step, .samples: return steps.map(Double.init)
    case .time: return times.map { Double($0 - start) / 1000 }
    case .epoch:
      // Several points of one epoch stand apart, by the updates done in it.
      guard zip(epochs.dropFirst(), epochs).contains(where: { $0 == $1 && $0 > 0 }),
        let lastEpoch = epochs.last, let lastStep = steps.last, lastStep > 0
      else { return epochs.map(Double.init) }
      return steps.map { Double($0) * Double(lastEpoch) / Double(lastStep) }
    }
  }
}

extension Curve {
  /// By what the points of different folds are matched: their updates differ where their rows do, so
  /// that epochs count where each has one point.
  fileprivate var matches: [Int] {
    zip(epochs, epochs.dropFirst()).allSatisfy { $0 < $1 } ? epochs : steps
  }
}

extension CurveSeries {
  /// One curve a fold, the mean over its seeds where all have a value; curves of runs without folds as
  /// they are.
  fileprivate static func byFold(_ curves: [(fold: Int?, line: CurveSeries)]) -> [CurveSeries] {
    guard curves.contains(where: { $0.fold != nil }) else { return curves.map(\.line) }
    return Dictionary(grouping: curves) { $0.fold ?? 0 }.sorted { $0.key < $1.key }
      .compactMap { fold, members in
        let whole = members.map(\.line).filter { !$0.hasDiverged }
        guard let first = whole.first ?? members.first?.line else { return nil }
        var mean = first
        mean.seed = fold
        guard whole.count > 1 else { return mean }
        let known = whole.map { Dictionary(zip($0.steps, $0.ys)) { $1 } }
        let places = first.steps.indices.filter { place in
          known.allSatisfy { $0[first.steps[place]] != nil }
        }
        mean.steps = places.map { first.steps[$0] }
        mean.xs = places.map { first.xs[$0] }
        mean.ys = mean.steps.map { step in
          known.reduce(0) { $0 + ($1[step] ?? .nan) } / Double(known.count)
        }
        return mean
      }
  }
}
