import Runs
import Sweeps
import Tracking

extension LabbookError {
  /// What a command says that looks into networks, of an experiment that trains none.
  static let noNetworks = LabbookError.input(
    "the experiment has no networks", hint: "its runs are a program's: labbook check FILE shows it")
}

extension RunPlan {
  /// Whether some run of it trains a network.
  var hasNetworks: Bool { runs.contains { $0.run.configuration.network != nil } }
}
