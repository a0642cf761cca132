import Runs
import Sweeps
import Tracking

/// A sweep whose rule decides when a run arrives at a rung.
public struct ArrivalSweep: Sendable {
  let name: String
  let rule: ArrivalStop
  let direction: Direction
  /// The keys of each configuration's runs.
  let keys: [[String]]

  /// The sweep of a plan; `nil` where it decides nothing on arrival.
  init?(_ plan: SweepPlan) {
    guard let rule = plan.arrival,
      let direction = plan.configurations.first?.configuration.objective.direction
    else { return nil }
    (name, self.rule, self.direction) = (plan.name, rule, direction)
    keys = plan.configurations.map { $0.runs.map(\.key) }
  }

  /// The place of the configuration that a run belongs to.
  func place(ofKey key: String) -> Int? { keys.firstIndex { $0.contains(key) } }
}
