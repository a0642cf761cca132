/// Configurations that are compared by one run each.
enum OneSeed: LintRule {
  static let name = "one-seed"
  static let reason =
    "two runs of one configuration differ by their first weights and the order of rows, so one run "
    + "each cannot tell a better configuration from better luck"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { sweep, members in
      guard members.count > 1, members.allSatisfy({ $0.seeds.count == 1 }) else { return nil }
      let count =
        members.count < LintedExperiment.mostMembers
        ? members.count : experiment.experiment.members(of: sweep).count
      return Finding(
        mark: sweep.mark, message: "\(count) configurations are compared by one seed each",
        fix: "write seeds: 5")
    }
  }
}
