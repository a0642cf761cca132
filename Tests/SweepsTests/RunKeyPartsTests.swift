import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import Sweeps
import Testing
import TestSupport
import Tracking

/// The keys of stored runs, a case an option: text and hash are Python's, by
/// ExperimentsTests/Fixtures/keys/make_run_keys.py.
struct RunKeyPartsTests {
  typealias Edit = @Sendable (inout RunConfiguration) -> Void

  /// What was hashed of each case, with its hash.
  private static let wanted: [String: (hash: String, json: String)] = {
    let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("ExperimentsTests/Fixtures/keys/run_keys.txt")
    let lines = ((try? String(contentsOf: place, encoding: .utf8)) ?? "").split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
        return (parts[0], (parts[1], parts[2]))
      })
  }()

  static let runs: [String: Edit] = data.merging(model) { $1 }.merging(train) { $1 }

  private static let data: [String: Edit] = [
    "nothing": { _ in }, "data.seed": { $0.data.seed = -5 },
    "data.scale": { $0.data.scale = .all(2) },
    "data.scale of columns": { $0.data.scale = .columns([1, 2.5]) },
    "data.scale of columns of one": { $0.data.scale = .columns([1, 1]) },
    "data.shift": { $0.data.shift = .all(-3.5) },
    "data.shift of columns": { $0.data.shift = .columns([0, 0.1]) },
    "data.label_noise": { $0.data.labelNoise = 0.125 }, "data.take": { $0.data.take = 100 },
    "data.normalize standard": { $0.data.normalize = .standard },
    "data.normalize minmax": { $0.data.normalize = .minmax },
    "data.split.val of rows": { $0.data.split.val = .rows(50) },
    "data.split.test": { $0.data.split.test = .share(0.1) },
    "data.split of both": { $0.data.split = .init(val: .rows(500), test: .rows(7)) },
    "data.split.test alone": {
      $0.data.split = .init(test: .share(0.25))
      $0.objective = Objective(.trainLoss, .minimize)
    },
    "data.split of nothing": {
      $0.data.split = .init()
      $0.objective = Objective(.trainLoss, .minimize)
    },
    "data.source moons": {
      $0.data.source = Chosen(
        "moons", ["points_per_class": .integer(500), "noise": .number(0.1)])
    },
    "data.source without settings": { $0.data.source = Chosen("cloud") },
    "data.source csv": {
      $0.data.source = Chosen(
        "csv",
        [
          "path": .text("a/b.csv"), "target": .text("y \"é\"\n"), "features": .off, "task": .off,
        ])
    },
    "data.source csv with features": {
      $0.data.source = Chosen(
        "csv",
        [
          "path": .text("a/b.csv"), "target": .text("y"), "task": .text("classification"),
          "features": .list([.text("a"), .text("b")]),
        ])
    },
    "data.source idx": {
      $0.data.source = Chosen(
        "idx",
        [
          "images": .text("a"), "labels": .text("b"), "test_images": .text("c"),
          "test_labels": .text("d"),
        ])
    },
    "data.source images": {
      $0.data.source = Chosen(
        "images",
        [
          "path": .text("a"), "size": .off, "color": .off, "test_path": .off, "classes": .off,
          "augment": .off,
        ])
    },
    "data.source images changed": {
      $0.data.source = Chosen(
        "images",
        [
          "path": .text("a"), "size": .list([.integer(8), .integer(6)]), "color": .off,
          "augment": .mapping(["flip": .flag(true), "shift": .integer(2)]),
        ])
    },
    "data.source fashion-mnist": {
      $0.data.source = Chosen("fashion-mnist", ["path": .text("/a")])
    },
    "objective": { $0.objective = Objective(.valAccuracy, .maximize) },
    "objective of training": { $0.objective = Objective(.trainLoss, .minimize) },
    "objective that is usual without val": {
      $0.data.split.val = nil
      $0.objective = Objective(.trainLoss, .minimize)
    },
    "objective that is not usual without val": { $0.data.split.val = nil },
  ]

  private static func linear(_ outputs: Int, bias: Bool = false) -> Chosen {
    Chosen("linear", ["outputs": .integer(outputs), "bias": .flag(bias)])
  }

  private static let model: [String: Edit] = [
    "model name": { $0.own.modelName = "wïde \"1\"" },
    "layer names and inputs": {
      $0.layers = [
        LayerSpec(linear(100, bias: true), name: "a"),
        LayerSpec(linear(16), name: "b", inputs: ["input"]),
        LayerSpec(Chosen("max", ["inputs": .list([.text("a"), .text("b")])]), name: "m"),
        LayerSpec(linear(3), inputs: ["m"]),
      ]
    },
    "layer share": {
      $0.layers = [
        LayerSpec(linear(100, bias: true), name: "a"), LayerSpec(Chosen("relu")),
        LayerSpec(linear(100, bias: true), share: "a"),
      ]
    },
    "layers within a residual": {
      $0.layers = [
        LayerSpec(
          Chosen("residual"), layers: [LayerSpec(linear(2)), LayerSpec(Chosen("tanh"), name: "t")]),
        LayerSpec(linear(3)),
      ]
    },
    "convolution": {
      $0.layers = [
        LayerSpec(
          Chosen(
            "conv2d",
            [
              "channels": .integer(16), "kernel": .integer(3), "stride": .integer(1),
              "padding": .integer(1), "bias": .flag(false),
            ])),
        LayerSpec(Chosen("max-pool2d", ["kernel": .integer(2), "stride": .off])),
        LayerSpec(Chosen("flatten")),
        LayerSpec(Chosen("gelu", ["approximate": .text("tanh")])),
        LayerSpec(Chosen("dropout", ["p": .number(0.5)])),
      ]
    },
  ]

  private static func loss(_ values: [String: ParameterValue]) -> Chosen {
    Chosen(
      "cross-entropy",
      ["label_smoothing": .number(0), "class_weights": .off].merging(values) { $1 })
  }

  private static let train: [String: Edit] = [
    "seed": { $0.train.seed = -7 },
    "train.loss": { $0.train.loss = Chosen("huber", ["delta": .number(0.5)]) },
    "train.loss.label_smoothing": { $0.train.loss = loss(["label_smoothing": .number(0.1)]) },
    "train.loss.class_weights": {
      $0.train.loss = loss(["class_weights": .list([.integer(1), .number(2.5), .number(3)])])
    },
    "no loss": { $0.train.loss = nil },
    "train.optimizer": {
      $0.train.optimizer = Chosen(
        "sgd", ["momentum": .number(0.9), "nesterov": .flag(true), "dampening": .number(0.1)])
    },
    "train.optimizer plain": {
      $0.train.optimizer = Chosen("sgd", ["momentum": .number(0), "nesterov": .flag(false)])
    },
    "train.lr": { $0.train.learningRate = 1e-5 }, "train.lr whole": { $0.train.learningRate = 2 },
    "train.weight_decay": { $0.train.weightDecay = 5e-4 }, "train.l1": { $0.train.l1 = 1e-5 },
    "train.clip_norm": { $0.train.clipNorm = 5 },
    "train.schedule": {
      $0.train.schedule = Chosen(
        "step", ["step_size": .integer(30), "gamma": .number(0.1), "warmup": .number(2.5)])
    },
    "train.schedule cosine": {
      $0.train.schedule = Chosen("cosine", ["min_lr": .number(1e-4), "warmup": .number(0)])
    },
    "train.batch_size": { $0.train.batchSize = .rows(64) },
    "train.epochs": { $0.train.duration = .epochs(20) },
    "train.epochs of 0": { $0.train.duration = .epochs(0) },
    "train.steps": { $0.train.duration = .steps(7) },
    "train.shuffle once": { $0.train.shuffle = .once },
    "train.shuffle false": { $0.train.shuffle = .never },
    "train.init": { $0.train.initializer = Chosen("normal", ["std": .number(0.02)]) },
    "train.init file": { $0.train.initializer = Chosen("file", ["path": .text("a.safetensors")]) },
    "train.early_stopping": { $0.train.earlyStopping = .init(patience: 10) },
    "train.log.every": { $0.train.log = .init(everyUpdates: 10) },
    "train.log.layers": { $0.train.log = .init(layers: true) },
    "train.log.grad_norm": { $0.train.log = .init(gradNorm: true) },
    "train.log of all": {
      $0.train.log = .init(everyUpdates: 5, layers: true, gradNorm: true)
    },
  ]

  /// The contents of data and initial weights that a case has.
  private func contents(_ name: String) -> (fingerprint: String, weights: String?) {
    let files = [
      "data.source idx": "f01", "data.source fashion-mnist": "f02", "data.source images": "f03",
      "data.source images changed": "f03",
    ]
    let isTable = name.hasPrefix("data.source csv")
    return (files[name] ?? (isTable ? "f00" : ""), name == "train.init file" ? "beef" : nil)
  }

  @Test(arguments: runs.keys.sorted()) func isThatOfPython(_ name: String) throws {
    let wanted = try #require(Self.wanted[name])
    var configuration = Sample.base()
    let edit = try #require(Self.runs[name])
    edit(&configuration)
    let (fingerprint, weights) = contents(name)
    let seed = configuration.train.seed
    #expect(
      RunKey.json(
        configuration, FileFingerprints(data: fingerprint, initialWeights: weights), seed: seed
      ).text == wanted.json)
    #expect(
      RunKey.run(configuration, FileFingerprints(data: fingerprint, initialWeights: weights))
        == wanted.hash)
  }

  @Test func seedsAndLengthsAreLeftOut() throws {
    #expect(Self.wanted.count == Self.runs.count + 3)
    var first = Sample.base()
    #expect(
      RunKey.configuration(first.with(seed: 5), FileFingerprints(data: "", initialWeights: nil))
        == Self.wanted["configuration"]?.hash)
    first.train.initializer = Chosen("file", ["path": .text("a")])
    for duration in [TrainConfiguration.Duration.steps(9), .epochs(3)] {
      first.train.duration = duration
      #expect(
        RunKey.lineage(first, FileFingerprints(data: "", initialWeights: "beef"))
          == Self.wanted["lineage"]?.hash)
    }
    #expect(
      RunKey.lineage(first, FileFingerprints(data: "", initialWeights: "dead"))
        != Self.wanted["lineage"]?.hash)
    var logged = Sample.base()
    logged.train.log.everyUpdates = 5
    logged.train.duration = .epochs(3)
    #expect(
      RunKey.lineage(logged, FileFingerprints(data: "", initialWeights: nil))
        == Self.wanted["lineage of epochs"]?.hash)
  }

  @Test func aScheduleThatLooksAtTheEndHasNoLineage() {
    func hasLineage(_ schedule: String, loss: Bool = true) -> Bool {
      var run = Sample.base()
      run.train.schedule = Chosen(schedule)
      if !loss { run.train.loss = nil }
      return RunKey.lineage(run, FileFingerprints(data: "", initialWeights: nil)) != nil
    }
    for name in ["constant", "step", "exponential", "plateau"] { #expect(hasLineage(name)) }
    for name in ["cosine", "linear", "one-cycle"] { #expect(!hasLineage(name)) }
    #expect(!hasLineage("constant", loss: false))
  }

  /// A run's lineage is that of its configuration with its seed: `printf '%s' HASH/SEED | sha256sum`.
  @Test func aRunsLineageHasItsSeed() throws {
    let plan = try Sample.plan(Sample.sweep(with: [("epochs", "7")], seeds: .list([4, -1])))
    let configuration = plan.configurations[0].configuration
    let shared = try #require(
      RunKey.lineage(configuration, FileFingerprints(data: "", initialWeights: nil)))
    #expect(
      plan.runs.map(\.lineage)
        == [SHA256Digest.hex(of: shared + "/4"), SHA256Digest.hex(of: shared + "/-1")])
    #expect(
      plan.runs.map(\.key)
        == [4, -1].map {
          RunKey.run(configuration.with(seed: $0), FileFingerprints(data: "", initialWeights: nil))
        })
    #expect(
      plan.runs[0].configurationKey
        == RunKey.configuration(configuration, FileFingerprints(data: "", initialWeights: nil)))
    let key = plan.configurations[0].key
    #expect(plan.runs.map(\.configurationKey) == [key, key])
  }
}
