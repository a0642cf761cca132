import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking
import Training

/// Runs without updates, without a loss, of absurd length; seconds that count on.
@Suite struct RunTrainerLimitsTests {
  @Test func aRunWithoutUpdatesMeasuresItsFirstWeights() throws {
    let data = try HandMadeData()
    let control = RunControl()
    let told = try HandMadeTraining(
      handMadeRun { $0.train.duration = .epochs(0) }, data.prepared, control: control)
    #expect(
      told.steps.map(\.names) == [["val/loss", "val/accuracy", "test/loss", "test/accuracy"]])
    let network = try #require(ReferenceNetwork(told.outcome.weights))
    let (val, test) = (network.measure(data.val), network.measure(data.test))
    let found = ["val/loss", "val/accuracy", "test/loss", "test/accuracy"]
      .map { told.steps[0].values[$0] ?? .nan }
    for (value, expected) in zip(found, [val.loss, val.accuracy, test.loss, test.accuracy]) {
      #expect(abs(value - expected) < 1e-5)  // one pass in single precision
    }
    #expect(told.chosen.map(\.epoch) == [0] && told.chosen.map(\.step) == [0])
    #expect(told.outcome.status == .completed && told.outcome.updates == 0)
    #expect(told.outcome.bestWeights == told.outcome.weights)
    #expect(told.chosen.last?.value == told.steps[0].values["val/loss"])
    #expect(told.trainer.plannedUpdates == 0 && told.trainer.stateForLonger == nil)
  }

  /// Weights of a file that a test writes: they are the first ones, whatever the seed.
  @Test func aRunBeginsWithTheWeightsOfAFile() throws {
    let data = try HandMadeData()
    let shapes = [("0.weight", [6, 20]), ("0.bias", [6]), ("2.weight", [3, 6]), ("2.bias", [3])]
    let tensors = shapes.map { name, shape in
      NamedTensor(
        name: name, shape: shape,
        values: (0..<shape.reduce(1, *)).map { Float(($0 * 37 + name.count) % 19 - 9) / 32 })
    }
    let path = NSTemporaryDirectory() + "labbook-test-" + RunID().description + ".safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Safetensors.encode(tensors).write(to: URL(fileURLWithPath: path))
    let configuration = try handMadeRun {
      $0.train.initializer = Chosen("file", ["path": .text(path)])
      $0.train.seed = 77
      $0.train.duration = .epochs(1)
    }
    let told = try HandMadeTraining(configuration, data.prepared)
    #expect(told.first.sorted { $0.name < $1.name } == tensors.sorted { $0.name < $1.name })
    let expected = try #require(ReferenceNetwork(tensors)).measure(data.val)
    #expect(abs((told.steps[0].values["val/loss"] ?? .nan) - expected.loss) < 1e-5)
    let wide = try handMadeRun {
      $0.train.initializer = Chosen("file", ["path": .text(path)])
      $0.layers[0] = $0.layers[2]
    }
    #expect(throws: LabbookError.self) { try RunTrainer(wide, data: data.prepared) }
  }

  @Test func layersThatDoNotFitAreNamedWithTheirModel() throws {
    let data = try HandMadeData()
    let error = #expect(throws: LabbookError.self) {
      try RunTrainer(
        handMadeRun {
          $0.layers = [
            LayerSpec(try chosen("max-pool2d", of: Layers.all, ["kernel": .integer(2)]))
          ]
        }, data: data.prepared)
    }
    #expect(error?.message.hasPrefix("The network 'by hand' does not fit: ") == true)
    #expect(error?.status == 2)
  }

  @Test func withoutALossNothingIsTrainedOrJudged() throws {
    let data = try HandMadeData()
    let told = try HandMadeTraining(
      handMadeRun {
        $0.train.loss = nil
        $0.train.duration = .epochs(4)
      }, data.prepared)
    #expect(told.steps.isEmpty && told.chosen.isEmpty)
    #expect(told.outcome.status == .completed && told.outcome.updates == 0)
    #expect(told.outcome.bestWeights == nil)
    #expect(told.outcome.weights == told.first)
  }

  @Test func withoutAPartThatJudgesTheTrainingDoes() throws {
    let data = try HandMadeData()
    let only = HandMadeData.together(data.prepared, val: nil, test: nil)
    let told = try HandMadeTraining(
      handMadeRun { $0.objective = Objective(.trainAccuracy, .maximize) }, only)
    #expect(told.steps.map(\.epoch) == [1, 2, 3, 4, 5])
    let shares = told.steps.map { $0.values["train/accuracy"] ?? 0 }
    let best = try #require(shares.firstIndex(of: shares.max() ?? 0))
    #expect(told.chosen.last?.epoch == best + 1)
  }

  @Test func lengthsAreCountedInUpdates() throws {
    let data = try HandMadeData()
    func planned(_ change: (inout TrainConfiguration) -> Void) throws -> Int {
      try RunTrainer(handMadeRun { change(&$0.train) }, data: data.prepared).plannedUpdates
    }
    #expect(try planned { $0.duration = .epochs(7) } == 42)
    #expect(try planned { $0.duration = .steps(7) } == 7)
    #expect(
      try planned {
        $0.duration = .epochs(7)
        $0.batchSize = .rows(23)
      } == 14)
    #expect(
      try planned {
        $0.duration = .epochs(7)
        $0.batchSize = .rows(1000)
      } == 7)
    #expect(try planned { $0.duration = .epochs(.max) } == .max)
  }

  @Test func anOtherNetworksStateIsRefusedAndALongerRunsToo() throws {
    let data = try HandMadeData()
    let told = try HandMadeTraining(handMadeRun(), data.prepared) { $0.checkpointSeconds = 0 }
    let last = try #require(told.states.last)
    #expect(last.position.updates == 30)
    let shorter = try handMadeRun { $0.train.duration = .epochs(4) }
    let error = #expect(throws: LabbookError.self) {
      try RunTrainer(shorter, data: data.prepared).restore(last)
    }
    #expect(error?.message == "the saved state is another run's")
    // Just as long is no longer.
    let same = try handMadeRun { $0.train.duration = .steps(30) }
    try RunTrainer(same, data: data.prepared).restore(last)
  }

  @Test func theStateForALongerRunIsTheLastOne() throws {
    let data = try HandMadeData()
    let short = try HandMadeTraining(
      handMadeRun { $0.train.duration = .epochs(3) }, data.prepared)
    let state = try #require(short.trainer.stateForLonger)
    #expect(state.position.updates == 18 && state.position.epoch == 3)
    #expect(state.position.seconds == 0)
    #expect(state.position.best?.epoch == short.chosen.last?.epoch)
    #expect(short.trainer.position.updates == 18)
    let steps = try HandMadeTraining(
      handMadeRun { $0.train.duration = .steps(17) }, data.prepared)
    #expect(steps.trainer.stateForLonger == nil)
    // 18 updates are three whole epochs, however they were asked for.
    let whole = try HandMadeTraining(
      handMadeRun { $0.train.duration = .steps(18) }, data.prepared)
    #expect(whole.trainer.stateForLonger != nil)
    for (name, isOpen) in [("linear", false), ("step", true), ("one-cycle", false)] {
      let told = try HandMadeTraining(
        handMadeRun {
          $0.train.schedule = try chosen(name, of: Schedules.all, ["step_size": .integer(2)])
        }, data.prepared)
      #expect((told.trainer.stateForLonger != nil) == isOpen, "\(name)")
    }
  }

  /// The state's bytes as `TrainingState.encoded` lays them out: three lengths, then the parts; the
  /// position is a property list, in which the seconds are changed here.
  @Test func secondsCountOnFromTheState() throws {
    let data = try HandMadeData()
    let told = try HandMadeTraining(handMadeRun(), data.prepared) { $0.checkpointSeconds = 0 }
    let state = try #require(told.states.first { $0.position.updates == 12 })
    #expect(state.position.seconds > 0)
    let bytes = try state.encoded()
    let length = bytes.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    var position = try PropertyListDecoder().decode(
      TrainingPosition.self, from: Data(bytes.dropFirst(24).prefix(length)))
    #expect(position == state.position)
    position.seconds = 5000
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let changed = try encoder.encode(position)
    var file = Data((0..<8).map { UInt8(truncatingIfNeeded: changed.count >> (8 * $0)) })
    file += bytes.dropFirst(8).prefix(16) + changed + bytes.dropFirst(24 + length)
    let clock = ContinuousClock()
    let start = clock.now
    let rest = try HandMadeTraining(handMadeRun(), data.prepared, from: TrainingState(file))
    let elapsed = (clock.now - start) / .seconds(1)
    #expect(rest.outcome.durationSeconds > 5000)
    #expect(rest.outcome.durationSeconds < 5000 + elapsed)
    #expect(rest.outcome.weights == told.outcome.weights)
    #expect(told.outcome.durationSeconds > state.position.seconds)
  }

  /// Checkpoints come no sooner than asked; the coarse clock ticks every few milliseconds.
  @Test func checkpointsComeNoSoonerThanAskedFor() throws {
    let data = try HandMadeData()
    let control = RunControl()
    let clock = ContinuousClock()
    let start = clock.now
    var configuration = try handMadeRun { $0.train.duration = .epochs(10_000_000) }
    configuration.train.log = TrainConfiguration.Log()
    let trainer = try RunTrainer(configuration, data: data.prepared)
    trainer.checkpointSeconds = 0.03
    var places: [Int] = []
    let outcome = trainer.train(control) { event in
      guard case .checkpoint(let state) = event else { return }
      places.append(state.position.updates)
      if places.count == 4 { control.end(as: .stopped) }
    }
    let elapsed = (clock.now - start) / .seconds(1)
    #expect(outcome.status == .stopped)
    #expect(elapsed >= 4 * (0.03 - 0.01))
    // The one that was asked to end tells a last one.
    #expect(places.count == 5)
    #expect(places.last == outcome.updates)
    #expect(outcome.durationSeconds <= elapsed)
  }
}
