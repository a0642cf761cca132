import Datasets
import TensorKernels
import Runs
import Tracking

/// A target of a few whole numbers, which may be names of classes.
enum NumericTarget: LintRule {
  static let name = "numeric-target"
  static let reason =
    "numbers are predicted as amounts, so that class 3 would lie between 2 and 4"

  private static let most = 20

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      for member in members where member.network.data.source.values["task"] == .off {
        guard let data = experiment.data(of: member.network),
          case .values(let values, 1) = data.train.targets,
          member.network.data.targetTransform == .none
        else { continue }
        let distinct = Set(values.elements)
        guard distinct.count <= most, distinct.allSatisfy({ $0 == $0.rounded() }) else { continue }
        return Finding(
          mark: experiment.mark(ofData: "target"),
          message: "the target has \(distinct.count) whole values and is predicted as an amount",
          fix: "write data: {task: classification} where they are classes, else task: regression")
      }
      return nil
    }
  }
}
