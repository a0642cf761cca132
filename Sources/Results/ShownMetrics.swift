import Experiments
import Runs
package import Tracking

/// Which metrics of runs are shown where nobody has named any.
package enum ShownMetrics {
  /// Loss and accuracy of every part, and what else says how right classes and numbers are; of the
  /// training part the one that is compared with the others.
  private static let usual: [Metric] =
    [.trainLoss, .trainAccuracy, .rmse("train")]
    + [.valLoss, .valAccuracy, .testLoss, .testAccuracy]
    + ["val", "test"].flatMap { part in
      TrainConfiguration.ClassMetric.allCases.map { $0.metric(on: part) }
        + [.rmse(part), .mae(part), .r2(part)]
    }

  /// As many are shown of runs that measure none of the usual ones.
  private static let most = 6

  /// Of the metrics that runs have, those whose curves are drawn: loss and accuracy of training and
  /// validation; of runs with other metrics those that are shown.
  package static func curves(
    of measured: Set<Metric>, objectives: some Sequence<Metric>
  ) -> [Metric] {
    let known = CurvesPlot.usual.filter(measured.contains)
    return known.isEmpty ? of(measured, objectives: objectives) : known
  }

  /// Of the metrics that runs have, those that people see: loss and accuracy, and the objectives; of
  /// runs with other metrics the objectives and the first ones by name.
  package static func of(_ measured: Set<Metric>, objectives: some Sequence<Metric>) -> [Metric] {
    let known = usual.filter(measured.contains)
    var asked: [Metric] = []
    for metric in objectives where measured.contains(metric) {
      if !known.contains(metric), !asked.contains(metric) { asked.append(metric) }
    }
    guard known.isEmpty else { return known + asked }
    let others = measured.filter { !$0.isTiming && !asked.contains($0) }
      .sorted { $0.name < $1.name }
    return asked + others.prefix(max(0, most - asked.count))
  }
}
