public import Datasets
import NeuralNet
public import Runs
import TensorKernels
import Tracking

/// Trains networks on Labbook's own core.
public struct NetworkTrainer: Trainer {
  private let library: DataLibrary
  private let common = CommonFiles()
  private let teams = ThreadTeams()

  private let checksData: Bool

  /// Makes a trainer.
  ///
  /// - Parameters:
  ///   - library: the data, prepared once for all runs.
  ///   - checksData: whether a run fails where the data here is not that of its key, as where another
  ///     machine planned it.
  public init(library: DataLibrary, checksData: Bool = false) {
    self.library = library
    self.checksData = checksData
  }

  /// Whether the run trains a network.
  public func trains(_ configuration: RunConfiguration) -> Bool { configuration.network != nil }

  /// An update is shared by threads, to the bits of one.
  public var sharesThreads: Bool { true }

  /// Trains a network and keeps what it leaves.
  public func train(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    try teams.withTeam { try trainWhole(job, control, into: sink) }
  }

  private func trainWhole(
    _ job: TrainingJob, _ control: RunControl, into sink: any RunSink
  ) throws -> TrainingOutcome {
    let network = try job.configuration.network(for: "training on Labbook's own core")
    if checksData { try check(network, of: job) }
    let data = try library.prepare(network.data)
    let trainer = try RunTrainer(network, objective: job.configuration.objective, data: data)
    try sink.begin(maker: Self.maker) { try trainer.restore(TrainingState($0)) }
    var failure: (any Error)?
    trainer.keptEpochs = job.keptEpochs
    trainer.keepWeights = { epoch, weights in
      do {
        try sink.writeArtifact(RunFile.weights(ofEpoch: epoch), Safetensors.encode(weights))
      } catch { failure = error }
    }
    trainer.checkpointSeconds = sink.checkpointSeconds
    trainer.lastEpoch = job.limit
    let outcome = trainer.train(control) { event in
      switch event {
      case .points(let points): sink.record(points)
      case .chosen(let step, let epoch, let value):
        sink.choose(step: step, epoch: epoch, value: value)
      case .checkpoint(let state): sink.save { try Self.checkpoint(state) }
      }
    }
    if let failure { throw failure }
    if outcome.status.isResult { try keep(outcome, network, data, sink) }
    if outcome.status == .completed {
      try sink.keepForLonger { try trainer.stateForLonger.map(Self.checkpoint) }
    }
    return TrainingOutcome(
      outcome.status, durationSeconds: outcome.durationSeconds, message: outcome.message)
  }

  private func check(_ network: NetworkRun, of job: TrainingJob) throws {
    let found = try library.fingerprint(of: network.data)
    let asked = job.request.files.data
    guard !asked.isEmpty, asked != found else { return }
    throw LabbookError.failure(
      "the data here is not the run's: its fingerprint is \(found.prefix(16)), "
        + "the plan was made with \(asked.prefix(16))",
      hint: "the files that the machines see must be the same")
  }

  /// What computes here: other kernels or another BLAS come to other bits.
  private static var maker: String {
    "\(KernelEnvironment.kernels), \(KernelEnvironment.blas), numerics \(NumericsVersion.current)"
  }

  private static func checkpoint(_ state: TrainingState) throws -> Checkpoint {
    let position = state.position
    return Checkpoint(
      step: position.updates, epoch: position.epoch,
      best: position.best.map { ($0.step, $0.epoch) }, points: position.points, maker: maker,
      state: try state.encoded())
  }

  private func keep(
    _ outcome: RunOutcome, _ network: NetworkRun, _ data: PreparedData, _ sink: any RunSink
  ) throws {
    try sink.writeArtifact(RunFile.weights, Safetensors.encode(outcome.weights))
    if let best = outcome.bestWeights {
      try sink.writeArtifact(RunFile.bestWeights, Safetensors.encode(best))
    }
    try sink.writeArtifact(RunFile.inputs, common.inputs(data, of: network.data))
    let description = NetworkDescription(
      layers: network.layers, loss: network.resolved(on: data).train.loss)
    try sink.writeArtifact(RunFile.network, common.json(of: description))
  }
}
