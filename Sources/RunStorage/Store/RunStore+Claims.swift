import Foundation
import GRDB
public import Runs
import Synchronization
public import Tracking

/// A run that this process trains, until it gives it up or ends.
public final class RunClaim: Sendable {
  /// The run that is claimed.
  public let run: RunID
  let row: Int64
  /// Whether it was begun before.
  public let isAgain: Bool
  let startedAt = Timestamp.now()
  let environment: [String: String]
  private let lock: ClaimLock
  private let hasFolder: Atomic<Bool>

  init(
    run: RunID, row: Int64, isAgain: Bool, environment: [String: String], lock: ClaimLock
  ) {
    self.run = run
    self.row = row
    self.isAgain = isAgain
    self.environment = environment
    self.lock = lock
    hasFolder = Atomic(isAgain)
  }

  /// Gives the run up once its status is committed.
  func release() { lock.release() }

  /// Notes that the run has files of its own.
  func noteFolder() { hasFolder.store(true, ordering: .relaxed) }

  /// Whether the run may have a folder, from this attempt or an earlier one.
  var mayHaveFolder: Bool { hasFolder.load(ordering: .relaxed) }

  /// Marks the run as begun, within the transaction that brings its first points.
  func begin(_ start: RunStart, _ db: Database, _ numbers: StoredNumbers) throws {
    try start.prepare(row, isAgain: isAgain, db)
    var environment = environment
    if case .continued(_, let source) = start {
      environment["continued_from"] = source.description
    }
    let number = try numbers.environment(environment, db)
    let begin = try RawStatement(
      db,
      """
      UPDATE runs SET status = 'running', started_at = ?, ended_at = NULL, duration_s = NULL,
        message = NULL, environment = ? WHERE id = ?
      """)
    begin.clear()
    begin.bind(startedAt, at: 1)
    if let number { begin.bind(number, at: 2) }
    begin.bind(row, at: 3)
    try begin.run()
    if case .kept = start { return }
    guard isAgain || start.checkpoint != nil else { return }
    let checkpoint = start.checkpoint
    try db.execute(
      sql: "UPDATE runs SET step = ?, epoch = ?, best_step = ?, best_epoch = ? WHERE id = ?",
      arguments: [
        checkpoint?.step, checkpoint?.epoch, checkpoint?.best?.step, checkpoint?.best?.epoch, row,
      ])
  }
}

/// What came of asking for a run.
public enum ClaimOutcome: Sendable {
  /// It is ours; once it has a recorder its earlier points go and its status is `running`.
  case claimed(RunClaim)
  /// A living process trains it.
  case busy
  /// It has a result and is not trained again.
  case finished(RunStatus)
  /// It is no longer in the store.
  case removed
}

extension RunStore {
  /// Takes a run for training from its start.
  ///
  /// The claim is a lock of the operating system, so that a process that dies frees its runs at once.
  /// It writes nothing to the store: the run is marked with its first points, which costs no
  /// transaction of its own. A run that a user stopped is finished until `letGoOn`.
  ///
  /// - Parameters:
  ///   - limit: how far it is asked to go; `nil` for all, so that a stopped run goes on.
  ///   - measure: in what that is counted.
  ///   - isTaken: whether it was trained elsewhere, so that one that was stopped meanwhile comes with
  ///     what it measured.
  /// - Throws: `LabbookError` where the store cannot be written.
  public func claim(
    _ run: RunID, limit: Int? = nil, _ measure: RunMeasure = .epochs,
    environment: [String: String] = [:], isTaken: Bool = false
  ) throws -> ClaimOutcome {
    guard let row = try row(of: run) else { return .removed }
    guard let lock = try claims.tryLock(row) else { return .busy }
    // Whoever had the lock before committed the run's end before giving it up.
    guard let found = try registered(row), found.id == run else { return .removed }
    let status = found.status
    if found.isEnough(limit: limit, measure) { return .finished(status) }
    if found.isHalted, !isTaken {
      try markStopped(row)
      return .finished(.stopped)
    }
    removeUnfinishedFiles(of: run)
    return .claimed(
      RunClaim(
        run: run, row: row, isAgain: status != .planned, environment: environment, lock: lock))
  }

