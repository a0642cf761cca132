import Datasets
import Runs

/// Configurations that are compared by one run each.
enum OneSeed: LintRule {
  static let name = "one-seed"
  static let reason =
    "two runs of one configuration differ by their first weights and the order of rows, so one run "
    + "each cannot tell a better configuration from better luck"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { sweep, members in
      // Combinations that come out as the same network are one configuration, with all their seeds.
      let configurations = Dictionary(grouping: members) { $0.network.withoutNameAndSeed }
      guard configurations.count > 1, members.allSatisfy({ $0.network.data.split.folds == nil }),
        configurations.values.allSatisfy({ Set($0.flatMap(\.seeds)).count == 1 })
      else { return nil }
      let all = experiment.experiment.members(of: sweep).count
      let count = all > LintedExperiment.mostMembers ? all : configurations.count
      return Finding(
        mark: sweep.mark,
        message: "\(count) configurations are compared by one seed each",
        fix: "write seeds: 5")
    }
  }
}

extension NetworkRun {
  /// What two runs of one configuration share.
  fileprivate var withoutNameAndSeed: NetworkRun {
    var copy = with(seed: 0)
    copy.modelName = ""
    copy.modelPath = ""
    return copy
  }
}
