import Datasets
import Runs
import TensorKernels

/// Rows that come class by class and are trained on in that order.
enum ClassOrder: LintRule {
  static let name = "class-order"
  static let reason =
    "batches of one class each pull the network to that class and away from the one before"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { sweep, members in
      let isOrdered = members.allSatisfy { member in
        member.network.train.shuffle == .never
          && comesClassByClass(member.network, experiment)
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
    _ network: NetworkRun, _ experiment: LintedExperiment
  ) -> Bool {
    guard let train = experiment.data(of: network)?.train,
      case .classes(let labels, let names) = train.targets,
      network.length(trainRows: train.rows).batchRows < train.rows
    else { return false }
    let classes = labels.elements
    let changes = zip(classes, classes.dropFirst()).count { $0 != $1 }
    // Rows in random order change their class (K - 1)/K of the time.
    return Double(changes) < 0.2 * Double(train.rows) * Double(names.count - 1)
      / Double(names.count)
  }
}
