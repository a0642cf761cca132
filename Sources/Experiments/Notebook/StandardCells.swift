import Tracking

/// The cells of a file without a notebook: curves, a figure of the axes, the best table.
struct StandardCells {
  let facts: SweepFacts
  let tree: FileTree

  /// Loss and accuracy of training and validation, as far as they are measured.
  static func curveMetrics(_ sweep: SweepFacts) -> [Metric] {
    [.trainLoss, .valLoss, .trainAccuracy, .valAccuracy].filter(sweep.metrics.contains)
  }

  /// The cells, none where nothing is measured.
  func cells() -> [Cell] {
    let name = facts.sweep.name
    var cells: [Cell] = [.sweep(name)]
    guard !facts.hasFailed, !facts.metrics.isEmpty else { return cells }
    let mark = facts.sweep.spec.mark
    cells.append(
      .plot(
        PlotCell(
          kind: .curves, sweep: name, name: "\(name)-curves",
          metrics: Self.curveMetrics(facts), mark: mark)))
    if let figure = figure() { cells.append(.plot(figure)) }
    cells.append(
      .table(
        TableCell(
          kind: .best, sweep: name, metric: nil, show: [], by: nil, value: .best, title: nil,
          mark: mark)))
    return cells
  }

  /// `final` over the one numeric axis, or `heatmap` over the two.
  private func figure() -> PlotCell? {
    let spec = facts.sweep.spec
    let keys = spec.axes.map { SweepKey.setting($0.path, written: $0.written) }
    let numeric = keys.filter(isNumeric)
    let others = keys.filter { !isNumeric($0) } + (spec.variants.isEmpty ? [] : [.variant])
    let metric = [Metric.valAccuracy, .valLoss, .trainAccuracy, .trainLoss].first(
      where: facts.metrics.contains)
    guard let metric, let x = numeric.first else { return nil }
    switch numeric.count {
    case 1:
      return PlotCell(
        kind: .final, sweep: spec.name, name: "\(spec.name)-final", metrics: [metric],
        by: others.first, x: x, mark: spec.mark)
    case 2:
      return PlotCell(
        kind: .heatmap, sweep: spec.name, name: "\(spec.name)-heatmap", metrics: [metric], x: x,
        y: numeric[1], mark: spec.mark)
    default: return nil
    }
  }

  private func isNumeric(_ key: SweepKey) -> Bool {
    let values = Set(facts.sweep.members.compactMap { $0.value(key) })
    return values.count > 1 && values.allSatisfy { $0.asNumber != nil }
  }
}
