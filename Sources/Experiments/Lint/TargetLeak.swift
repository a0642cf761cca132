import Datasets
import Runs
import Tracking

/// A column of a table that says the target by itself.
enum TargetLeak: LintRule {
  static let name = "target-leak"
  static let reason =
    "what is known only with the answer is not there when new rows are asked about, and scores then "
    + "promise too much"

  /// Of fewer training rows it may be chance.
  private static let fewestRows = 30

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      guard let network = members.first?.network, network.data.source.name == "csv",
        let data = experiment.data(of: network), data.train.rows >= fewestRows
      else { return nil }
      let leaks = data.train.columnsThatSayTheTarget
      guard let first = leaks.first else { return nil }
      let names = leaks.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
      let more = leaks.count > 4 ? " and \(leaks.count - 4) more" : ""
      return Finding(
        mark: experiment.mark(ofData: "target"),
        message: names + more + (leaks.count == 1 ? " says" : " each say")
          + " the target of all \(data.train.rows) training rows by itself",
        fix: "where it is not known beforehand, write data: {drop: [\(first)]}")
    }
  }
}
