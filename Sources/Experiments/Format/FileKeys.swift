import Languages
import Tracking

/// The keys of the whole file, format 1.
public enum FileKeys {
  /// The keys at the top, in the order of the documentation.
  public static let all: [Key] =
    [
      Key(
        .experiment, .value(.text), default: "the file's name without its extension",
        "its name in the store"),
      Key(.title, .value(.text), "what people read above it"),
      Key(.tags, .value(.list(.text, count: 0...1000)), "words to find it by"),
      Key(
        .language, .value(.word(Language.all.map(\.code))), default: "en",
        "in which figures, tables and pages speak"),
      Key(.base, .value(.path), "a file read first; this file is laid over it"),
      Key(
        .data, .choice(DataKeys.all), default: "required for networks",
        "where rows come from and how they are parted"),
      Key(.models, .map(.network, of: "name"), "networks by name"),
      Key(.model, .network, "a single network, instead of 'models'"),
      Key(.objective, .section(objective), "ranking, search, best weights, early stopping"),
      Key(
        .directions, .section(directions),
        "which way metrics are better whose names do not say it"),
      Key(
        .train, .section(TrainKeys.all + ProgramKeys.all),
        "how networks are trained, or the program that trains"),
      Key(.figures, .section(LookKeys.ofFile), "how all figures of the file look"),
      Key(
        .slurm, .section(SlurmKeys.all),
        "what Slurm is asked for; a file that has it trains there"),
      Key(.lint, .section(lint), "advice of `labbook check` that is not wanted"),
      Key(
        .open, .value(.list(.text, count: 0...1000)), default: "[]",
        "paths below data, models and train that a hand-in may set, such as [train.lr]"),
      Key(.notebook, .cells, "text, sweeps, figures and tables in order"),
    ]
    + SweepKeys.all.map {
      Key($0.name, $0.shape, default: $0.standard, $0.summary + "; at the top without a notebook")
    }

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

extension FileKeys {
  /// A key at the top by its name.
  static func key(_ name: String) -> Key? { all.first { $0.name == name } }
}
