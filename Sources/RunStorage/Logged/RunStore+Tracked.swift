import GRDB
public import Tracking

/// What MLflow's API asks of a store.
extension RunStore {
  /// An experiment by its number; 0 is Default, also before it is made.
  public func trackedExperiment(_ id: Int64) throws -> TrackedExperiment? {
    try read { try TrackedReader($0).experiment(id) }
  }

  /// The experiment that MLflow knows by a name.
  public func trackedExperiment(named name: String) throws -> TrackedExperiment? {
    try read { db in
      guard let id = try LoggedExperiments(db).find(name) else {
        return name == LoggedExperiments.defaultName ? try TrackedReader(db).experiment(0) : nil
      }
      return try TrackedReader(db).experiment(id)
    }
  }

  /// Every experiment of the store, deleted ones too, with their tags, by their numbers.
  public func trackedExperiments() throws -> [TrackedExperiment] {
    try read { try TrackedReader($0).experiments() }
  }

  /// A run with all that MLflow shows of it.
  public func trackedRun(_ run: RunID) throws -> TrackedRun? {
    try read { db in
      let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
      guard let row = try Int64.fetchOne(find, arguments: [run.description]) else { return nil }
      return try TrackedReader(db).runs([row]).first
    }
  }

  /// The runs that a search finds, and whether there are more.
  public func trackedRuns(_ search: RunSearch) throws -> (runs: [TrackedRun], hasMore: Bool) {
    try read { db in
      let rows = try search.rows(db)
      let runs = try TrackedReader(db).runs(Array(rows.prefix(search.limit)))
      return (runs, rows.count > search.limit)
    }
  }

  /// Every value of a metric of a run, by time, step and value; `nil` where there is no such run.
  ///
  /// - Parameter steps: only those of steps in it.
  public func history(
    of run: RunID, _ metric: String, in steps: ClosedRange<Int64>? = nil
  ) throws -> [LoggedPoint]? {
    try read { db in
      let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
      guard let row = try Int64.fetchOne(find, arguments: [run.description]) else { return nil }
      return try TrackedReader(db).history(row, metric, steps ?? .min ... .max)
    }
  }
}
