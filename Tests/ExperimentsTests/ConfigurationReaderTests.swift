import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking

/// Files that say everything and nothing, and what they come to, value by value.
struct ConfigurationReaderTests {
  /// Every key of `data` and `train` at a value of its own.
  private let everything = """
    data:
      source: blobs
      classes: 4
      points_per_class: 30
      features: 8
      noise: 1.5
      seed: 12
      scale: [1, 2, 3, 4, 5, 6, 7, 8]
      shift: -1
      label_noise: 0.125
      take: 100
      normalize: minmax
      split: {val: 0.25, test: 7}
    models:
      other: [{linear: classes}]
      net:
        - {linear: 8, name: a, bias: false}
        - {leaky-relu: 0.2}
        - {residual: [{linear: 8}, tanh], name: c}
        - {linear: 8, from: [c], share: a, bias: false}
        - {dropout: 0.25}
        - {linear: classes}
    objective: {maximize: val/accuracy}
    train:
      model: net
      seed: 42
      loss: {name: cross-entropy, label_smoothing: 0.1, class_weights: [1, 2, 3, 4]}
      optimizer: {name: sgd, momentum: 0.9, nesterov: true}
      lr: 0.5
      weight_decay: 0.01
      l1: 0.001
      clip_norm: 5
      schedule: {name: step, step_size: 3, gamma: 0.5, warmup: 2}
      batch_size: 16
      epochs: 9
      shuffle: once
      init: {name: normal, std: 0.05}
      early_stopping: {patience: 4}
      log: {every: 6, layers: true, grad_norm: true}
    """

  private func lines(_ run: RunConfiguration) -> [String] {
    run.hyperparameters.map { "\($0.path) \($0.value.json)" }
  }

  /// Configurations of one sweep share parts of their values: they are what they would be without.
  @Test func sharedValuesAreLikeTheirOwn() throws {
    let text = everything + "\nover: {lr: [0.5, 0.25]}\nseeds: [42, 7]\n"
    let both = try configurations(text)
    for run in both {
      var own = run
      own.hyperparameters = run.hyperparameters
      #expect(own == run && own.hashValue == run.hashValue)
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let json = try encoder.encode(run)
      #expect(try json == encoder.encode(own))
      let read = try JSONDecoder().decode(RunConfiguration.self, from: json)
      #expect(try encoder.encode(read) == json)
      #expect(run.with(seed: 42) == run)
      let other = run.with(seed: 7)
      #expect(other != run && other.with(seed: 42) == run)
      #expect(other.seed == 7 && other.value(at: "train.seed") == .integer(7))
      let changed = zip(lines(run), lines(other)).filter { $0 != $1 }.map { $0 }
      #expect(changed.map(\.0) == ["train.seed 42"] && changed.map(\.1) == ["train.seed 7"])
    }
    #expect(both.map { $0.value(at: "train.lr") } == [.number(0.5), .number(0.25)])
    #expect(zip(lines(both[0]), lines(both[1])).filter { $0 != $1 }.count == 1)
  }

