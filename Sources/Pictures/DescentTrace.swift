package import Datasets
import Experiments
import NeuralNet
package import Runs
package import Tracking
import Training

/// The weights of one training on its way, trained again from its first weights: the same bits as
/// the run itself.
package struct DescentTrace {
  package let name: String
  /// The flat vector of all parameters, the start first; not every update where there are many.
  package private(set) var weights: [[Float]] = []
  /// How many updates were done.
  package let updates: Int
  package let hasDiverged: Bool

  /// The most vectors that are kept of one training.
  package static let mostKept = 400
  /// The most numbers that are kept of one training, whatever the network's size.
  private static let mostNumbers = 20_000_000

  /// Trains a network from its beginning.
  ///
  /// - Throws: `LabbookError` where the network cannot be made.
  package init(
    _ network: NetworkRun, objective: Objective, _ data: PreparedData, name: String
  ) throws(LabbookError) {
    self.name = name
    let trainer = try RunTrainer(network, objective: objective, data: data)
    let count = max(1, try network.graph(data.shape).parameterCount)
    let most = max(20, min(Self.mostKept, Self.mostNumbers / count))
    let every = max(1, (trainer.plannedUpdates + most - 1) / most)
    var kept: [[Float]] = []
    var seen = 0
    trainer.watchWeights = { weights in
      if seen % every == 0 { kept.append(weights) }
      seen += 1
    }
    let outcome = trainer.train(RunControl()) { _ in }
    updates = outcome.updates
    hasDiverged = outcome.status == .diverged
    weights = kept.filter { $0.allSatisfy(\.isFinite) }
  }
}
