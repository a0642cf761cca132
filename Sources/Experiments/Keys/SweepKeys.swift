import Search
import Tracking

/// The keys that make a sweep.
enum SweepKeys {
  static let all: [Key] = [
    Key("over", .map(.axis, of: "path"), "what varies: keys with lists, ranges, or all"),
    Key("with", .map(.anything, of: "path"), "what is set for this sweep alone"),
    Key(
      "variants", .map(.map(.anything, of: "path"), of: "name"),
      "an axis of named changes, each of several keys together"),
    Key(
      "seeds",
      .value(
        .either([.integer(1...mostSeeds), .list(.integer(Int.min...Int.max), count: 1...mostSeeds)])
      ),
      default: "train.seed alone", "how many seeds from train.seed on, or a list of them"),
    Key("where", .value(.text), "keeps the combinations for which it holds"),
    Key(
      "strategy", .choice(strategy), default: SweepStrategies.standard.name,
      "how combinations are made"),
    Key("stop", .choice(stop), "when configurations that do badly are not trained further"),
    Key("from", .section(from), "another sweep's best configurations to begin with"),
  ]

  static let mostSeeds = 100_000

  static let strategy = ChoiceSet("strategy", SweepStrategies.choices)

  static let stop = ChoiceSet("rule", StopRules.choices)

  static let from: [Key] = [
    Key(
      "best", .value(.integer(1...SearchSpace.mostRuns)), isRequired: true,
      "how many configurations, the best first by the objective's mean over seeds"),
    Key("of", .value(.text), isRequired: true, "a sweep above in this file"),
  ]
}
