import GRDB
public import Tracking

/// What a user asks of runs that are being trained, through the store, so that any process may ask and
/// the one that trains takes it.
extension RunStore {
  /// Asks runs to stop, and keeps them from being trained until `letGoOn`.
  ///
  /// One that is being trained ends before its next update; one that is not begun, or was interrupted,
  /// is stopped at once. What has a result stays as it is.
  ///
  /// - Parameter elsewhere: those that another machine trains, which end there and are taken in with what
  ///   they measured.
  /// - Returns: the runs that a living process trains, which stop as soon as it looks.
  @discardableResult
  public func requestStop(of runs: [RunID], elsewhere: Set<RunID> = []) throws -> [RunID] {
    try freeAbandonedRuns()
    try write { db in
      let halt = try db.cachedStatement(
        sql: """
          UPDATE runs SET halted = 1
          WHERE run = ? AND status IN ('planned', 'running', 'interrupted', 'failed', 'stopped')
          """)
      for run in runs { try halt.execute(arguments: [run.description]) }
    }
    var living: [RunID] = []
    for run in runs {
      if elsewhere.contains(run) {
        living.append(run)
        continue
      }
      guard let row = try row(of: run) else { continue }
      if let lock = try claims.tryLock(row) {
        try markStopped(row)
        lock.release()
      } else {
        living.append(run)
      }
    }
    return living
  }

  /// Which of some runs were asked to stop; it is cheap, and asked several times a second.
  public func takeStopRequests(among runs: [RunID]) throws -> Set<RunID> {
    if runs.isEmpty { return [] }
    let names = try look { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT runs.run FROM json_each(?) AS wanted JOIN runs ON runs.run = wanted.value
            WHERE runs.halted = 1
            """), arguments: [Self.jsonList(runs)])
    }
    return Set(names.compactMap { RunID($0) })
  }

  /// Lets runs that a user stopped be trained again where a plan asks for them.
  public func letGoOn(_ runs: [RunID]) throws {
    try write { db in
      let release = try db.cachedStatement(sql: "UPDATE runs SET halted = 0 WHERE run = ?")
      for run in runs { try release.execute(arguments: [run.description]) }
    }
  }

  /// Marks a run that nobody trains as stopped, by whoever holds its claim.
  func markStopped(_ row: Int64) throws {
    try write { db in
      try db.execute(
        sql: """
          UPDATE runs SET status = 'stopped', ended_at = COALESCE(ended_at, ?)
          WHERE id = ? AND halted = 1 AND status IN ('planned', 'running', 'interrupted')
          """, arguments: [Timestamp.now(), row])
    }
  }
}
