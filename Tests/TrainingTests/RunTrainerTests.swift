import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking
import Training

@Suite struct RunTrainerTests {
  @Test func pointsOfAnEpochComeTogetherAndCountFromOne() throws {
    let told = try Told(configuration { $0.duration = .epochs(2) })
    #expect(told.outcome.status == .completed)
    #expect(told.steps.map(\.epoch) == [0, 1, 2])
    #expect(told.steps.map(\.step) == [0, 8, 16])  // 240 rows in batches of 32
    #expect(told.steps[0].names == ["val/loss", "val/accuracy"])
    #expect(
      told.steps[1].names == ["train/loss", "train/accuracy", "lr", "val/loss", "val/accuracy"])
  }

  @Test func lastPartialEpochCounts() throws {
    let told = try Told(configuration { $0.duration = .steps(11) })
    #expect(told.steps.map(\.epoch) == [0, 1, 2])
    #expect(told.steps.map(\.step) == [0, 8, 11])
    #expect(told.outcome.updates == 11)
  }

  @Test func anUntrainedRunIsARun() throws {
    let told = try Told(configuration { $0.duration = .epochs(0) })
    #expect(told.steps.map(\.epoch) == [0])
    #expect(told.chosen.map(\.epoch) == [0])
    #expect(told.outcome.bestWeights == told.outcome.weights)
  }

  @Test func whatIsAskedForIsMeasured() throws {
    let told = try Told(
      configuration {
        $0.duration = .epochs(1)
        $0.weightDecay = 0.1
        $0.l1 = 0.01
        $0.log = TrainConfiguration.Log(everyUpdates: 3, gradNorm: true)
      })
    #expect(told.steps.map(\.step) == [0, 3, 6, 8])
    #expect(told.steps[1].names == ["batch/loss", "batch/accuracy"])
    let epoch = try #require(told.steps.last)
    #expect(
      epoch.names == [
        "train/loss", "train/accuracy", "train/objective", "lr", "grad_norm", "val/loss",
        "val/accuracy",
      ])
  }

  /// With a rate of 0 nothing moves: every epoch measures the first weights on the same rows, and
  /// the penalty is that of these weights.
  @Test func meansAreOverRowsAsTheyWereTrained() throws {
    let told = try Told(
      configuration {
        $0.duration = .epochs(3)
        $0.learningRate = 0
        $0.weightDecay = 0.5
        $0.l1 = 0.25
      })
    let epochs = told.steps.dropFirst()
    let weights = told.outcome.weights.flatMap(\.values).map(Double.init)
    let penalty =
      0.25 * weights.map { $0 * $0 }.reduce(0, +) + 0.25 * weights.map(abs).reduce(0, +)
    for epoch in epochs {
      #expect(epoch["train/accuracy"] == told.steps[1]["train/accuracy"])
      #expect(abs(epoch["train/loss"] - told.steps[1]["train/loss"]) < 1e-7)
      #expect(abs(epoch["train/objective"] - epoch["train/loss"] - penalty) < 1e-5 * penalty)
      #expect(epoch["val/loss"] == told.steps[0]["val/loss"])
    }
  }

  @Test func ofEqualEpochsTheFirstIsBestAndPatienceCountsFromIt() throws {
    let told = try Told(
      configuration {
        $0.learningRate = 0
        $0.earlyStopping = TrainConfiguration.EarlyStopping(patience: 3)
      })
    #expect(told.chosen.map(\.epoch) == [1])
    #expect(told.steps.last?.epoch == 4)
    #expect(told.outcome.status == .completed)
  }

  @Test func aLossThatIsNotFiniteEndsTheRun() throws {
    let told = try Told(
      configuration {
        $0.learningRate = 1e38
        $0.optimizer = Chosen(
          "sgd",
          ["momentum": .number(0), "dampening": .number(0), "nesterov": .flag(false)])
      })
    #expect(told.outcome.status == .diverged)
    #expect(told.outcome.updates < 10)
    let last = try #require(told.steps.last)
    #expect(
      told.outcome.message
        == "the training loss was not finite after update \(last.step) in epoch \(last.epoch)")
    // What the updates measured is told, and nothing is judged any more.
    #expect(last.names == ["train/loss", "train/accuracy", "lr"])
    #expect(last["train/loss"].isFinite == false)
    #expect(last.step == told.outcome.updates)
  }

  @Test func aRunEndsBeforeItsNextUpdateWhenAsked() throws {
    let trainer = try RunTrainer(configuration { $0.duration = .epochs(100) }, data: data())
    let control = RunControl()
    var points = 0
    let outcome = trainer.train(control) { event in
      if case .points(let all) = event, all.first?.epoch == 2 {
        points += 1
        control.end(as: .interrupted)
      }
    }
    #expect(outcome.status == .interrupted)
    #expect(outcome.updates == 16)
    #expect(points == 1)
    #expect(control.updates == 16)
  }

  @Test func sameSeedSameBitsOtherSeedOthers() throws {
    let first = try Told(configuration { _ in })
    let second = try Told(configuration { _ in })
    let other = try Told(configuration { $0.seed = 2 })
    #expect(first.steps == second.steps)
    #expect(first.outcome.weights == second.outcome.weights)
    #expect(first.outcome.weights != other.outcome.weights)
  }

  @Test func shufflingAnewOnceOrNeverDiffers() throws {
    let all = try [TrainConfiguration.Shuffle.everyEpoch, .once, .never].map { shuffle in
      try Told(configuration { $0.shuffle = shuffle }).outcome.weights
    }
    #expect(all[0] != all[1] && all[1] != all[2] && all[0] != all[2])
  }

  @Test func shufflingAFullBatchChangesNoBit() throws {
    let all = try [TrainConfiguration.Shuffle.everyEpoch, .never].map { shuffle in
      try Told(
        configuration {
          $0.shuffle = shuffle
          $0.batchSize = .full
        }
      ).outcome.weights
    }
    #expect(all[0] == all[1])
  }

  /// The course's notebook 04: PyTorch's training accuracy after 1000 updates is a mean of 0.945 to
  /// 0.965 over seeds with one hidden layer, and 0.50 to 0.52 with straight lines.
  @Test func learnsTheSpiralAsPyTorchDoes() throws {
    let rows = DataConfiguration(
      source: Chosen(
        "spiral",
        ["classes": .integer(3), "points_per_class": .integer(1000), "noise": .number(0.2)]),
      seed: 12345)
    let data = try DataLibrary().prepare(rows)
    let hidden = try Told(spiral(data: rows, activation: true), data: data)
    let lines = try Told(spiral(data: rows, activation: false), data: data)
    #expect((0.93...0.975).contains(hidden.steps.last?["train/accuracy"] ?? 0))
    #expect((0.49...0.53).contains(lines.steps.last?["train/accuracy"] ?? 0))
  }
}

