import Datasets
import Experiments
import Foundation
import NeuralNet
import RunStorage
import Runner
import Runs
import TestSupport
import Testing
import Tracking

/// Real trainings: small networks on spirals.
@Suite struct NetworkTrainerTests {
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

  private func job(
    seed: Int, rate: Double, _ library: DataLibrary, configuration name: String? = nil
  ) throws -> TrainingJob {
    let configuration = try configuration(seed: seed, rate: rate)
    let request = RunRequest(
      key: "\(rate)/\(seed)", configurationKey: name ?? "\(rate)", configuration: configuration)
    return TrainingJob(request, label: "\(seed)", updates: 36, cost: 1)
  }

  @Test func bitsDoNotDependOnTheNumberOfJobs() throws {
    let places = [Workplace(), Workplace()]
    let found = try zip(places, [1, 4]).map { place, threads in
      let store = try place.store()
      let library = DataLibrary()
      let jobs = try (1...6).flatMap { seed in
        try [0.1, 0.01].map { try job(seed: seed, rate: $0, library) }
      }
      let options = SweepRunner.Options()
      let cores = threads
      let report = try SweepRunner(store, options, cores: cores).run(
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
    let request = RunRequest(key: "wrong", configurationKey: "wrong", configuration: wrong)
    let jobs = [
      TrainingJob(request, label: "wrong", updates: 1, cost: 1),
      try job(seed: 1, rate: 0.1, library),
    ]
    let report = try SweepRunner(store).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    #expect(report.ended == [.completed: 1, .failed: 1])
    #expect(report.failures.first?.message.contains("none.csv") == true)
  }

  /// The stored best and last values of val/loss are those of the stored weights: the network is
  /// computed here once more, and the labels follow from the spiral's arms, of which 12 points each
  /// are validated, one arm after the other.
  @Test func theStoredWeightsGiveTheStoredValues() throws {
    let place = Workplace()
    let store = try place.store()
    let library = DataLibrary()
    _ = try SweepRunner(store).run(
      [SweepJobs("main", [try job(seed: 4, rate: 1.5, library)])], experiment: "e",
      stop: StopSignal())
    let run = try #require(try store.runs().first)
    let best = try #require(run.bestEpoch)
    #expect(best > 0 && best < 4, "the sample's best epoch is its last")
    let val = try #require(
      try library.prepare(configuration(seed: 4, rate: 1.5).data).val)
    #expect(val.rows == 36)
    for (file, which) in [(RunFile.bestWeights, MetricValue.best), (RunFile.weights, .last)] {
      let tensors = try Safetensors.decode(store.artifact(file, of: run.id))
      let losses = try (0..<36).map { row in
        try loss(val.row(row).map(Double.init), label: row / 12, tensors)
      }
      let mean = losses.reduce(0, +) / 36
      let stored = try #require(run.value(of: .valLoss, which))
      #expect(abs(mean - stored) < 1e-5 * max(1, stored), "\(file)")  // single precision
    }
    #expect(run.value(of: .valLoss, .best) != run.value(of: .valLoss, .last))
  }

  /// Cross-entropy of linear, ReLU, linear in double precision.
  private func loss(_ row: [Double], label: Int, _ tensors: [NamedTensor]) throws -> Double {
    func apply(_ layer: Int, _ input: [Double]) throws -> [Double] {
      let weight = try #require(tensors.first { $0.name == "\(layer).weight" })
      let bias = try #require(tensors.first { $0.name == "\(layer).bias" })
      return bias.values.enumerated().map { output, bias in
        input.enumerated().reduce(Double(bias)) {
          $0 + Double(weight.values[output * input.count + $1.offset]) * $1.element
        }
      }
    }
    let outputs = try apply(2, try apply(0, row).map { max(0, $0) })
    let top = outputs.max() ?? 0
    return log(outputs.reduce(0) { $0 + exp($1 - top) }) + top - outputs[label]
  }

  /// One of three seeds diverges: the configuration ranks after a worse one without.
  @Test func aConfigurationWithADivergedSeedRanksLast() throws {
    let place = Workplace()
    let store = try place.store()
    let library = DataLibrary()
    let jobs =
      try [("good", 0.1, 1), ("good", 0.1, 2), ("good", 1e38, 3)].map { name, rate, seed in
        try job(seed: seed, rate: rate, library, configuration: name)
      } + (1...3).map { try job(seed: $0, rate: 1e-6, library, configuration: "slow") }
    let report = try SweepRunner(store).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: StopSignal())
    #expect(report.ended == [.completed: 5, .diverged: 1])
    var query = RunQuery()
    query.order = .metric(.valLoss, .best, descending: false)
    #expect(try store.configurations(query) == ["slow", "good"])
    let groups = try store.runs().groupedByConfiguration()
    #expect(groups.map(\.hasBadRun) == [true, false])
    let means = groups.compactMap { $0.statistics(of: .valLoss, .best)?.mean }
    #expect(means.count == 2 && means[0] < means[1])
    #expect(groups[1].ranksBefore(groups[0], by: .valLoss, .minimize, .best))
  }

  /// Held after its second epoch, with weights kept for a figure, then trained to its end: the same
  /// as without a stop.
  @Test func aLimitStopsARunThatGoesOnLater() throws {
    let configuration = try configuration(seed: 1, rate: 0.1)
    let request = RunRequest(
      key: "k", configurationKey: "c", lineage: "family", configuration: configuration,
      updates: 36)
    func job(_ limit: Int?) -> TrainingJob {
      TrainingJob(
        request, label: "k", updates: 36, cost: 1, limit: limit, keptEpochs: [1, 3])
    }
    let places = [Workplace(), Workplace()]
    let stores = try places.map { try $0.store() }
    var options = SweepRunner.Options()
    options.leastStateSeconds = 0
    for limit in [2, nil] {
      _ = try SweepRunner(stores[0], options).run(
        [SweepJobs("main", [job(limit)])], experiment: "e", stop: StopSignal())
      let run = try #require(try stores[0].runs().first)
      #expect(run.status == (limit == nil ? .completed : .stopped))
      #expect(run.epoch == limit ?? 4)
      #expect(run.message == (limit == nil ? nil : "after epoch 2"))
      #expect((try stores[0].checkpoint(of: run.id) == nil) == (limit == nil))
      let expected =
        ["best.safetensors", "inputs.json", "network.json"]
        + (limit == nil ? ["state.checkpoint"] : []) + ["weights-1.safetensors"]
        + (limit == nil ? ["weights-3.safetensors"] : []) + ["weights.safetensors"]
      #expect(try stores[0].artifacts(of: run.id).map(\.name) == expected)
    }
    _ = try SweepRunner(stores[1], options).run(
      [SweepJobs("main", [job(nil)])], experiment: "e", stop: StopSignal())
    #expect(
      try contents(stores[0]).filter { !$0.hasPrefix("state.") }
        == contents(stores[1]).filter { !$0.hasPrefix("state.") })
    #expect(try stores[1].continuationSource(of: "family", updates: 37) != nil)
    #expect(try stores[1].continuationSource(of: "family", updates: 36) == nil)
    withExtendedLifetime(places) {}
  }
}
