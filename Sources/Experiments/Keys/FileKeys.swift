import Datasets
import NeuralNet
import Search
import Tracking

/// The keys of the whole file, format 1.
public enum FileKeys {
  /// The keys at the top, in the order of the documentation.
  public static let all: [Key] =
    [
      Key(
        "experiment", .value(.text), default: "the file's name without its extension",
        "its name in the store"),
      Key("title", .value(.text), "what people read above it"),
      Key("tags", .value(.list(.text, count: 0...1000)), "words to find it by"),
      Key("base", .value(.path), "a file read first; this file is laid over it"),
      Key("data", .choice(data), isRequired: true, "where rows come from and how they are parted"),
      Key("models", .map(.network, of: "name"), "networks by name"),
      Key("model", .network, "a single network, instead of 'models'"),
      Key("objective", .section(objective), "ranking, search, best weights, early stopping"),
      Key(
        "directions", .section(directions), "which way metrics are better whose names do not say it"
      ),
      Key("train", .section(TrainKeys.all), "how networks are trained"),
      Key("lint", .section(lint), "advice of `labbook check` that is not wanted"),
      Key("notebook", .cells(CellKeys.all), "text, sweeps, figures and tables in order"),
    ]
    + SweepKeys.all.map {
      Key($0.name, $0.shape, default: $0.standard, $0.summary + "; at the top without a notebook")
    }

  static let data = ChoiceSet(
    "data source", nameKey: "source", Sources.all,
    common: DataConfiguration.commonSettings.map(Key.init) + [split])

  static let split = Key(
    "split", .section(DataConfiguration.splitSettings.map(Key.init)), default: "all rows train",
    "parts of the rows that are not trained on, as shares or row counts")

  static let objective: [Key] = [
    Key("minimize", .value(.text), default: "val/loss, or train/loss", "a metric to make small"),
    Key("maximize", .value(.text), "a metric to make great"),
  ]

  static let directions: [Key] = ["maximize", "minimize"].map {
    Key(
      $0, .value(.list(.text, count: 0...1000)), default: "[]",
      "metrics to make \($0 == "maximize" ? "great" : "small")")
  }

  static let lint: [Key] = [
    Key(
      "allow", .value(.list(.word(Lint.names), count: 0...1000)), default: "[]",
      "rules that say nothing about this file")
  ]
}

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
      "best", .value(.integer(1...Combinations.most)), isRequired: true,
      "how many configurations, the best first by the objective's mean over seeds"),
    Key("of", .value(.text), isRequired: true, "a sweep above in this file"),
  ]
}

extension FileKeys {
  /// A key at the top by its name.
  static func key(_ name: String) -> Key? { all.first { $0.name == name } }
}
