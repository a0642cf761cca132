import Datasets
import TensorKernels

/// Rows that come class by class and are trained on in that order.
enum ClassOrder: LintRule {
  static let name = "class-order"
  static let reason =
    "batches of one class each pull the network to that class and away from the one before"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { sweep, members in
      let isOrdered = members.allSatisfy { member in
        member.configuration.train.shuffle == .never
          && comesClassByClass(member.configuration, experiment)
      }
      return isOrdered
        ? Finding(
          mark: experiment.mark(ofTrain: "shuffle", in: sweep),
          message: "the rows come class by class and are not shuffled",
          fix: "write shuffle: true, or remove the line")
        : nil
    }
  }

  private static func comesClassByClass(
    _ configuration: RunConfiguration, _ experiment: LintedExperiment
  ) -> Bool {
    guard let train = experiment.data(of: configuration)?.train,
      case .classes(let labels, let names) = train.targets,
      configuration.train.batchSize.count(of: train.rows) < train.rows
    else { return false }
    let classes = labels.elements
    let changes = zip(classes, classes.dropFirst()).count { $0 != $1 }
    // Rows in random order change their class (K - 1)/K of the time.
    return Double(changes) < 0.2 * Double(train.rows) * Double(names.count - 1)
      / Double(names.count)
  }
}
