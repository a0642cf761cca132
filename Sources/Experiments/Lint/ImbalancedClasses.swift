import Datasets
import Foundation
import Runs
import Tracking

/// Classes of which one has nearly all training rows, or far more than another.
enum ImbalancedClasses: LintRule {
  static let name = "imbalanced-classes"
  static let reason =
    "a network that always says the most frequent class is right that often, and learns little of the "
    + "others"

  /// One class has at least this share of the rows.
  private static let mostShare = 0.8
  /// Or at least so many times as many rows as another.
  private static let mostTimes = 10

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { spec, members in
      members.lazy.compactMap { member -> Finding? in
        guard isOpen(member.network), let data = experiment.data(of: member.network) else {
          return nil
        }
        return finding(data).map { message in
          Finding(
            mark: experiment.mark(ofTrain: "loss", in: spec), message: message,
            fix: "write train: {loss: {name: cross-entropy, class_weights: balanced}}, and look at "
              + "log: {metrics: [balanced_accuracy, f1]}")
        }
      }.first
    }
  }

  /// Whether nothing is said of it yet: neither weights nor metrics that count every class alike.
  private static func isOpen(_ network: NetworkRun) -> Bool {
    let weights = network.train.loss?.values["class_weights"] ?? .off
    return weights == .off && network.train.log.metrics.isEmpty
  }

  private static func finding(_ data: PreparedData) -> String? {
    guard let names = data.classNames, names.count > 1, let counts = data.train.classCounts,
      let most = counts.max(), let least = counts.filter({ $0 > 0 }).min(),
      let first = counts.firstIndex(of: most)
    else { return nil }
    let share = Double(most) / Double(counts.reduce(0, +))
    if share >= mostShare, most > least {
      let percent = String(format: "%.0f", share * 100)
      return "\(percent) % of the training rows are of the class '\(names[first])'"
    }
    guard most >= mostTimes * least, let rare = counts.firstIndex(of: least) else { return nil }
    return "the class '\(names[first])' has \(most) training rows, '\(names[rare])' has \(least)"
  }
}
