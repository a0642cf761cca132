import Cluster
import RunStorage
import Tracking

/// Asks whoever trains some runs to stop them, as `labbook stop` does: through the store, and through the
/// folders of plans that other machines train.
struct StopRequest {
  /// The runs that were asked to stop.
  let runs: [RunRecord]
  /// Those that are at work and end before their next update; the others are stopped at once.
  let living: Set<RunID>

  /// Stops one run.
  ///
  /// - Throws: `LabbookError` where it has a result.
  init(_ run: RunRecord, in store: RunStore) throws {
    guard !run.status.isResult else {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue): there is nothing to stop")
    }
    try self.init([run], in: store)
  }

  /// Stops all runs of a sweep that have no result yet.
  ///
  /// - Throws: `LabbookError` where nobody trains any of them.
  init(_ sweep: SweepName, in store: RunStore) throws {
    var query = RunQuery(sweep)
    query.statuses = [.planned, .running, .interrupted]
    let runs = try store.runs(query)
    guard runs.contains(where: { store.isTrained($0.id) }) || Self.areElsewhere(runs, store) else {
      throw LabbookError.input("no run of the sweep '\(sweep)' is being trained")
    }
    try self.init(runs, in: store)
  }

  private init(_ runs: [RunRecord], in store: RunStore) throws {
    var elsewhere: Set<RunID> = []
    let keys = Set(runs.map(\.key))
    for folder in PlanFolder.open(in: store.runsFolder) {
      let asked = keys.intersection(try folder.keys())
      if asked.isEmpty { continue }
      try folder.askToStop(asked.sorted())
      elsewhere.formUnion(runs.filter { asked.contains($0.key) }.map(\.id))
    }
    self.runs = runs
    living = Set(try store.requestStop(of: runs.map(\.id), elsewhere: elsewhere))
  }

  private static func areElsewhere(_ runs: [RunRecord], _ store: RunStore) -> Bool {
    let keys = Set(runs.map(\.key))
    return PlanFolder.open(in: store.runsFolder).contains {
      !keys.isDisjoint(with: (try? $0.keys()) ?? [])
    }
  }
}
