import Datasets
import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Tracking
import Training

/// What a fake training is given: where it tells what happens, and whether to go on.
struct FakeContext {
  let control: RunControl
  let sink: any RunSink

  var shouldStop: Bool { control.requestedEnding != nil }

  func begin(maker: String, restore: (Data) throws -> Void) throws {
    try sink.begin(maker: maker, restore: restore)
  }

  func record(_ points: [MetricPoint]) { sink.record(points) }

  func choose(step: Int, epoch: Int, value: Double) {
    sink.choose(step: step, epoch: epoch, value: value)
  }

  func advance(to updates: Int) { control.report(updates: updates) }

  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) { sink.save(checkpoint) }

  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {
    try sink.keepForLonger(checkpoint)
  }

  func writeArtifact(_ name: String, _ data: Data) throws { try sink.writeArtifact(name, data) }
}

/// A training that a test writes as a closure.
typealias FakeWork = @Sendable (FakeContext) throws -> TrainingOutcome

/// Trains programs whose command is the name of a closure; programs are all that it trains.
struct FakeTrainer: Trainer {
  private static let works = Mutex<[String: FakeWork]>([:])

  /// Gives a closure a name.
  static func name(of work: @escaping FakeWork) -> String {
    let name = UUID().uuidString
    works.withLock { $0[name] = work }
    return name
  }

  func trains(_ configuration: RunConfiguration) -> Bool { configuration.network == nil }

  var sharesThreads: Bool { true }

  func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    guard case .program(let program) = job.configuration.body,
      let work = Self.works.withLock({ $0[program.name] })
    else { throw LabbookError.failure("no such work") }
    return try work(FakeContext(control: control, sink: sink))
  }
}

extension RunRequest {
  /// A request of a program that is known by a key of the test's own.
  init(
    key: String, configuration: String, seed: Int, objective: Objective,
    parameters: [Hyperparameter], lineage: String? = nil, updates: Int? = nil
  ) {
    self.init(
      key: key, configurationKey: configuration, lineage: lineage,
      configuration: RunConfiguration(
        .program(ProgramRun(command: [], parameters: [:], seed: seed)), objective: objective,
        hyperparameters: parameters),
      updates: updates)
  }
}

extension TrainingJob {
  /// A job that a closure does.
  init(
    _ request: RunRequest, label: String, updates: Int, cost: Double, limit: Int? = nil,
    work: @escaping FakeWork
  ) {
    var request = request
    request.configuration.body = .program(
      ProgramRun(command: [FakeTrainer.name(of: work)], parameters: [:], seed: request.seed))
    self.init(request, label: label, updates: updates, cost: cost, limit: limit)
  }
}

extension SweepRunner {
  /// A runner on threads, of fake trainings and of networks.
  init(
    _ store: RunStore, _ options: Options = Options(), cores: Int = 2,
    library: DataLibrary = DataLibrary()
  ) {
    self.init(
      store, ThreadExecutor([FakeTrainer(), NetworkTrainer(library: library)], cores: cores),
      options)
  }
}

extension TryOut {
  static func run(_ jobs: [TrainingJob]) -> [Result] {
    run(jobs, [FakeTrainer(), NetworkTrainer(library: DataLibrary())])
  }
}
