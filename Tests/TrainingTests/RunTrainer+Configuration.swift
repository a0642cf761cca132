import Datasets
import Runs
import TestSupport
import Tracking
import Training

extension RunTrainer {
  /// A trainer of a run's network, judged by the run's objective.
  convenience init(
    _ configuration: RunConfiguration, data: PreparedData
  ) throws(LabbookError) {
    try self.init(configuration.own, objective: configuration.objective, data: data)
  }
}

extension Calibration {
  init(
    _ configuration: RunConfiguration, data: PreparedData, budgetSeconds: Double = 0.02
  ) throws(LabbookError) {
    try self.init(configuration.own, data: data, budgetSeconds: budgetSeconds)
  }
}

extension RateRangeTest {
  init(
    _ configuration: RunConfiguration, data: PreparedData, _ settings: Settings = Settings()
  ) throws(LabbookError) {
    try self.init(configuration.own, data: data, settings)
  }
}
