import GRDB
public import Tracking

/// What removing some runs would take, and what it would leave because others have it too.
public struct RemovalPlan: Sendable {
  /// The runs that would be removed, the oldest first.
  public let removed: [RunRecord]
  /// The runs that would stay, with the sweeps that have them too.
  public let kept: [(run: RunRecord, sweeps: [SweepName])]
  /// The sweep that `kept` runs would leave; `nil` where single runs were named.
  public let sweep: SweepName?
}

extension RunStore {
  /// What removing a sweep would take: its runs, but not those that another experiment or sweep has
  /// too, which only leave it.
  ///
  /// - Parameters:
  ///   - formerOnly: only the runs that its latest plan does not hold.
  ///   - everywhere: also the runs that others have.
  /// - Throws: `LabbookError` where there is no such sweep.
  public func removal(
    of sweep: SweepName, formerOnly: Bool = false, everywhere: Bool = false
  ) throws -> RemovalPlan {
    guard try sweepNames().contains(sweep) else {
      throw LabbookError.input(
        "there is no sweep '\(sweep)' in '\(path)'", hint: "`labbook experiments` lists them")
    }
    var query = RunQuery(sweep)
    query.includesReplaced = true
    query.includesFormer = true
    var runs = try self.runs(query)
    if formerOnly {
      query.includesFormer = false
      let planned = Set(try self.runs(query).map(\.id))
      runs.removeAll { planned.contains($0.id) }
    }
    return try removal(of: runs, sweep, everywhere)
  }

  /// What removing single runs would take: those that one sweep has, and with `everywhere` all.
  public func removal(of runs: [RunRecord], everywhere: Bool = false) throws -> RemovalPlan {
    try removal(of: runs, nil, everywhere)
  }

  private func removal(
    of runs: [RunRecord], _ sweep: SweepName?, _ everywhere: Bool
  ) throws -> RemovalPlan {
    if everywhere { return RemovalPlan(removed: runs, kept: [], sweep: sweep) }
    var removed: [RunRecord] = []
    var kept: [(run: RunRecord, sweeps: [SweepName])] = []
    for run in runs {
      let sweeps = try self.sweeps(having: run.id)
      let others = sweeps.filter { $0 != sweep }
      if others.isEmpty || (sweep == nil && sweeps.count == 1) {
        removed.append(run)
      } else {
        kept.append((run, others))
      }
    }
    return RemovalPlan(removed: removed, kept: kept, sweep: sweep)
  }

  /// Does what a plan of removing says.
  ///
  /// - Throws: as `remove(_:)`, which removes nothing where one of the runs is being trained.
  public func remove(_ plan: RemovalPlan) throws -> Removal {
    let removal = try remove(plan.removed.map(\.id))
    if let sweep = plan.sweep, !plan.kept.isEmpty {
      try write { db in try Leaving(db, sweep).leave(plan.kept.map(\.run.id)) }
    }
    return removal
  }

  /// The sweeps that have a run, in the order in which they were first asked for.
  public func sweeps(having run: RunID) throws -> [SweepName] {
    try memberships(of: run).map(\.sweep)
  }

  /// The sweeps that have a run, each with whether the run is former there: whether the sweep's latest
  /// plan does not hold it.
  public func memberships(of run: RunID) throws -> [(sweep: SweepName, isFormer: Bool)] {
    try read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT experiments.name, sweeps.name, NOT \(RunSelection.isPlanned) FROM runs
            JOIN memberships ON memberships.run = runs.id
            JOIN sweeps ON sweeps.id = memberships.sweep
            JOIN experiments ON experiments.id = sweeps.experiment
            WHERE runs.run = ? ORDER BY sweeps.id
            """), arguments: [run.description]
      ).map { (SweepName(experiment: try $0.value(0), sweep: try $0.value(1)), try $0.value(2)) }
    }
  }
}

/// Takes runs out of one sweep that others have too; an empty sweep goes with its experiment.
private struct Leaving {
  private let db: Database
  private let sweep: Int64

  init(_ db: Database, _ name: SweepName) throws {
    self.db = db
    sweep =
      try Int64.fetchOne(
        db,
        sql: """
          SELECT sweeps.id FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
          WHERE experiments.name = ? AND sweeps.name = ?
          """, arguments: [name.experiment, name.sweep]) ?? 0
  }

  func leave(_ runs: [RunID]) throws {
    for run in runs {
      let find = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
      guard let row = try Int64.fetchOne(find, arguments: [run.description]) else { continue }
      try db.execute(
        sql: "DELETE FROM memberships WHERE sweep = ? AND run = ?", arguments: [sweep, row])
      try db.execute(
        sql: "DELETE FROM variants WHERE sweep = ? AND run = ?", arguments: [sweep, row])
      try db.execute(
        sql: """
          DELETE FROM plan_runs WHERE run = ? AND plan IN (SELECT id FROM plans WHERE sweep = ?)
          """, arguments: [row, sweep])
      try db.execute(
        sql: """
          UPDATE runs SET sweep = (SELECT MIN(sweep) FROM memberships WHERE run = runs.id)
          WHERE id = ? AND sweep = ?
            AND EXISTS (SELECT 1 FROM memberships WHERE run = runs.id)
          """, arguments: [row, sweep])
    }
    try Deletion(db).deleteIfEmpty(sweep: sweep)
  }
}
