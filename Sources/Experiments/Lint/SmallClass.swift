import Datasets
import Tracking

/// A class that hardly any training row has, or a target that is always the same.
enum SmallClass: LintRule {
  static let name = "small-class"
  static let reason =
    "what a few rows show is learned by heart, and a single class leaves nothing to tell apart"

  private static let fewest = 5

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      members.lazy.compactMap { member in
        experiment.data(of: member.network).flatMap { finding($0, experiment) }
      }.first
    }
  }

  private static func finding(
    _ data: PreparedData, _ experiment: LintedExperiment
  ) -> Finding? {
    guard let names = data.classNames, let counts = data.train.classCounts else { return nil }
    let mark = experiment.mark(ofData: "target")
    if names.count == 1 {
      return Finding(
        mark: mark, message: "all rows are of the class '\(names[0])'",
        fix: "choose another target, or data with several classes")
    }
    let small = names.indices.filter { counts[$0] < fewest }
    guard let first = small.first else { return nil }
    let more = small.count - 1
    let others = more == 0 ? "" : ", and \(more) more such class\(more == 1 ? "" : "es")"
    return Finding(
      mark: mark,
      message: "the class '\(names[first])' has \(counts[first]) training "
        + "row\(counts[first] == 1 ? "" : "s")" + others,
      fix: "take more rows of it, or leave its rows out")
  }
}
