import Datasets
import FileLanguage
import Runs
import Tracking

/// The objective is a metric that the run measures after every epoch.
enum ObjectiveIsMeasured {
  static func check(
    _ run: RunConfiguration, _ shape: DataShape, _ tree: FileTree, _ problems: SpecProblems
  ) {
    guard let entries = tree.root["objective"]?.entries, let entry = entries.first,
      run.network?.train.loss != nil, MetricAdvice.isPossible(run.objective.metric)
    else { return }
    let known = (run.metrics(of: shape) ?? []).filter {
      !$0.isTiming && !$0.name.hasPrefix("batch/")
    }
    guard !known.contains(run.objective.metric) else { return }
    MetricAdvice.report(
      run.objective.metric.name, entry.value.mark, known, "no run measures", problems)
  }
}
