import Cluster
import RunStorage
import Tracking

/// Asks whoever trains the runs of a sweep to stop those that have no result yet, as
/// `labbook stop --sweep` does.
struct StopRequest {
  /// How many runs were asked to stop.
  let asked: Int
  /// Those that are at work and end before their next update; the others are stopped at once.
  let living: Int

  /// - Throws: `LabbookError` where nobody trains any of them.
  init(_ sweep: SweepName, in store: RunStore) throws {
    var query = RunQuery(sweep)
    query.statuses = [.planned, .running, .interrupted]
    let runs = try store.runs(query)
    guard runs.contains(where: { store.isTrained($0.id) }) || Self.areElsewhere(runs, store) else {
      throw LabbookError.input("no run of the sweep '\(sweep)' is being trained")
    }
    asked = runs.count
    living = try Stopping.stop(runs, in: store).count
  }

  private static func areElsewhere(_ runs: [RunRecord], _ store: RunStore) -> Bool {
    let keys = Set(runs.map(\.key))
    return PlanFolder.open(in: store.runsFolder, of: store.file).contains {
      !keys.isDisjoint(with: (try? $0.keys()) ?? [])
    }
  }
}
