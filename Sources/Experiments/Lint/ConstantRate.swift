import NeuralNet
import Runs
import Tracking

/// Many updates at one learning rate.
enum ConstantRate: LintRule {
  static let name = "constant-rate"
  static let reason =
    "a rate large enough for the beginning keeps the weights jumping around the minimum at the end"

  /// Updates from which on a run is long.
  static let longRun = 5_000

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { sweep, members in
      let isConstant = members.allSatisfy { member in
        Schedules.isConstant(member.network.train.schedule)
          && experiment.updates(of: member.network) >= longRun
      }
      guard isConstant,
        let updates = members.map({ experiment.updates(of: $0.network) }).min()
      else { return nil }
      return Finding(
        mark: experiment.mark(ofTrain: "schedule", in: sweep),
        message: "the learning rate is the same over \(updates) updates",
        fix: "write schedule: cosine")
    }
  }
}
