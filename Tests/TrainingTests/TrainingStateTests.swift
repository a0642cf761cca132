import Datasets
import Experiments
import Foundation
import NeuralNet
import Runs
import TensorKernels
import TestSupport
import Testing
import Tracking
import Training

/// Runs that go on from a saved state against the same runs undisturbed, bit for bit.
@Suite struct TrainingStateTests {
  /// Everything a run keeps from update to update: moments, momentum, running statistics, the
  /// schedule's memory, patience, the sums of a partial epoch.
  static let kinds = [
    "adam", "momentum", "plateau", "patience", "steps", "full", "once", "layers", "scores",
    "numbers",
  ]

  @Test(arguments: kinds)
  func everyCheckpointLeadsToTheSameEnd(_ kind: String) throws {
    let configuration = try configuration(kind)
    let whole = try Recording(configuration, checkpointSeconds: nil)
    let saving = try Recording(configuration, checkpointSeconds: 0)
    #expect(saving.points == whole.points)
    #expect(saving.weights == whole.weights)
    #expect(saving.states.count >= 10)
    for state in saving.states {
      let bytes = try state.encoded()
      let rest = try Recording(configuration, from: TrainingState(bytes))
      #expect((state.position.outputs != nil) == (isScored(kind) && isWithinAnEpoch(state)))
      let before = whole.points.prefix(state.position.points)
      #expect(before.allSatisfy { $0.step <= state.position.updates })
      #expect(Array(before) + rest.points == whole.points)
      #expect(rest.weights == whole.weights)
      #expect(rest.best == whole.best)
      #expect(rest.message == whole.message)
    }
  }

  /// A run that goes on with other numbers of threads than it was saved with.
  @Test(arguments: kinds)
  func aStateIsTheSameAtEveryNumberOfThreads(_ kind: String) throws {
    let configuration = try configuration(kind)
    let whole = try Recording(configuration, checkpointSeconds: nil)
    func with(_ threads: Int, _ body: () throws -> Recording) throws -> Recording {
      let team = ThreadTeam()
      team.allow(ThreadAllowance(threads, exactly: true))
      return try ThreadTeam.$current.withValue(team) { try body() }
    }
    let saving = try with(3) { try Recording(configuration, checkpointSeconds: 0) }
    #expect(saving.points == whole.points)
    #expect(saving.weights == whole.weights)
    let middle = saving.states[saving.states.count / 2]
    let rest = try with(5) { try Recording(configuration, from: middle) }
    #expect(Array(whole.points.prefix(middle.position.points)) + rest.points == whole.points)
    #expect(rest.weights == whole.weights)
    #expect(rest.best == whole.best)
  }

  /// The control says other numbers of threads while the run trains.
  @Test(arguments: kinds)
  func threadsThatChangeBetweenUpdatesChangeNoBit(_ kind: String) throws {
    let configuration = try configuration(kind)
    let alone = try RunTrainer(configuration, data: Self.data()).train(RunControl()) { _ in }
    let trainer = try ThreadTeam.$current.withValue(ThreadTeam()) {
      try RunTrainer(configuration, data: Self.data())
    }
    let control = RunControl()
    var asked: Set<Int> = []
    trainer.watchWeights = { _ in
      let threads = 1 + (control.updates * 7 + 3) % 6
      asked.insert(threads)
      control.allow(ThreadAllowance(threads, exactly: true))
    }
    let changing = trainer.train(control) { _ in }
    #expect(asked.count > 3)
    #expect(changing.weights == alone.weights)
    #expect(changing.bestWeights == alone.bestWeights)
    #expect(changing.updates == alone.updates)
  }

  @Test(arguments: ["adam", "momentum", "plateau", "patience", "layers"])
  func aLongerRunGoesOnFromAShorterOne(_ kind: String) throws {
    let long = try configuration(kind)
    var short = long
    short.train.duration = .epochs(3)
    let whole = try Recording(long, checkpointSeconds: nil)
    let first = try Recording(short, checkpointSeconds: nil)
    let state = try #require(first.stateForLonger)
    let rest = try Recording(long, from: state)
    #expect(first.points + rest.points == whole.points)
    #expect(rest.weights == whole.weights)
    #expect(rest.best == whole.best)
  }

  @Test func aStateOfAnotherLengthIsNotOffered() throws {
    var cosine = try configuration("adam")
    cosine.train.schedule = Chosen("cosine", ["min_lr": .number(0), "warmup": .number(0)])
    #expect(try Recording(cosine, checkpointSeconds: nil).stateForLonger == nil)
    var partial = try configuration("adam")
    partial.train.duration = .steps(11)
    #expect(try Recording(partial, checkpointSeconds: nil).stateForLonger == nil)
  }

