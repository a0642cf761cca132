import Datasets
import Experiments
import Foundation
import NeuralNet
import RunStorage
import Runner
import Testing
import Tracking

/// Real trainings: small networks on spirals.
@Suite struct ConfigurationTrainingTests {
  /// A choice with all of its settings at their defaults but those given.
  private func choice(
    _ name: String, of choices: [Choice], _ values: [String: ParameterValue] = [:]
  ) throws -> Chosen {
    let found = try #require(choices.first { $0.name == name })
    let standard = found.settings.compactMap { setting in
      setting.standard.map { (setting.name, $0) }
    }
    return Chosen(
      name, Dictionary(standard, uniquingKeysWith: { $1 }).merging(values) { $1 })
  }

  private func configuration(seed: Int, rate: Double) throws -> RunConfiguration {
    let data = DataConfiguration(
      source: try choice("spiral", of: Sources.all, ["points_per_class": .integer(60)]),
      split: .init(val: .share(0.2)), normalize: .standard)
    let train = TrainConfiguration(
      loss: try choice("cross-entropy", of: Losses.all),
      optimizer: try choice("sgd", of: Optimizers.all, ["momentum": .number(0.9)]),
      learningRate: rate, weightDecay: 0, l1: 0, clipNorm: nil,
      schedule: try choice("constant", of: Schedules.all), batchSize: .rows(16),
      duration: .epochs(4), shuffle: .everyEpoch,
      initializer: try choice("default", of: Initializers.all), earlyStopping: nil, log: .init(),
      seed: seed)
    func linear(_ outputs: Int) throws -> LayerSpec {
      LayerSpec(try choice("linear", of: Layers.all, ["outputs": .integer(outputs)]))
    }
    return RunConfiguration(
      data: data, modelName: "net",
      layers: [try linear(16), LayerSpec(try choice("relu", of: Layers.all)), try linear(3)],
      train: train, objective: Objective(.valLoss, .minimize), hyperparameters: [])
  }

  private func job(seed: Int, rate: Double, _ library: DataLibrary) throws -> TrainingJob {
    let configuration = try configuration(seed: seed, rate: rate)
    let request = RunRequest(
      key: "\(rate)/\(seed)", configuration: "\(rate)", seed: seed,
      objective: configuration.objective, parameters: [])
    let training = ConfigurationTraining(configuration, library: library)
    return TrainingJob(request, label: "\(seed)", updates: 36, cost: 1, work: training.run)
  }

  @Test func bitsDoNotDependOnTheNumberOfJobs() throws {
    let places = [Workplace(), Workplace()]
    let found = try zip(places, [1, 4]).map { place, threads in
      let store = try place.store()
      let library = DataLibrary()
      let jobs = try (1...6).flatMap { seed in
        try [0.1, 0.01].map { try job(seed: seed, rate: $0, library) }
      }
      var options = SweepRunner.Options()
      options.jobs = threads
      let report = try SweepRunner(store, options).run(
        [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
      #expect(report.ended == [.completed: 12])
      return try contents(store)
    }
    #expect(found[0] == found[1])
  }

  @Test func aCompletedRunHasItsPointsAndFiles() throws {
    let place = Workplace()
    let store = try place.store()
    let library = DataLibrary()
    _ = try SweepRunner(store).run(
      [SweepJobs("main", [try job(seed: 1, rate: 0.1, library)])], experiment: "e",
      stop: StopSignal())
    let run = try #require(try store.runs().first)
    #expect(run.epoch == 4)
    #expect(run.step == 36)
    let val = try #require(try store.curves(of: [run.id], [.valLoss]).first)
    #expect(val.epochs == [0, 1, 2, 3, 4])
    #expect(val.steps == [0, 9, 18, 27, 36])
    let best = try #require(run.bestEpoch)
    #expect(val.values[best] == val.values.dropFirst().min())
    #expect(run.value(of: .valLoss, .best) == val.values[best])
    let train = try #require(try store.curves(of: [run.id], [.trainLoss]).first)
    #expect(train.epochs == [1, 2, 3, 4])
    #expect((run.durationSeconds ?? 0) > 0)

    let weights = try Safetensors.decode(store.artifact(RunFile.weights, of: run.id))
    #expect(weights.map(\.name).sorted() == ["0.bias", "0.weight", "2.bias", "2.weight"])
    #expect(try Safetensors.decode(store.artifact(RunFile.bestWeights, of: run.id)).count == 4)
    let inputs = try RunInputs(json: store.artifact(RunFile.inputs, of: run.id))
    let data = try library.prepare(configuration(seed: 1, rate: 0.1).data)
    #expect(inputs.transform == data.transform)
    #expect(inputs.classNames == data.classNames)
    #expect(inputs.featureShape == [2])
  }

  @Test func anInfiniteLossIsDiverged() throws {
    let place = Workplace()
    let store = try place.store()
    let library = DataLibrary()
    let jobs = [
      try job(seed: 1, rate: 1e38, library), try job(seed: 1, rate: 0.1, library),
    ]
    let report = try SweepRunner(store).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    #expect(report.ended == [.completed: 1, .diverged: 1])
    let run = try #require(try store.runs().first { $0.status == .diverged })
    #expect(run.message?.contains("not finite") == true)
  }

  @Test func dataThatCannotBeReadFailsTheRunAlone() throws {
    let place = Workplace()
    let store = try place.store()
    let library = DataLibrary()
    var wrong = try configuration(seed: 1, rate: 0.1)
    wrong.data.source = try choice(
      "csv", of: Sources.all, ["path": .text(place.folder + "/none.csv"), "target": .text("y")])
    let request = RunRequest(
      key: "wrong", configuration: "wrong", seed: 1, objective: wrong.objective, parameters: [])
    let training = ConfigurationTraining(wrong, library: library)
    let jobs = [
      TrainingJob(request, label: "wrong", updates: 1, cost: 1, work: training.run),
      try job(seed: 1, rate: 0.1, library),
    ]
    let report = try SweepRunner(store).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    #expect(report.ended == [.completed: 1, .failed: 1])
    #expect(report.failures.first?.message.contains("none.csv") == true)
  }
}
