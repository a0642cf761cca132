package import Tracking

/// Successive halving (Li, Jamieson and others, "A system for massively parallel hyperparameter
/// tuning", 2020) in rounds: of n configurations that have got to a rung the best n/reduction go on,
/// rounded up; of equal ones the earlier.
package struct AshaRule: StopRule {
  package static var choice: Choice {
    Choice(
      "asha", settings: settings(reduction: 3),
      "at each comparison the best of every so many configurations go on")
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
    let ranked = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    let kept = Set(ranked.prefix((scores.count + reduction - 1) / reduction))
    return scores.indices.map(kept.contains)
  }
}
