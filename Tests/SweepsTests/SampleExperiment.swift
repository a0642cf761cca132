import Datasets
import Experiments
import FileLanguage
import NeuralNet
import Runs
import Sweeps
import TestSupport
import Tracking

/// A stand-in for a file: one text as the source of all places, and a reader that knows two models,
/// two optimizers and a handful of keys.
enum Sample {
  static let source = SpecSource(name: "sample.yaml", folder: "", text: "over: {}")

  static func mark(_ column: Int) -> Mark { Mark(source, line: 1, column: column) }

  static func scalar(_ text: String) -> SpecNode { SpecNode(.scalar(text, isPlain: true), mark(1)) }

  static func path(_ written: String) -> SettingPath {
    if written == "hidden" { return .ownModel(["mlp", "hidden"]) }
    let parts = written.split(separator: ".").map(String.init)
    return ["data", "models", "train"].contains(parts[0])
      ? .absolute(parts) : .absolute(["train"] + parts)
  }

  static func axis(_ written: String, _ values: [String]) -> SweepSpec.Axis {
    SweepSpec.Axis(
      path: path(written), written: written, mark: mark(written.count), values: values.map(scalar))
  }

  static func substitution(_ written: String, _ value: String) -> SweepSpec.Substitution {
    SweepSpec.Substitution(
      path(written), scalar(value), keyMark: mark(40 + written.count), written: written)
  }

  static func variant(_ name: String, _ keys: [(String, String)] = []) -> SweepSpec.Variant {
    SweepSpec.Variant(
      name: name, mark: mark(3), substitutions: keys.map { substitution($0.0, $0.1) })
  }

  static func sweep(
    _ axes: [SweepSpec.Axis] = [], with: [(String, String)] = [],
    variants: [SweepSpec.Variant] = [], seeds: SweepSpec.Seeds = .own,
    where condition: String? = nil,
    strategy: SweepSpec.Strategy = .grid
  ) -> SweepSpec {
    SweepSpec(
      name: "main", mark: mark(1), with: with.map { substitution($0.0, $0.1) },
      variants: variants, axes: axes, seeds: seeds,
      condition: condition.map { SweepSpec.Condition(text: $0, mark: mark(7)) },
      strategy: strategy)
  }

  static func facts() -> PlanFacts {
    PlanFacts(
      fingerprint: { _ in "" }, trainRows: { _ in 100 }, fileHash: { "hash of \($0)" })
  }

  static func plan(_ sweep: SweepSpec) throws -> SweepPlan {
    let plan = try RunPlan(
      experiment: "sample", sweeps: [sweep], facts: facts(), decode: decode)
    return plan.sweeps[0]
  }

  /// Reads a combination as a file's reader would.
  static func decode(
    _ combination: Combination, _ condition: Formula?
  ) -> Result<RunConfiguration?, Diagnostics> {
    read(combination.substitutions).map { configuration in
      let context = FormulaLookup { name in
        name == "variant"
          ? combination.variant.map(ParameterValue.text)
          : path(name).key(modelPath: "models.hidden layer").flatMap {
            configuration.value(at: $0)
          } ?? .off
      }
      return (try? condition?.holds(in: context)) == false ? nil : configuration
    }
  }

