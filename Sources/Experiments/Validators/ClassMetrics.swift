import Datasets
import FileLanguage
import Runs
import Tracking

/// Metrics of classes need classes, rows that judge, and for auc two classes.
enum ClassMetrics {
  static func check(
    _ draft: RunDraft, _ metrics: [TrainConfiguration.ClassMetric], _ shape: DataShape,
    _ problems: SpecProblems
  ) {
    guard let first = metrics.first, let node = draft.train["log"]?.node else { return }
    let mark = node["metrics"]?.mark ?? node.mark
    guard let classes = shape.classes else {
      let found = shape.target == .none ? "the data has no target" : "the target is numbers"
      problems.report(
        mark, "\(first.rawValue) needs classes, but \(found)",
        [
          "remove the line; errors of numbers are measured by themselves: val/rmse, val/mae, val/r2"
        ])
      return
    }
    if metrics.contains(.auc), classes != 2 {
      problems.report(
        mark, "auc is of two classes, the data has \(classes)",
        ["balanced_accuracy and f1 take any number of classes"])
    }
    if shape.valRows == 0, shape.testRows == 0 {
      problems.report(
        mark, "\(first.rawValue) is measured on val and test, and the data has neither",
        ["a validation part comes from data: {split: {val: 0.2}}"])
    }
  }
}
