import Datasets
import Foundation
import Runs
import Tracking

/// A number to predict that is the same in every training row.
enum ConstantTarget: LintRule {
  static let name = "constant-target"
  static let reason = "where nothing varies there is nothing to learn, and r2 says nothing"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      guard let network = members.first?.network,
        let target = experiment.summary(of: network)?.parts.first?.target,
        target.minimum == target.maximum
      else { return nil }
      return Finding(
        mark: experiment.mark(ofData: "target"),
        message: String(format: "the target is %.4g in every training row", target.mean),
        fix: "choose another target, or data in which it varies")
    }
  }
}