/// A run with everything it told.
private struct Told {
  struct Step: Equatable {
    let step: Int
    let epoch: Int
    let names: [String]
    let values: [UInt64]

    subscript(name: String) -> Double {
      guard let place = names.firstIndex(of: name) else { return .nan }
      return Double(bitPattern: values[place])
    }
  }

  var steps: [Step] = []
  var chosen: [(step: Int, epoch: Int)] = []
  let outcome: RunOutcome

  init(
    _ configuration: RunConfiguration, objective: Metric? = nil, data: PreparedData? = nil
  ) throws {
    var configuration = configuration
    if let objective {
      configuration.objective = Objective(
        objective, objective.isHigherBetter ? .maximize : .minimize)
    }
    let trainer = try RunTrainer(configuration, data: data ?? smallData())
    var steps: [Step] = []
    var chosen: [(step: Int, epoch: Int)] = []
    outcome = trainer.train(RunControl()) { event in
      switch event {
      case .points(let points):
        steps.append(
          Step(
            step: points[0].step, epoch: points[0].epoch, names: points.map(\.metric.name),
            values: points.map(\.value.bitPattern)))
      case .chosen(let step, let epoch, _): chosen.append((step, epoch))
      case .checkpoint: break
      }
    }
    self.steps = steps
    self.chosen = chosen
  }
}

private func smallData() throws -> PreparedData { try data() }

private let dataConfiguration = DataConfiguration(
  source: Chosen(
    "spiral", ["classes": .integer(3), "points_per_class": .integer(100), "noise": .number(0.2)]),
  split: DataConfiguration.Split(val: .share(0.2)))

private func data() throws -> PreparedData { try DataLibrary().prepare(dataConfiguration) }

private func linear(_ outputs: Int) -> LayerSpec {
  LayerSpec(Chosen("linear", ["outputs": .integer(outputs), "bias": .flag(true)]))
}

private func training(_ change: (inout TrainConfiguration) -> Void) -> TrainConfiguration {
  var train = TrainConfiguration(
    loss: Chosen("cross-entropy"),
    optimizer: Chosen(
      "adam", ["beta1": .number(0.9), "beta2": .number(0.999), "eps": .number(1e-8)]),
    learningRate: 0.01, weightDecay: 0, l1: 0, clipNorm: nil,
    schedule: Chosen("constant", ["warmup": .number(0)]), batchSize: .rows(32),
    duration: .epochs(5), shuffle: .everyEpoch, initializer: Chosen("default"),
    earlyStopping: nil, log: TrainConfiguration.Log(), seed: 1)
  change(&train)
  return train
}

private func configuration(_ change: (inout TrainConfiguration) -> Void) -> RunConfiguration {
  RunConfiguration(
    data: dataConfiguration, modelName: "small",
    layers: [linear(20), LayerSpec(Chosen("relu")), linear(3)], train: training(change),
    objective: Objective(.valLoss, .minimize), hyperparameters: [])
}

private func spiral(data: DataConfiguration, activation: Bool) -> RunConfiguration {
  let between = activation ? [LayerSpec(Chosen("relu"))] : []
  let train = training {
    $0.learningRate = 1e-3
    $0.weightDecay = 1e-5
    $0.batchSize = .full
    $0.duration = .steps(1000)
  }
  return RunConfiguration(
    data: data, modelName: "course", layers: [linear(100)] + between + [linear(3)], train: train,
    objective: Objective(.trainLoss, .minimize), hyperparameters: [])
}
