import Foundation
import NeuralNet
import Runs
public import Tracking

extension RunTrainer {
  /// Goes on from where a run of the same configuration, or a shorter one, stood.
  ///
  /// - Throws: where the state is another network's or optimizer's.
  public func restore(_ state: TrainingState) throws(LabbookError) {
    guard state.best.map({ $0.count == program.plan.weightCount }) ?? true,
      state.position.updates <= plannedUpdates
    else { throw .failure("the saved state is another run's") }
    try program.restore(state.program)
    position = state.position
    position.outputs = nil
    hasEpochOutputs = position.rows >= train.rows
    if let outputs = state.position.outputs {
      try program.restore(trained: outputs.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) })
      hasEpochOutputs = true
    }
    bestVector = state.best
  }

  /// The state from which a run of more updates goes on, without the time it took.
  ///
  /// `nil` where the longer run would come to another one: within an epoch, or under a schedule that
  /// depends on the run's length.
  public var stateForLonger: TrainingState? {
    guard position.updates > 0, position.updates % length.updatesPerEpoch == 0, schedule.isOpenEnded
    else { return nil }
    return state(seconds: 0)
  }

  /// All that is needed to go on from the present position.
  var state: TrainingState { state(seconds: position.seconds + watch.seconds) }

  private func state(seconds: Double) -> TrainingState {
    var position = position
    position.seconds = seconds
    if trainScores != nil, hasEpochOutputs, position.rows < train.rows {
      position.outputs = program.trainedOutputs(places: position.rows)
        .withUnsafeBytes { Data($0) }
    }
    return TrainingState(position: position, program: program.stateBytes, best: bestVector)
  }
}
