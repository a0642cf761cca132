import FileLanguage
import Runs
import Tracking

/// The cells of a file without a notebook: curves, a figure of the axes, the best table.
struct StandardCells {
  let facts: SweepFacts
  let tree: FileTree

  /// The cells, none where nothing is measured.
  func cells() -> [Cell] {
    let name = facts.sweep.name
    var cells: [Cell] = [.sweep(name)]
    guard !facts.hasFailed, !measured.isEmpty else { return cells }
    let mark = facts.sweep.spec.mark
    let look = LookReader.ofFile(tree.root, SpecProblems())
    cells.append(
      .plot(
        PlotCell(
          CurvesPlot(
            metrics: facts.hasPrograms ? measured : CurvesPlot.usual.filter(measured.contains)),
          sweep: name, look: look, mark: mark)))
    if let figure = figure(look) { cells.append(.plot(figure)) }
    cells.append(
      .table(
        TableCell(
          kind: .best, sweep: name, metric: nil, show: shown, by: nil, value: .best, title: nil,
          mark: mark)))
    return cells
  }

  /// What its runs measure; of a program what judges it.
  private var measured: [Metric] {
    facts.hasPrograms
      ? facts.sweep.members.first.map { [$0.configuration.objective.metric] } ?? []
      : facts.metrics
  }

  /// What the best table shows beside the objective: how right classes are, how far off numbers.
  private var shown: [String] {
    let parts = ["val", "test"]
    let names =
      ["accuracy"] + TrainConfiguration.ClassMetric.allCases.map(\.rawValue)
      + ["rmse", "mae", "r2"]
    func measured(_ parts: [String]) -> [Metric] {
      parts.flatMap { part in names.map { Metric("\(part)/\($0)") } }
        .filter(facts.metrics.contains)
    }
    let judged = measured(parts)
    let all = judged.isEmpty ? measured(["train"]) : judged
    return all.filter { $0 != facts.sweep.members.first?.configuration.objective.metric }.map(
      \.name)
  }

  /// `final` over the one numeric axis, or `heatmap` over the two.
  private func figure(_ look: FigureLook) -> PlotCell? {
    let spec = facts.sweep.spec
    let keys = spec.axes.map { SweepKey.setting($0.path, written: $0.written) }
    let numeric = keys.filter(isNumeric)
    let others = keys.filter { !isNumeric($0) } + (spec.variants.isEmpty ? [] : [.variant])
    let metric =
      facts.hasPrograms
      ? measured.first
      : [Metric.valAccuracy, .valLoss, .trainAccuracy, .trainLoss].first(
        where: measured.contains)
    guard let metric, let x = numeric.first else { return nil }
    switch numeric.count {
    case 1:
      return PlotCell(
        FinalPlot(metric: metric, x: x, by: others.first), sweep: spec.name, look: look,
        mark: spec.mark)
    case 2:
      return PlotCell(
        HeatMapPlot(metric: metric, x: x, y: numeric[1]), sweep: spec.name, look: look,
        mark: spec.mark)
    default: return nil
    }
  }

  private func isNumeric(_ key: SweepKey) -> Bool {
    let values = Set(facts.sweep.members.compactMap { $0.value(key) })
    return values.count > 1 && values.allSatisfy { $0.asNumber != nil }
  }
}
