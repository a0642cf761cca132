/// What a schedule of the learning rate is in PyTorch.
package enum TorchSchedule: Sendable {
  /// The same rate throughout; only a warm-up is to be written.
  case constant
  /// An expression of `epoch`, counted from 1, `update`, counted from 0, and `progress`, the share of
  /// the updates behind the warm-up that are done.
  case formula(String, usesProgress: Bool)
  /// A class of `torch.optim.lr_scheduler`; the optimizer is put before the call's own arguments.
  ///
  /// - Parameter watchesEpochs: whether it takes the objective of every epoch, rather than a step
  ///   after every update.
  case scheduler(TorchCall, watchesEpochs: Bool)
}

/// What a schedule has to know of a run to be written for PyTorch.
package struct TorchScheduleRequest: Sendable {
  /// The rate as Python reads it.
  package let rate: String
  /// All updates of the run.
  package let totalUpdates: Int
  /// Whether the optimizer has a momentum that a schedule can move.
  package let hasMomentum: Bool
  /// Whether the objective is made small.
  package let minimizes: Bool

  package init(rate: Double, totalUpdates: Int, hasMomentum: Bool, minimizes: Bool) {
    self.rate = PythonText.number(rate)
    self.totalUpdates = totalUpdates
    self.hasMomentum = hasMomentum
    self.minimizes = minimizes
  }
}
