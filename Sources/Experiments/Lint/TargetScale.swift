import Datasets
import Foundation
import Runs
import Tracking

/// Numbers to predict that are far larger or smaller than what a fresh network puts out.
enum TargetScale: LintRule {
  static let name = "target-scale"
  static let reason =
    "a fresh network puts out numbers near 0 with a deviation near 1, and the way to others is long "
    + "at any rate that is safe"

  private static let usual = 0.1...10.0

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      for member in members where member.network.data.targetTransform == .none {
        let summary = experiment.summary(of: member.network)
        guard let target = summary?.parts.first?.target, target.deviation > 0,
          !usual.contains(target.deviation)
        else { continue }
        return Finding(
          mark: experiment.mark(ofData: "target"),
          message: String(format: "the target has deviation %.3g", target.deviation),
          fix: "write data: {target_transform: standard}")
      }
      return nil
    }
  }
}
