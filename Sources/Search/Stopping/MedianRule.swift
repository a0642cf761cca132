package import Tracking

/// A configuration goes on where it is no worse than the median of all that have got to the rung
/// (Golovin and others, "Google Vizier", 2017, with best values instead of running means).
package struct MedianRule: StopRule {
  package static var choice: Choice {
    Choice(
      "median", settings: settings(reduction: 2),
      "configurations that are worse than the median end")
  }

  package let minEpochs: Int
  package let minSteps: Int?
  package let isAsynchronous: Bool
  package let reduction: Int

  package init(_ chosen: Chosen) {
    minEpochs = chosen.integer("min_epochs")
    minSteps = chosen.wholeNumber("min_steps")
    isAsynchronous = chosen.values["asynchronous"] == .flag(true)
    reduction = chosen.integer("reduction")
  }

  package func goOn(_ scores: [Double]) -> [Bool] {
    let sorted = scores.sorted()
    guard !sorted.isEmpty else { return [] }
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    return scores.map { $0 <= median }
  }
}