  /// Reads substitutions; batch_size 1 is an error with adam.
  private static func read(
    _ substitutions: [SweepSpec.Substitution]
  ) -> Result<RunConfiguration, Diagnostics> {
    var configuration = base()
    var texts = ["model": "hidden layer", "optimizer": "adam", "hidden": "100", "momentum": "0"]
    for substitution in substitutions {
      let key = substitution.written
      let text = substitution.value.text ?? ""
      switch key {
      case "lr": configuration.train.learningRate = Double(text) ?? 0
      case "batch_size": configuration.train.batchSize = .rows(Int(text) ?? 0)
      case "epochs": configuration.train.duration = .epochs(Int(text) ?? 0)
      case "seed": configuration.train.seed = Int(text) ?? 0
      case "data.noise":
        configuration.data.source = Chosen("spiral", ["noise": .number(Double(text) ?? 0)])
      case "optimizer.momentum": texts["momentum"] = text
      case "optimizer":
        texts["optimizer"] = substitution.value["name"]?.text ?? text
        texts["momentum"] = substitution.value["momentum"]?.text ?? texts["momentum"]
      default: texts[key] = text
      }
      if configuration.train.batchSize == .rows(1), texts["optimizer"] == "adam" {
        return .failure(
          Diagnostics([Diagnostic(substitution.value.mark, "a batch of one row with adam")]))
      }
    }
    configuration.own.modelName = texts["model"] ?? ""
    let width = configuration.modelName == "hidden layer" ? Int(texts["hidden"] ?? "") ?? 0 : 3
    configuration.layers = [LayerSpec(Chosen("linear", ["outputs": .integer(width)]))]
    let isSGD = texts["optimizer"] == "sgd"
    configuration.train.optimizer = Chosen(
      isSGD ? "sgd" : "adam",
      isSGD ? ["momentum": .number(Double(texts["momentum"] ?? "") ?? 0)] : ["beta1": .number(0.9)])
    configuration.hyperparameters = hyperparameters(configuration, width)
    return .success(configuration)
  }

  private static func hyperparameters(
    _ configuration: RunConfiguration, _ width: Int
  ) -> [Hyperparameter] {
    let train = configuration.train
    var result = [
      Hyperparameter("data.source", .text("spiral")),
      Hyperparameter("data.noise", configuration.data.source.values["noise"] ?? .off),
      Hyperparameter("train.model", .text(configuration.modelName)),
      Hyperparameter("train.lr", .number(train.learningRate)),
      Hyperparameter("train.optimizer", .text(train.optimizer.name)),
      Hyperparameter("train.batch_size", .integer(train.batchSize.count(of: 100))),
      Hyperparameter("train.clip_norm", .off),
      Hyperparameter("train.seed", .integer(train.seed)),
    ]
    if configuration.modelName == "hidden layer" {
      result.append(Hyperparameter("models.hidden layer.mlp.hidden", .integer(width)))
    } else {
      result.append(Hyperparameter("models.straight lines.0.linear", .integer(width)))
    }
    for (name, value) in train.optimizer.values {
      result.append(Hyperparameter("train.optimizer.\(name)", value))
    }
    if case .epochs(let epochs) = train.duration {
      result.append(Hyperparameter("train.epochs", .integer(epochs)))
    }
    return result
  }

  /// A configuration like that of the smallest file.
  static func base() -> RunConfiguration {
    RunConfiguration(
      data: DataConfiguration(
        source: Chosen(
          "spiral",
          ["classes": .integer(3), "points_per_class": .integer(1000), "noise": .number(0.2)]),
        split: DataConfiguration.Split(val: .share(0.2))),
      modelName: "hidden layer",
      layers: [
        LayerSpec(Chosen("linear", ["outputs": .integer(100), "bias": .flag(true)])),
        LayerSpec(Chosen("relu")),
        LayerSpec(Chosen("linear", ["outputs": .integer(3), "bias": .flag(true)])),
      ],
      train: TrainConfiguration(
        loss: Chosen("cross-entropy", ["label_smoothing": .number(0), "class_weights": .off]),
        optimizer: Chosen(
          "adam", ["beta1": .number(0.9), "beta2": .number(0.999), "eps": .number(1e-8)]),
        learningRate: 1e-3, weightDecay: 0, l1: 0, clipNorm: nil,
        schedule: Chosen("constant", ["warmup": .number(0)]), batchSize: .full,
        duration: .steps(1000), shuffle: .everyEpoch, initializer: Chosen("default"),
        earlyStopping: nil, log: TrainConfiguration.Log(), seed: 1),
      objective: Objective(.valLoss, .minimize),
      hyperparameters: [])
  }
}
