import Cluster
import RunStorage
import Tracking

/// Asks those who train runs to stop them, as `labbook stop` does.
enum Stopping {
  /// Asks the processes of this machine through the store, and the tasks of plans through their folders.
  ///
  /// - Returns: the runs that somebody trains, which end before their next update; the others are stopped.
  /// - Throws: `LabbookError` where a run has a result, or the store cannot be written.
  @discardableResult
  static func stop(_ runs: [RunRecord], in store: RunStore) throws -> [RunID] {
    for run in runs where run.status.isResult {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue): there is nothing to stop")
    }
    return try store.requestStop(of: runs.map(\.id), elsewhere: try elsewhere(runs, store))
  }

  /// Those that the tasks of plans have, which are asked.
  private static func elsewhere(_ runs: [RunRecord], _ store: RunStore) throws -> Set<RunID> {
    let keys = Set(runs.map(\.key))
    var found: Set<RunID> = []
    for folder in PlanFolder.open(in: store.runsFolder, of: store.file) {
      let asked = keys.intersection(try folder.keys())
      if asked.isEmpty { continue }
      try folder.askToStop(asked.sorted())
      found.formUnion(runs.filter { asked.contains($0.key) }.map(\.id))
    }
    return found
  }
}
