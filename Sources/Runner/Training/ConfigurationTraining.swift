package import Datasets
package import Experiments
import Foundation
import NeuralNet
import RunStorage
import TensorKernels
import Tracking
public import Training

/// Trains one configuration on Labbook's own core and keeps what it leaves.
package struct ConfigurationTraining: Sendable {
  private let configuration: RunConfiguration
  private let library: DataLibrary
  private let keptEpochs: Set<Int>
  private let limit: Int?

  /// Makes the training of a configuration.
  ///
  /// - Parameters:
  ///   - keptEpochs: after which its weights are kept for figures.
  ///   - limit: the epoch after which it stops, to go on later; `nil` trains it whole.
  package init(
    _ configuration: RunConfiguration, library: DataLibrary, keptEpochs: Set<Int> = [],
    limit: Int? = nil
  ) {
    self.configuration = configuration
    self.keptEpochs = keptEpochs
    self.library = library
    self.limit = limit
  }

  /// Trains on the thread that calls.
  package func run(_ context: TrainingContext) throws -> TrainingOutcome {
    let data = try library.prepare(configuration.data)
    let trainer = try RunTrainer(configuration, data: data)
    let control = RunControl()
    context.attach(control)
    context.begin(maker: Self.maker) { try trainer.restore(TrainingState($0)) }
    var failure: (any Error)?
    trainer.keptEpochs = keptEpochs
    trainer.keepWeights = { epoch, weights in
      do {
        try context.writeArtifact(RunFile.weights(ofEpoch: epoch), Safetensors.encode(weights))
      } catch { failure = error }
    }
    trainer.checkpointSeconds = context.checkpointSeconds
    trainer.lastEpoch = limit
    let outcome = trainer.run(control) { event in
      switch event {
      case .points(let points): context.record(points)
      case .chosen(let step, let epoch):
        context.choose(step: step, epoch: epoch, value: control.bestObjective)
      case .checkpoint(let state):
        context.save { try Self.checkpoint(state) }
      }
    }
    if let failure { throw failure }
    if outcome.status.isResult { try keep(outcome, data, context) }
    if outcome.status == .completed {
      try context.keepForLonger { try trainer.stateForLonger.map(Self.checkpoint) }
    }
    return TrainingOutcome(
      outcome.status, durationSeconds: outcome.durationSeconds, message: outcome.message)
  }

  /// What computes here: other kernels or another BLAS come to other bits.
  private static let maker =
    "\(KernelEnvironment.kernels), \(KernelEnvironment.blas), numerics \(NumericsVersion.current)"

  private static func checkpoint(_ state: TrainingState) throws -> Checkpoint {
    let position = state.position
    return Checkpoint(
      step: position.updates, epoch: position.epoch,
      best: position.best.map { ($0.step, $0.epoch) }, points: position.points, maker: maker,
      state: try state.encoded())
  }

  private func keep(
    _ outcome: RunOutcome, _ data: PreparedData, _ context: TrainingContext
  ) throws {
    try context.writeArtifact(RunFile.weights, Safetensors.encode(outcome.weights))
    if let best = outcome.bestWeights {
      try context.writeArtifact(RunFile.bestWeights, Safetensors.encode(best))
    }
    try context.writeArtifact(RunFile.inputs, RunInputs(data, of: configuration.data).json)
    let network = NetworkDescription(layers: configuration.layers, loss: configuration.train.loss)
    try context.writeArtifact(RunFile.network, network.json)
  }
}

extension RunControl: LiveRun {
  /// Asks the run to end before its next update.
  public func interrupt() { end(as: .interrupted) }
}