  private func registered(_ row: Int64) throws -> RegisteredRun? {
    try look { db in
      let find = try db.cachedStatement(
        sql: "SELECT run, status, id, epoch, halted, step FROM runs WHERE id = ?")
      guard let found = try Row.fetchOne(find, arguments: [row]) else { return nil }
      return try Registration.registered(found, LostFiles(db, place))
    }
  }

  /// The number of a run's row; `nil` where it is not in the store.
  func row(of run: RunID) throws -> Int64? {
    try look { db in
      let find = try RawStatement(db, "SELECT id FROM runs WHERE run = ?")
      find.bind(run.description, at: 1)
      return try find.number()
    }
  }

  /// Marks the runs of processes that died as interrupted; called by whoever looks at runs.
  ///
  /// Where the disk is full they stay as they are: who only reads is told all the same.
  func freeAbandonedRuns() throws {
    guard isWritable else { return }
    let abandoned = try read { db in
      try Int64.fetchAll(db.cachedStatement(sql: Self.runningHere))
    }.filter { !claims.isHeld($0) }
    do { for row in abandoned { try free(row) } } catch is LabbookError { return }
  }

  /// The runs that some process trains; one that a program logs through MLflow has none here.
  private static let runningHere = """
    SELECT id FROM runs WHERE status = 'running'
      AND NOT EXISTS (SELECT 1 FROM logged_runs WHERE run = runs.id)
    """

  /// A run as it stands, where the store cannot be told that its process died.
  func withoutDeadOwner(_ record: RunRecord) -> RunRecord {
    guard record.status == .running, !record.isLogged, !isTrained(record.id) else {
      return record
    }
    var facts = record.facts
    facts.status = .interrupted
    return RunRecord(facts)
  }

  /// Whether a living process trains a run.
  public func isTrained(_ run: RunID) -> Bool {
    guard let row = try? row(of: run) else { return false }
    return claims.isHeld(row)
  }

  /// The folder of one run's files.
  public func folder(of run: RunID) -> String { runsFolder + "/" + run.description }

  /// The folder of what a run's outside program writes while it is at work.
  public func programFolder(of run: RunID) -> String {
    folder(of: run) + "/" + RunFolder.program
  }

  /// Marks one run as interrupted, or as stopped where a user asked for it, while its lock is held,
  /// unless somebody else was quicker.
  private func free(_ row: Int64) throws {
    guard let lock = try claims.tryLock(row) else { return }
    defer { lock.release() }
    try write { db in
      try db.execute(
        sql: """
          UPDATE runs SET status = CASE halted WHEN 1 THEN 'stopped' ELSE 'interrupted' END,
            ended_at = COALESCE((SELECT strftime('%Y-%m-%dT%H:%M:%fZ', MAX(time) / 1000.0,
              'unixepoch') FROM points WHERE points.run = runs.id), started_at)
          WHERE id = ? AND status = 'running'
          """, arguments: [row])
      try BestValues.fill(row, db)
    }
    let name = try read {
      try String.fetchOne($0, sql: "SELECT run FROM runs WHERE id = ?", arguments: [row])
    }
    if let run = name.flatMap({ RunID($0) }) { removeUnfinishedFiles(of: run) }
  }

  @discardableResult
  func makeFolder(of run: RunID) throws -> String {
    let folder = folder(of: run)
    for path in [runsFolder, folder] where mkdir(path, 0o777) != 0 {
      let reason = errno
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw LabbookError.failure(
          "'\(path)' is a link, and runs are kept in folders of the store alone",
          hint: "LABBOOK_RUNS names another folder for them")
      }
      throw LabbookError.failure(
        "the folder '\(path)' cannot be made: \(systemReason(reason))")
    }
    return folder
  }
}

extension RunStatus {
  /// Whether a run that stands so need not be trained: it is whole, a user stopped it, or it was
  /// stopped no earlier than at the place that is asked for.
  func isEnough(place: Int, limit: Int?, isHalted: Bool) -> Bool {
    switch self {
    case .completed, .diverged: true
    case .stopped where isHalted: true
    case .stopped: limit.map { place >= $0 } ?? false
    case .planned, .running, .interrupted, .failed: false
    }
  }
}
