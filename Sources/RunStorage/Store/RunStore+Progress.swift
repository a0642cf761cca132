public import Foundation
import GRDB
public import Tracking

/// How far a sweep is, beside how many of its runs are where.
public struct SweepProgress: Hashable, Sendable {
  /// The sweep.
  public let name: SweepName
  /// By what its runs are compared: the objective of most of them.
  public let objective: Objective?
  /// The best value of the objective so far, of runs that neither diverged nor failed.
  public internal(set) var best: Double?
  /// The run that has it.
  public internal(set) var bestRun: RunID?
  /// Seconds until the runs that are planned and running are done, by the mean of those that are
  /// completed and as many at once as run now; `nil` where nothing runs or nothing is completed.
  public internal(set) var secondsLeft: Double?
  /// When a run of it was asked for, began or ended last, ISO 8601 in UTC.
  public internal(set) var lastActivity: String?
}

extension RunStore {
  /// How far the sweeps are, by the current runs of their latest plans.
  ///
  /// - Parameters:
  ///   - sweep: only this one; `nil` for all.
  ///   - now: the time from which is counted what is left.
  public func progress(
    of sweep: SweepName? = nil, now: Date = Date()
  ) throws -> [SweepName: SweepProgress] {
    try freeAbandonedRuns()
    return try read { db in
      var reader = ProgressReader(now: now)
      if let sweep {
        reader.only = try Int64.fetchOne(
          db,
          sql: """
            SELECT sweeps.id FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
            WHERE experiments.name = ? AND sweeps.name = ?
            """, arguments: [sweep.experiment, sweep.sweep])
        if reader.only == nil { return [:] }
      }
      try reader.readBest(db)
      try reader.readTimes(db)
      try reader.readRunning(db)
      return reader.finished
    }
  }
}

/// Gathers what is known of sweeps, a question at a time.
private struct ProgressReader {
  let now: Date
  /// The number of the one sweep that is asked for; `nil` for all.
  var only: Int64?
  private var found: [Int64: SweepProgress] = [:]
  private var runs: [Int64: Int] = [:]
  private var means: [Int64: (mean: Double, planned: Int)] = [:]
  private var running: [Int64: [Double]] = [:]

  init(now: Date) { self.now = now }

  private static let members = """
    memberships JOIN sweeps ON sweeps.id = memberships.sweep
      JOIN experiments ON experiments.id = sweeps.experiment
      JOIN runs ON runs.id = memberships.run AND runs.current = 1
    """

  /// The condition of what is read, which takes `only` where that is given.
  private var condition: String {
    RunSelection.isPlanned + (only == nil ? "" : " AND memberships.sweep = ?")
  }

  private var arguments: [(any DatabaseValueConvertible)?] { only.map { [$0] } ?? [] }

  /// The bare columns beside SQLite's one `MAX` are those of the row that has it.
  mutating func readBest(_ db: Database) throws {
    let rows = try RowReader(
      db,
      """
      SELECT sweeps.id, experiments.name, sweeps.name, runs.objective, runs.direction, COUNT(*),
        MAX(CASE WHEN \(RunSelection.isBad) THEN NULL
          WHEN runs.direction = 'maximize' THEN series.best ELSE -series.best END),
        runs.run
      FROM \(Self.members)
        LEFT JOIN metrics ON metrics.name = runs.objective
        LEFT JOIN series ON series.run = runs.id AND series.metric = metrics.id
      WHERE \(condition)
      GROUP BY sweeps.id, runs.objective, runs.direction
      """, arguments)
    while try rows.next() {
      let (sweep, count) = (rows.integer(0), Int(rows.integer(5)))
      guard count > runs[sweep] ?? 0 else { continue }
      runs[sweep] = count
      let direction = Direction(rawValue: rows.text(4)) ?? .minimize
      let value = rows.optionalNumber(6)
      found[sweep] = SweepProgress(
        name: SweepName(experiment: rows.text(1), sweep: rows.text(2)),
        objective: Objective(Metric(rows.text(3)), direction),
        best: value.map { direction == .maximize ? $0 : -$0 },
        bestRun: value == nil ? nil : rows.run(7))
    }
  }

  mutating func readTimes(_ db: Database) throws {
    let rows = try RowReader(
      db,
      """
      SELECT sweeps.id, AVG(CASE WHEN runs.status = 'completed' THEN runs.duration_s END),
        TOTAL(runs.status = 'planned'), MAX(runs.created_at), MAX(runs.started_at),
        MAX(runs.ended_at)
      FROM \(Self.members) WHERE \(condition) GROUP BY sweeps.id
      """, arguments)
    while try rows.next() {
      let sweep = rows.integer(0)
      if let mean = rows.optionalNumber(1) { means[sweep] = (mean, Int(rows.number(2))) }
      found[sweep]?.lastActivity = (3...5).compactMap { rows.optionalText($0) }.max()
    }
  }

  mutating func readRunning(_ db: Database) throws {
    let rows = try RowReader(
      db,
      """
      SELECT sweeps.id, COALESCE(unixepoch(runs.started_at), ?)
      FROM \(Self.members) WHERE runs.status = 'running' AND \(condition)
      """, [now.timeIntervalSince1970] + arguments)
    while try rows.next() {
      running[rows.integer(0), default: []].append(now.timeIntervalSince1970 - rows.number(1))
    }
  }

  var finished: [SweepName: SweepProgress] {
    found.reduce(into: [:]) { all, entry in
      var progress = entry.value
      if let (mean, planned) = means[entry.key], let elapsed = running[entry.key] {
        let rest = elapsed.reduce(0) { $0 + max(0, mean - $1) } + Double(planned) * mean
        progress.secondsLeft = rest / Double(elapsed.count)
      }
      all[progress.name] = progress
    }
  }
}
