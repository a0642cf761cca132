import FileLanguage
import Runs
import Tracking

/// What to say of a metric that is not measured.
enum MetricAdvice {
  /// Reports the metric, with the way to have it measured.
  static func report(
    _ name: String, _ mark: Mark, _ known: [Metric], _ sentence: String, _ problems: SpecProblems
  ) {
    var notes =
      known.isEmpty
      ? ["nothing is measured: a run without updates measures val and test, where there are any"]
      : ["expected one of: " + known.map(\.name).joined(separator: ", ")]
    if let cure = cure(name) {
      notes.append(cure)
    } else if let near = meantName(name, among: known.map(\.name)) {
      notes.append("did you mean '\(near)'?")
    }
    problems.report(mark, "\(sentence) \(Words.quoted(name))", notes)
  }

  /// What a run can measure, beside layers and times.
  private static let all: [Metric] =
    [
      .trainLoss, .trainAccuracy, .trainObjective, .valLoss, .valAccuracy, .testLoss, .testAccuracy,
      .learningRate, .gradNorm, .batchLoss, .batchAccuracy,
    ]
    + ["train", "val", "test"].flatMap { part in
      [.rmse(part), .mae(part), .r2(part)]
        + TrainConfiguration.ClassMetric.allCases.map { $0.metric(on: part) }
    }

  /// Whether some run of some file could measure a metric of this name.
  static func isPossible(_ metric: Metric) -> Bool {
    all.contains(metric) || metric.name.hasPrefix("layer/") || metric.isTiming
  }

  /// Reports a name that no run of any file measures.
  static func reportImpossible(_ name: String, _ mark: Mark, _ problems: SpecProblems) {
    if isPossible(Metric(name)) { return }
    report(name, mark, all, "there is no metric", problems)
  }

  private static func cure(_ name: String) -> String? {
    if name == "val/loss" || name == "val/accuracy" {
      return "a validation part comes from data: {split: {val: 0.2}}; accuracy needs classes"
    }
    if name == "test/loss" || name == "test/accuracy" {
      return "a test part comes from data: {split: {test: 0.2}}; accuracy needs classes"
    }
    if name == "train/accuracy" { return "accuracy needs classes" }
    if let asked = TrainConfiguration.ClassMetric.allCases.first(where: {
      name.hasSuffix("/\($0.rawValue)")
    }) {
      return "it is measured on every part with train: {log: {metrics: [\(asked.rawValue)]}}"
    }
    if name == "grad_norm" { return "it is measured with train: {log: {grad_norm: true}}" }
    if name.hasPrefix("batch/") { return "it is measured with train: {log: {every: 10}}" }
    if name.hasPrefix("layer/") { return "it is measured with train: {log: {layers: true}}" }
    if name == "train/objective" { return "it is measured where l1 or weight_decay is above 0" }
    return nil
  }
}