  @Test func everyOptionComesThrough() throws {
    let run = try #require(try configurations(everything).first)
    #expect(
      run.train
        == TrainConfiguration(
          loss: Chosen(
            "cross-entropy",
            [
              "label_smoothing": .number(0.1),
              "class_weights": .list([.number(1), .number(2), .number(3), .number(4)]),
            ]),
          optimizer: Chosen(
            "sgd",
            [
              "momentum": .number(0.9), "nesterov": .flag(true), "dampening": .number(0),
            ]),
          learningRate: 0.5, weightDecay: 0.01, l1: 0.001, clipNorm: 5,
          schedule: Chosen(
            "step", ["step_size": .integer(3), "gamma": .number(0.5), "warmup": .number(2)]),
          batchSize: .rows(16), duration: .epochs(9), shuffle: .once,
          initializer: Chosen("normal", ["std": .number(0.05)]),
          earlyStopping: .init(patience: 4),
          log: .init(everyUpdates: 6, layers: true, gradNorm: true), seed: 42))
    #expect(
      run.data
        == DataConfiguration(
          source: Chosen(
            "blobs",
            [
              "classes": .integer(4), "points_per_class": .integer(30), "features": .integer(8),
              "noise": .number(1.5),
            ]), seed: 12, scale: .columns([1, 2, 3, 4, 5, 6, 7, 8]), shift: .all(-1),
          labelNoise: 0.125,
          take: 100, split: .init(val: .share(0.25), test: .rows(7)), normalize: .minmax,
          lossTask: .classification))
    #expect(run.objective == Objective(.valAccuracy, .maximize))
    #expect(run.modelName == "net" && run.modelPath == "models.net")
    func linear(_ outputs: Int, bias: Bool = true) -> Chosen {
      Chosen("linear", ["outputs": .integer(outputs), "bias": .flag(bias)])
    }
    #expect(
      run.layers == [
        LayerSpec(linear(8, bias: false), name: "a"),
        LayerSpec(Chosen("leaky-relu", ["slope": .number(0.2)])),
        LayerSpec(
          Chosen("residual"), name: "c",
          layers: [LayerSpec(linear(8)), LayerSpec(Chosen("tanh"))]),
        LayerSpec(linear(8, bias: false), inputs: ["c"], share: "a"),
        LayerSpec(Chosen("dropout", ["p": .number(0.25)])), LayerSpec(linear(4)),
      ])
  }

  @Test func everyResolvedValueIsListed() throws {
    let run = try #require(try configurations(everything).first)
    #expect(
      lines(run) == [
        "data.source \"blobs\"", "data.classes 4", "data.features 8", "data.label_noise 0.125",
        "data.noise 1.5", "data.normalize \"minmax\"", "data.points_per_class 30",
        "data.scale [1,2,3,4,5,6,7,8]", "data.seed 12", "data.shift -1", "data.split.test 7",
        "data.split.val 0.25", "data.take 100", "models.net.0.bias false",
        "models.net.0.linear 8", "models.net.0.name \"a\"", "models.net.1.leaky-relu 0.2",
        "models.net.2.residual.0.bias true", "models.net.2.residual.0.linear 8",
        "models.net.2.residual.1 \"tanh\"", "models.net.2.name \"c\"",
        "models.net.3.bias false", "models.net.3.linear 8", "models.net.3.from \"c\"",
        "models.net.3.share \"a\"", "models.net.4.dropout 0.25", "models.net.5.bias true",
        "models.net.5.linear 4", "train.model \"net\"", "train.seed 42",
        "train.loss \"cross-entropy\"", "train.loss.class_weights [1,2,3,4]",
        "train.loss.label_smoothing 0.1", "train.optimizer \"sgd\"",
        "train.optimizer.dampening 0", "train.optimizer.momentum 0.9",
        "train.optimizer.nesterov true", "train.lr 0.5", "train.weight_decay 0.01",
        "train.l1 0.001", "train.clip_norm 5", "train.schedule \"step\"",
        "train.schedule.gamma 0.5", "train.schedule.step_size 3", "train.schedule.warmup 2",
        "train.batch_size 16", "train.epochs 9", "train.shuffle \"once\"",
        "train.init \"normal\"", "train.init.std 0.05", "train.early_stopping.patience 4",
        "train.log.every 6", "train.log.grad_norm true", "train.log.layers true",
      ])
  }

  /// Section 1.7 of the contract: what holds where the file says nothing.
  @Test func defaultsAreThoseOfTheContract() throws {
    let run = try #require(
      try configurations("data: {source: spiral}\nmodel: {mlp: {hidden: [16, 8]}}\n").first)
    #expect(
      lines(run) == [
        "data.source \"spiral\"", "data.classes 3", "data.label_noise 0", "data.noise 0.2",
        "data.normalize null", "data.points_per_class 1000", "data.scale 1", "data.seed 1",
        "data.shift 0", "data.split.test null", "data.split.val null", "data.take null",
        "models.model.mlp.activation \"relu\"", "models.model.mlp.dropout 0",
        "models.model.mlp.hidden [16,8]", "train.model \"model\"", "train.seed 1",
        "train.optimizer \"adam\"", "train.optimizer.beta1 0.9", "train.optimizer.beta2 0.999",
        "train.optimizer.eps 1e-08", "train.lr 0.001", "train.weight_decay 0", "train.l1 0",
        "train.clip_norm null", "train.schedule \"constant\"", "train.schedule.warmup 0",
        "train.batch_size 32", "train.epochs 20", "train.shuffle true", "train.init \"default\"",
        "train.early_stopping null", "train.log.every \"epoch\"", "train.log.grad_norm false",
        "train.log.layers false", "train.loss \"cross-entropy\"",
        "train.loss.class_weights null", "train.loss.label_smoothing 0",
      ])
    #expect(run.train.duration == .epochs(20) && run.train.batchSize == .rows(32))
    #expect(run.train.shuffle == .everyEpoch && run.train.log == .init())
    #expect(run.train.earlyStopping == nil && run.train.clipNorm == nil)
    #expect(run.train.learningRate == 1e-3 && run.train.weightDecay == 0 && run.train.l1 == 0)
    #expect(run.objective == Objective(.trainLoss, .minimize))
    #expect(run.layers.map(\.kind.name) == ["linear", "relu", "linear", "relu", "linear"])
    #expect(
      run.layers.compactMap { $0.kind.values["outputs"] }
        == [.integer(16), .integer(8), .integer(3)])
  }

  @Test func otherWaysToSayIt() throws {
    func train(_ text: String) throws -> TrainConfiguration {
      try #require(try configurations(smallest + "train: {\(text)}\n").first).train
    }
    #expect(try train("batch_size: full").batchSize == .full)
    #expect(try train("shuffle: false").shuffle == .never)
    #expect(try train("shuffle: true").shuffle == .everyEpoch)
    #expect(try train("steps: 12").duration == .steps(12))
    #expect(try train("clip_norm: none").clipNorm == nil)
    #expect(try train("early_stopping: none").earlyStopping == nil)
    #expect(try train("log: {every: 3}").log == .init(everyUpdates: 3))
    #expect(try train("log: {layers: true}").log == .init(layers: true))
    #expect(try train("log: {grad_norm: true}").log == .init(gradNorm: true))
    #expect(try train("optimizer: adamw").weightDecay == 0)
    #expect(try train("init: kaiming-normal").initializer == Chosen("kaiming-normal"))
  }

  @Test func aSeedIsChangedEverywhere() throws {
    let run = try #require(try configurations(everything).first)
    let other = run.with(seed: 7)
    #expect(other.train.seed == 7 && other.value(at: "train.seed") == .integer(7))
    #expect(other.with(seed: 42) == run)
    #expect(run.value(at: .ownModel(["0", "linear"])) == .integer(8))
    #expect(run.value(at: .absolute(["train", "optimizer", "momentum"])) == .number(0.9))
    #expect(run.value(at: "train.optimizer.beta1") == nil)
  }

  /// Sizes of the data stand for `classes` and `features`, also within a residual.
  @Test func wordsStandForTheDatasSizes() throws {
    let run = try #require(
      try configurations(
        """
        data: {source: blobs, features: 5, classes: 7}
        model: [{residual: [{linear: features}]}, {linear: classes}]
        """
      ).first)
    #expect(run.layers[0].layers[0].kind.values["outputs"] == .integer(5))
    #expect(run.layers[1].kind.values["outputs"] == .integer(7))
  }
}
