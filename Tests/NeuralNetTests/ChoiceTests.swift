import Foundation
import NeuralNet
import Testing
import Tracking

/// What a file may say of layers, losses, optimizers, schedules and initialisers.
@Suite struct ChoiceTests {
  /// Fixtures/make_defaults.py reads PyTorch's defaults from its signatures.
  @Test func defaultsArePyTorchs() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/defaults.json")
    let fixture = try JSONDecoder().decode(
      [String: [String: [String: ParityFixture.Value?]]].self, from: Data(contentsOf: file))
    let ours = [
      "layers": Layers.all, "losses": Losses.all, "optimizers": Optimizers.all,
      "schedules": Schedules.all,
    ]
    #expect(Set(fixture.keys) == Set(ours.keys))
    for (kind, choices) in fixture {
      for (name, settings) in choices {
        let choice = try #require(ours[kind]?.first { $0.name == name })
        for (key, value) in settings {
          let setting = choice.settings.first { $0.name == key }
          let wanted = value?.parameter ?? .off
          let isSame =
            setting?.standard == wanted
            || setting?.standard?.asNumber != nil && setting?.standard?.asNumber == wanted.asNumber
          #expect(isSame, "\(name).\(key): \(setting?.standard?.json ?? "none"), \(wanted.json)")
        }
      }
    }
  }

  /// The settings, what they may hold and their defaults; those without one must be given.
  ///
  /// Pinned as the contract and PyTorch's documentation have them: a changed default changes what a
  /// file means, a changed range what it may say.
  @Test func settingsArePinned() {
    #expect(
      Layers.all.map(line) == [
        "linear [outputs] outputs: 1...1000000|classes,features; bias: flag = true",
        "relu", "leaky-relu [slope] slope: at least 0 = 0.01", "elu [alpha] alpha: at least 0 = 1",
        "gelu [approximate] approximate: none,tanh = \"none\"", "silu",
        "softplus [beta] beta: above 0 = 1; threshold: any = 20", "sigmoid", "tanh", "softmax",
        "log-softmax", "dropout [p] p: from 0 and below 1 = 0.5",
        "batch-norm eps: at least 0 = 1e-05; momentum: from 0 to 1 = 0.1",
        "layer-norm eps: at least 0 = 1e-05", "add [inputs] inputs: 2...1000 of text",
        "max [inputs] inputs: 2...1000 of text", "concat [inputs] inputs: 2...1000 of text",
        "residual [layers] layers: layers",
        "prototypes [count] count: 1...1000000|classes,features",
        "conv2d [channels] channels: 1...1000000; kernel: 1...10000; stride: 1...10000 = 1;"
          + " padding: 0...10000 = 0; bias: flag = true",
        "max-pool2d [kernel] kernel: 1...10000; stride: 1...10000 or none = null;"
          + " padding: 0...10000 = 0",
        "avg-pool2d [kernel] kernel: 1...10000; stride: 1...10000 or none = null;"
          + " padding: 0...10000 = 0",
        "flatten",
      ])
    #expect(
      Losses.all.map(line) == [
        "cross-entropy label_smoothing: from 0 to 1 = 0;"
          + " class_weights: 1...1000000 of at least 0|balanced or none = null",
        "nll", "mse", "l1", "huber delta: above 0 = 1", "bce", "bce-with-logits",
      ])
    let adam =
      " beta1: from 0 and below 1 = 0.9; beta2: from 0 and below 1 = 0.999; eps: at least 0 = 1e-08"
    #expect(
      Optimizers.all.map(line) == [
        "sgd momentum: at least 0 = 0; dampening: any = 0; nesterov: flag = false",
        "adam" + adam, "adamw" + adam,
        "rmsprop alpha: from 0 to 1 = 0.99; eps: at least 0 = 1e-08; momentum: at least 0 = 0;"
          + " centered: flag = false",
        "adagrad lr_decay: at least 0 = 0; initial_accumulator_value: at least 0 = 0;"
          + " eps: at least 0 = 1e-10",
      ])
    #expect(
      Initializers.all.map(line) == [
        "default", "kaiming-uniform", "kaiming-normal", "xavier-uniform", "xavier-normal",
        "normal std: at least 0 = 1", "uniform bound: at least 0 = 1", "zeros", "identity",
        "file path: path",
      ])
    #expect(
      line(MultilayerPerceptron.choice)
        == "mlp hidden: 1...1000 of 1...1000000;"
        + " activation: relu,leaky-relu,elu,gelu,silu,softplus,sigmoid,tanh = \"relu\";"
        + " dropout: from 0 and below 1 = 0")
  }

  @Test func settingsOfSchedulesArePinned() {
    let warm = "warmup: at least 0 = 0"
    #expect(
      Schedules.all.map(line) == [
        "constant \(warm)", "step step_size: 1...1000000000; gamma: above 0 = 0.1; \(warm)",
        "exponential gamma: above 0; \(warm)", "cosine min_lr: at least 0 = 0; \(warm)",
        "linear end_lr: at least 0 = 0; \(warm)",
        "one-cycle pct_start: from 0 to 1 = 0.3; anneal_strategy: cos,linear = \"cos\";"
          + " div_factor: above 0 = 25; final_div_factor: above 0 = 10000;"
          + " three_phase: flag = false; cycle_momentum: flag = true;"
          + " base_momentum: from 0 and below 1 = 0.85; max_momentum: from 0 and below 1 = 0.95",
        "plateau factor: from 0 and below 1 = 0.1; patience: 0...1000000000 = 10;"
          + " threshold: at least 0 = 0.0001; threshold_mode: rel,abs = \"rel\";"
          + " cooldown: 0...1000000000 = 0; min_lr: at least 0 = 0; eps: at least 0 = 1e-08; \(warm)",
      ])
    #expect(
      Schedules.all.map(\.name).filter { Schedules.isOpenEnded(Chosen($0)) } == [
        "constant", "step", "exponential", "plateau",
      ])
  }

  private func line(_ choice: Choice) -> String {
    let settings = choice.settings.map { setting in
      setting.name + ": " + text(setting.kind) + (setting.standard.map { " = " + $0.json } ?? "")
    }
    let head = choice.name + (choice.main.map { " [\($0)]" } ?? "")
    return head + (settings.isEmpty ? "" : " " + settings.joined(separator: "; "))
  }

  private func text(_ kind: Setting.Kind) -> String {
    switch kind {
    case .number(let range): range.description
    case .integer(let range): "\(range)"
    case .flag: "flag"
    case .text: "text"
    case .path: "path"
    case .word(let words): words.joined(separator: ",")
    case .list(let inner, let count): "\(count) of \(text(inner))"
    case .mapping(let inner): "names of \(text(inner))"
    case .either(let kinds): kinds.map(text).joined(separator: "|")
    case .layers: "layers"
    case .orOff(let inner): text(inner) + " or none"
    }
  }

  /// How many outputs the last layer has under each loss: for three classes, two classes, two numbers.
  @Test func lossesSayHowManyOutputsTheyNeed() {
    let kinds: [TargetKind] = [.classes(3), .classes(2), .values(2)]
    let wanted: [String: [Int?]] = [
      "cross-entropy": [3, 2, nil], "nll": [3, 2, nil], "mse": [3, 2, 2], "l1": [3, 2, 2],
      "huber": [3, 2, 2], "bce": [3, 2, 2], "bce-with-logits": [3, 2, 2],
    ]
    #expect(Set(wanted.keys) == Set(Losses.all.map(\.name)))
    for (name, counts) in wanted {
      let loss = chosen(Losses.all, name)
      #expect(kinds.map { Losses.outputs(loss, for: $0) } == counts, "\(name)")
      // A single output may speak for the second of two classes.
      let isBinary = name.hasPrefix("bce")
      #expect(
        kinds.map { Losses.accepts(1, loss, for: $0) } == [false, isBinary, false], "\(name)")
      #expect(kinds.map { Losses.accepts(2, loss, for: $0) } == counts.map { $0 == 2 }, "\(name)")
    }
    #expect(Losses.outputs(Chosen("none"), for: .classes(2)) == nil)
    #expect(!Losses.accepts(2, Chosen("none"), for: .classes(2)))
    #expect(Losses.standard(for: .classes(4)) == chosen(Losses.all, "cross-entropy"))
    #expect(Losses.standard(for: .values(4)) == Chosen("mse"))
  }

  @Test func settingsThatDoNotGoTogetherAreSaid() {
    let weights = chosen(
      Losses.all, "cross-entropy", ["class_weights": .list([.number(1), .integer(2)])])
    let wrong = Losses.conflict(in: weights, for: .classes(3))
    #expect(wrong?.setting == "class_weights")
    #expect(wrong?.message == "there are 2 weights for 3 classes")
    #expect(Losses.conflict(in: weights, for: .classes(2)) == nil)
    #expect(Losses.conflict(in: chosen(Losses.all, "mse"), for: .values(3)) == nil)

    func conflict(_ momentum: Double, _ dampening: Double, _ nesterov: Bool) -> String? {
      let sgd = chosen(
        Optimizers.all, "sgd",
        [
          "momentum": .number(momentum), "dampening": .number(dampening),
          "nesterov": .flag(nesterov),
        ])
      let found = Optimizers.conflict(in: sgd)
      if let found {
        #expect(found.message == "nesterov needs a momentum above 0 and a dampening of 0")
      }
      return found?.setting
    }
    #expect(conflict(0, 0, true) == "nesterov")
    #expect(conflict(0.9, 0.1, true) == "nesterov")
    #expect(conflict(0.9, 0, true) == nil)
    #expect(conflict(0, 0.1, false) == nil)
    for name in ["adam", "adamw", "rmsprop", "adagrad"] {
      #expect(Optimizers.conflict(in: chosen(Optimizers.all, name)) == nil)
    }
  }
}