  @Test func otherBytesAreNoState() throws {
    let recording = try Recording(configuration("adam"), checkpointSeconds: 0)
    let bytes = try #require(try recording.states.first?.encoded())
    for wrong in [Data(), bytes.dropLast(), bytes + Data([0]), Data(count: 24), Data(count: 7)] {
      #expect(throws: LabbookError.self) { try TrainingState(Data(wrong)) }
    }
    var wide = try configuration("adam")
    wide.layers[0].kind = Chosen("linear", ["outputs": .integer(60), "bias": .flag(true)])
    #expect(throws: LabbookError.self) {
      _ = try Recording(wide, from: TrainingState(bytes))
    }
  }

  @Test func anInterruptedRunTellsItsState() throws {
    let configuration = try configuration("adam")
    let trainer = try RunTrainer(configuration, data: Self.data())
    trainer.checkpointSeconds = 1000
    let control = RunControl()
    var states: [TrainingState] = []
    let outcome = trainer.train(control) { event in
      if case .points = event, control.updates >= 8 { control.end(as: .interrupted) }
      if case .checkpoint(let state) = event { states.append(state) }
    }
    #expect(outcome.status == .interrupted)
    #expect(states.map(\.position.updates) == [outcome.updates])
  }

  private func isScored(_ kind: String) -> Bool { ["scores", "numbers"].contains(kind) }

  private func isWithinAnEpoch(_ state: TrainingState) -> Bool { state.position.rows < 96 }

  private static func data(isRegression: Bool = false) throws -> PreparedData {
    if isRegression {
      return try DataLibrary().prepare(
        DataConfiguration(
          source: Chosen(
            "linear", ["points": .integer(120), "features": .integer(2), "noise": .number(0.3)]),
          split: DataConfiguration.Split(val: .share(0.2)), targetTransform: .standard))
    }
    return try DataLibrary().prepare(
      DataConfiguration(
        source: Chosen(
          "spiral",
          ["classes": .integer(3), "points_per_class": .integer(40), "noise": .number(0.2)]),
        split: DataConfiguration.Split(val: .share(0.2))))
  }

  /// A choice with all of its settings at their defaults but those given.
  private func chosen(
    _ name: String, of choices: [Choice], _ values: [String: ParameterValue] = [:]
  ) throws -> Chosen {
    let choice = try #require(choices.first { $0.name == name })
    let standard = choice.settings.compactMap { setting in
      setting.standard.map { (setting.name, $0) }
    }
    return Chosen(name, Dictionary(standard) { $1 }.merging(values) { $1 })
  }

  private func configuration(_ kind: String) throws -> RunConfiguration {
    func layer(_ name: String, _ values: [String: ParameterValue] = [:]) throws -> LayerSpec {
      LayerSpec(try chosen(name, of: Layers.all, values))
    }
    var train = TrainConfiguration(
      loss: Chosen("cross-entropy"),
      optimizer: try chosen("adam", of: Optimizers.all),
      learningRate: 0.02, weightDecay: 1e-3, l1: 0, clipNorm: 1,
      schedule: Chosen("constant", ["warmup": .number(2)]), batchSize: .rows(17),
      duration: .epochs(6), shuffle: .everyEpoch, initializer: Chosen("default"),
      earlyStopping: nil, log: TrainConfiguration.Log(everyUpdates: 4, gradNorm: true), seed: 1)
    var layers = [
      try layer("linear", ["outputs": .integer(20)]), try layer("relu"),
      try layer("linear", ["outputs": .integer(3)]),
    ]
    switch kind {
    case "momentum":
      train.optimizer = try chosen("sgd", of: Optimizers.all, ["momentum": .number(0.9)])
      train.schedule = try chosen(
        "step", of: Schedules.all, ["step_size": .integer(2), "gamma": .number(0.5)])
    case "plateau":
      train.learningRate = 0.3
      train.schedule = try chosen("plateau", of: Schedules.all, ["patience": .integer(0)])
    case "patience":
      train.learningRate = 0.3
      train.duration = .epochs(40)
      train.earlyStopping = TrainConfiguration.EarlyStopping(patience: 2)
    case "steps": train.duration = .steps(33)
    case "full":
      train.batchSize = .full
      train.duration = .steps(20)
    case "once": train.shuffle = .once
    case "layers":
      layers.insert(try layer("batch-norm"), at: 1)
      layers.insert(try layer("dropout", ["p": .number(0.3)]), at: 3)
    case "scores": train.log.metrics = [.balancedAccuracy, .f1]
    case "numbers":
      train.loss = Chosen("mse")
      layers[2] = try layer("linear", ["outputs": .integer(1)])
    default: break
    }
    return RunConfiguration(
      data: DataConfiguration(source: Chosen("spiral")), modelName: "small", layers: layers,
      train: train, objective: Objective(.valLoss, .minimize), hyperparameters: [])
  }

  /// A training with all it told.
  private struct Recording {
    struct Point: Equatable {
      let name: String
      let step: Int
      let epoch: Int
      let bits: UInt64
    }

    var points: [Point] = []
    var states: [TrainingState] = []
    let weights: [NamedTensor]
    let best: [NamedTensor]?
    let message: String?
    let stateForLonger: TrainingState?

    init(
      _ configuration: RunConfiguration, checkpointSeconds: Double? = nil,
      from state: TrainingState? = nil
    ) throws {
      let trainer = try RunTrainer(
        configuration,
        data: TrainingStateTests.data(isRegression: configuration.own.train.loss?.name == "mse"))
      if let state { try trainer.restore(state) }
      trainer.checkpointSeconds = checkpointSeconds
      var points: [Point] = []
      var states: [TrainingState] = []
      let outcome = trainer.train(RunControl()) { event in
        switch event {
        case .points(let told):
          points += told.map {
            Point(
              name: $0.metric.name, step: $0.step, epoch: $0.epoch, bits: $0.value.bitPattern)
          }
        case .chosen: break
        case .checkpoint(let state): states.append(state)
        }
      }
      weights = outcome.weights
      best = outcome.bestWeights
      message = outcome.message
      stateForLonger = trainer.stateForLonger
      self.points = points
      self.states = states
    }
  }
}
