import NeuralNet
import Runs
import Tracking

/// The keys of `train`.
enum TrainKeys {
  /// The most epochs or updates of a run.
  static let longest = 1_000_000_000

  static let all: [Key] = [
    Key(
      "model", .either([.value(.text), .network]),
      "the network: a name under 'models', or a network written here; the only model by itself"),
    Key("seed", .value(.integer(Int.min...Int.max)), default: "1", "weights, shuffling, dropout"),
    Key(
      "loss", .choice(loss),
      default: Losses.standard(for: .classes(2)).name + ", or "
        + Losses.standard(for: .values(1)).name + " for numbers",
      "what is made small"),
    Key(
      "optimizer", .choice(optimizer), default: Optimizers.standard.name, "the gradient method"),
    Key("lr", .value(.number(.notNegative)), default: "0.001", "the learning rate"),
    Key(
      "weight_decay", .value(.number(.notNegative)), default: "0",
      "L2 penalty into the gradient; decoupled for adamw"),
    Key("l1", .value(.number(.notNegative)), default: "0", "L1 penalty: l1 sign(w)"),
    Key(
      "clip_norm", .value(.orOff(.number(.positive))), default: "none",
      "largest global norm of the gradient"),
    Key(
      "schedule", .choice(schedule), default: Schedules.standard.name,
      "the learning rate over time"),
    Key(
      "batch_size", .value(.either([.integer(1...longest), .word(["full"])])), default: "32",
      "rows of one update, or full"),
    Key("epochs", .value(.integer(0...longest)), default: "20", "passes over the training rows"),
    Key("steps", .value(.integer(0...longest)), "updates, instead of epochs"),
    Key(
      "shuffle", .value(.either([.flag, .word(["once"])])), default: "true",
      "the order of rows: anew every epoch, once, or as they come (false)"),
    Key(
      "init", .choice(initializer), default: Initializers.standard.name,
      "the weights before the first update"),
    Key(
      "early_stopping", .orOff(.section(earlyStopping)), default: "none",
      "end before its time where the objective gets no better"),
    Key("log", .section(log), "what is measured beside losses and accuracies"),
  ]

  static let loss = ChoiceSet("loss", Losses.all)
  static let optimizer = ChoiceSet("optimizer", Optimizers.all)
  static let schedule = ChoiceSet("schedule", Schedules.all)
  static let initializer = ChoiceSet("initializer", Initializers.all)

  static let earlyStopping: [Key] = [
    Key(
      "patience", .value(.integer(1...longest)), isRequired: true,
      "epochs without a better objective")
  ]

  static let log: [Key] = [
    Key(
      "every", .value(.either([.word(["epoch"]), .integer(1...longest)])), default: "epoch",
      "epoch, or a number of updates, which adds batch/loss and batch/accuracy"),
    Key(
      "layers", .value(.flag), default: "false",
      "activations, gradients and small weights of every layer"),
    Key("grad_norm", .value(.flag), default: "false", "the gradient's norm before clipping"),
    Key(
      "metrics", .value(.either([.list(.word(classMetrics), count: 1...10), .word(classMetrics)])),
      "of classes on train, val and test: balanced_accuracy, f1 (macro), and auc of two classes"),
  ]

  private static let classMetrics = TrainConfiguration.ClassMetric.allCases.map(\.rawValue)

  /// The key of a name.
  static func key(_ name: String) -> Key? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
