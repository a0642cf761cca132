import Datasets
import Experiments
import Figures
import Foundation
import NeuralNet
import Reports
import RunStorage
import Sweeps
import Testing
import Tracking

/// What a test says that one run has measured and kept.
struct StoredRun {
  var status = RunStatus.completed
  var points: [MetricPoint] = []
  /// The epoch that the objective chose.
  var best: (step: Int, epoch: Int)?
  /// By the names of their files.
  var weights: [String: [NamedTensor]] = [:]

  /// Points of a metric; a point a list of step, epoch and value, at a millisecond a step.
  mutating func add(_ metric: Metric, _ values: [(step: Int, epoch: Int, value: Double)]) {
    points += values.map {
      MetricPoint(
        metric, step: $0.step, epoch: $0.epoch, value: $0.value,
        timeMilliseconds: 5_000_000 + Int64(250 * $0.step))
    }
  }

  /// A value at the end of epoch 1 and another one at the end of epoch 2, the first being the best.
  mutating func add(_ metric: Metric, best first: Double, last second: Double) {
    add(metric, [(1, 1, first), (2, 2, second)])
    best = (1, 1)
  }
}

/// An experiment whose store holds what a test says, nothing being trained.
struct StoredExperiment {
  let folder: String
  let plan: RunPlan
  let store: RunStore
  let library = DataLibrary()
  private let experiment: Experiment

  /// Plans a file and stores its runs.
  ///
  /// - Parameters:
  ///   - text: the file; FOLDER stands for the folder of `files`.
  ///   - files: what lies there, by name.
  ///   - stored: what is known of a run; `nil` where it never began.
  init(
    _ text: String, files: [String: Data] = [:], _ stored: (RunConfiguration) -> StoredRun?
  ) throws {
    folder = NSTemporaryDirectory() + "labbook-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, data) in files { try data.write(to: URL(fileURLWithPath: folder + "/" + name)) }
    experiment = try Experiment.parse(
      text.replacing("FOLDER", with: folder), name: "e.yaml", library: library)
    plan = try RunPlan(experiment, facts: PlanFacts(library: library))
    store = try RunStore(at: folder + "/labbook.sqlite", .create)
    let writer = RunWriter(store)
    for sweep in plan.sweeps {
      for run in sweep.runs {
        guard let known = stored(run.configuration) else { continue }
        try Self.write(known, run, sweep.name, in: store, library, by: writer)
      }
    }
    try writer.close()
  }

  private static func write(
    _ known: StoredRun, _ run: PlannedRun, _ sweep: String, in store: RunStore,
    _ library: DataLibrary, by writer: RunWriter
  ) throws {
    let configuration = run.configuration
    let request = RunRequest(
      key: run.key, configuration: run.configurationKey, seed: run.seed,
      objective: configuration.objective, parameters: configuration.hyperparameters)
    let registered = try store.register([(sweep, [request])], experiment: "e").flatMap { $0 }
    let id = try #require(registered.first).id
    guard case .claimed(let claim) = try store.claim(id) else {
      throw LabbookError.failure("the run is not free")
    }
    let recorder = writer.recorder(for: claim)
    // Points of one step come together.
    for step in Set(known.points.map(\.step)).sorted() {
      recorder.record(known.points.filter { $0.step == step })
      if let best = known.best, best.step == step {
        recorder.choose(step: best.step, epoch: best.epoch)
      }
    }
    for (name, tensors) in known.weights {
      try recorder.writeArtifact(name, Safetensors.encode(tensors))
    }
    if !known.weights.isEmpty {
      let data = try library.prepare(configuration.data)
      try recorder.writeArtifact(RunFile.inputs, RunInputs(data, of: configuration.data).json)
      let network = NetworkDescription(
        layers: configuration.layers, loss: configuration.train.loss)
      try recorder.writeArtifact(RunFile.network, network.json)
    }
    recorder.finish(known.status, durationSeconds: 1)
  }

  var cells: [PlotCell] {
    experiment.cells.compactMap { if case .plot(let cell) = $0 { cell } else { nil } }
  }

  var pictures: NotebookPictures {
    NotebookPictures(experiment, plan, in: store, library: library)
  }

  /// The figures of the notebook, in its order.
  func figures() throws -> [Figure] { try pictures.figures().map { try $0.figure.get() } }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// Lines of a comma-separated file.
func csv(_ lines: String...) -> Data { Data((lines.joined(separator: "\n") + "\n").utf8) }
