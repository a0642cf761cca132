import Datasets

/// No rows are set aside to judge the network.
enum NoValidation: LintRule {
  static let name = "no-validation"
  static let reason =
    "the loss on rows that were trained on falls even where the network only learns them by heart"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      let hasNone = members.allSatisfy { experiment.shape(of: $0.network)?.valRows == 0 }
      return hasNone
        ? Finding(
          mark: experiment.mark(ofData: "split"), message: "the data has no validation part",
          fix: "write data: {split: {val: 0.2}}")
        : nil
    }
  }
}
