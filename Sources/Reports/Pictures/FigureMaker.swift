public import Datasets
public import Experiments
public import Figures
import Foundation
public import RunStorage
import Tracking

/// Makes the figures of a sweep from what the store holds.
public struct FigureMaker {
  let sweep: PlottedSweep
  let store: RunStore
  let library: DataLibrary

  /// Makes figures of a planned sweep.
  ///
  /// - Parameters:
  ///   - results: the sweep with its stored runs.
  ///   - store: where curves and weights are read.
  ///   - library: where the data of boundaries and fits comes from.
  public init(_ results: SweepResults, in store: RunStore, library: DataLibrary) {
    self.init(PlottedSweep(results), in: store, library: library)
  }

  init(_ sweep: PlottedSweep, in store: RunStore, library: DataLibrary) {
    self.sweep = sweep
    self.store = store
    self.library = library
  }

  /// The figure that a cell asks for.
  ///
  /// - Throws: `LabbookError` where the store has nothing to draw it from.
  public func figure(_ cell: PlotCell) throws -> Figure {
    guard !sweep.runs.isEmpty else {
      throw LabbookError.failure(
        "the sweep '\(sweep.name)' has no runs in \(store.path) yet",
        hint: "`labbook run FILE` trains them")
    }
    var figure =
      switch cell.kind {
      case .curves: try curves(cell)
      case .final: try final(cell)
      case .heatmap: try heatMap(cell)
      case .boundary: try boundary(cell)
      case .fit: try fit(cell)
      }
    if let note = unfinishedNote { figure.notes.append(note) }
    return figure
  }

  /// Says how many runs have no result yet.
  private var unfinishedNote: String? {
    let missing = sweep.planned - sweep.runs.count { $0.status.isResult }
    guard missing > 0 else { return nil }
    return
      "\(missing) of \(sweep.planned) run\(sweep.planned == 1 ? " has" : "s have") no result yet."
  }

  func title(_ cell: PlotCell, _ words: String) -> String {
    cell.title ?? "\(sweep.name): \(words)"
  }

  // MARK: Curves

  private func curves(_ cell: PlotCell) throws -> Figure {
    let legend = sweep.legend(by: cell.by)
    let metrics = try cell.metrics.isEmpty ? usualMetrics() : cell.metrics
    let read = try store.curves(of: sweep.runs.map(\.id), metrics)
    let byRun = Dictionary(grouping: read, by: \.run)
    var series: [CurveSeries] = []
    for metric in metrics {
      for group in legend.groups {
        for point in group.points {
          for run in point.runs {
            let own = byRun[run.id] ?? []
            guard let curve = own.first(where: { $0.metric == metric }) else { continue }
            let start = own.compactMap(\.times.first).min() ?? 0
            series.append(
              CurveSeries(
                configuration: point.configurationKey, group: group.name, seed: run.seed,
                hasDiverged: run.status == .diverged, metric: metric, steps: curve.steps,
                xs: curve.places(along: cell.axis, start: start), ys: curve.values))
          }
        }
      }
    }
    guard !series.isEmpty else { throw try noValues(metrics) }
    var options = CurvesOptions()
    options.title = title(cell, metrics.map(\.name).joined(separator: ", "))
    options.axisName = cell.axis.rawValue
    options.axisUnit = cell.axis == .time ? "s" : nil
    options.isWhole = cell.axis != .time
    options.heading = legend.heading
    options.logX = cell.logX ?? false
    options.logY = cell.logY
    return Figure.curves(series, options: options)
  }

  /// Loss and accuracy of training and validation, as far as there are any.
  private func usualMetrics() throws -> [Metric] {
    let known = Set(try store.metrics(of: sweep.runs.map(\.id)))
    return [.trainLoss, .valLoss, .trainAccuracy, .valAccuracy].filter(known.contains)
  }

  private func noValues(_ metrics: [Metric]) throws -> LabbookError {
    let known = try store.metrics(of: sweep.runs.map(\.id)).map(\.name)
    let near = metrics.compactMap { nearestName(to: $0.name, among: known) }.first
    return .failure(
      "no run of the sweep '\(sweep.name)' has values of "
        + metrics.map(\.name).joined(separator: ", "),
      hint: near.map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? "" : "there are \(known.joined(separator: ", "))"))
  }

  // MARK: Final values

  private func final(_ cell: PlotCell) throws -> Figure {
    guard let metric = cell.metrics.first, let x = cell.x else {
      throw LabbookError.input("a plot of kind final needs a metric and x")
    }
    let groups = cell.by.map { sweep.groups(by: $0) } ?? [.init(name: "", points: sweep.points)]
    let values: [SweepValue] = groups.flatMap { group in
      group.points.flatMap { self.values(of: $0, metric, cell, group: group.name, x: x, y: nil) }
    }
    guard values.contains(where: { $0.value != nil || $0.hasDiverged }) else {
      throw try noValues([metric])
    }
    var options = self.options(cell, metric, x)
    options.title = title(cell, "\(options.metric.name) against \(x.label)")
    options.heading = cell.by?.label ?? ""
    return Figure.final(values, options: options)
  }

  private func heatMap(_ cell: PlotCell) throws -> Figure {
    guard let metric = cell.metrics.first, let x = cell.x, let y = cell.y else {
      throw LabbookError.input("a plot of kind heatmap needs a metric, x and y")
    }
    let values = sweep.points.flatMap { self.values(of: $0, metric, cell, group: "", x: x, y: y) }
    guard values.contains(where: { $0.value != nil || $0.hasDiverged }) else {
      throw try noValues([metric])
    }
    var options = self.options(cell, metric, x)
    options.yName = y.label
    options.title = title(cell, "\(metric.name) over \(x.label) and \(y.label)")
    return Figure.heatMap(values, options: options)
  }

  private func options(_ cell: PlotCell, _ metric: Metric, _ x: SweepKey) -> SweepOptions {
    var options = SweepOptions(metric: metric, xName: x.label)
    options.which = cell.value == .best ? "best" : ""
    // `log: y` says nothing of x, which goes by its values.
    options.logX = cell.logX == false && cell.logY == true ? nil : cell.logX
    options.logY = cell.logY
    return options
  }

  /// The results of one combination's runs; those without a result are left out.
  private func values(
    of point: PlottedSweep.Point, _ metric: Metric, _ cell: PlotCell, group: String, x: SweepKey,
    y: SweepKey?
  ) -> [SweepValue] {
    guard let place = point.value(x) else { return [] }
    guard let row = y == nil ? .off : y.flatMap(point.value) else { return [] }
    return point.runs.filter(\.status.isResult).map { run in
      SweepValue(
        x: place, y: row, group: group, configuration: point.configurationKey,
        value: run.value(of: metric, cell.value),
        hasDiverged: run.status == .diverged)
    }
  }
}

extension Curve {
  /// The place of each point along an axis; `start` is the run's first moment.
  func places(along axis: PlotCell.CurveAxis, start: Int64) -> [Double] {
    switch axis {
    case .step: return steps.map(Double.init)
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
