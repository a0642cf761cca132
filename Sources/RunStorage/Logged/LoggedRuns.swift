import GRDB
import Tracking

/// Where a run stands that something is logged to.
struct LoggedRunRow {
  let run: RunID
  let row: Int64
  let status: RunStatus
  let isDeleted: Bool
  let isLogged: Bool
  /// Under which name its seed was logged; `nil` where none was.
  let seedName: String?

  /// Whether a process of Labbook trains it now, and the program that it started logs to it.
  func isLabbooks(in store: RunStore) -> Bool { store.claims.isHeld(row) }

  /// Why nothing is changed of a run that Labbook trained.
  var refusal: LogRefusal {
    LogRefusal(
      .denied, "The run '\(run)' was trained by Labbook: it can be read here, not changed.")
  }
}

/// The runs of a store that are logged through MLflow, within a transaction.
struct LoggedRuns {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// - Throws: `LogRefusal` where there is no such run.
  func existing(_ run: RunID) throws -> LoggedRunRow {
    let find = try RowReader(
      db,
      """
      SELECT runs.id, runs.status, runs.current, logged_runs.run IS NOT NULL, logged_runs.seed_name
      FROM runs LEFT JOIN logged_runs ON logged_runs.run = runs.id WHERE runs.run = ?
      """, [run.description])
    defer { find.end() }
    guard try find.next() else {
      throw LogRefusal(.missing, "Run with id=\(run) not found")
    }
    return LoggedRunRow(
      run: run, row: find.integer(0), status: RunStatus(rawValue: find.text(1)) ?? .running,
      isDeleted: find.integer(2) == 0, isLogged: find.integer(3) != 0,
      seedName: find.optionalText(4))
  }

  /// - Throws: `LogRefusal` where there is no such run, or it is deleted.
  func active(_ run: RunID) throws -> LoggedRunRow {
    let row = try existing(run)
    if row.isDeleted {
      throw LogRefusal(
        .invalid,
        "The run \(run) must be in the 'active' state. Current state is deleted.")
    }
    return row
  }

  func insert(_ id: RunID, _ experiment: Int64, _ start: LoggedStart) throws {
    let table = LoggedExperiments(db)
    let sweep = try table.loggedSweep(of: try table.active(experiment))
    let key = SHA256Digest.hex(of: "mlflow run " + id.description)
    // Without a seed of its own a run shares none with any other: its number in the store.
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (run, key, configuration, sweep, status, current, seed, objective,
          direction, created_at, started_at)
        VALUES (?1, ?2, ?2, ?3, 'running', 1, (SELECT COALESCE(MAX(id), 0) + 1 FROM runs), '',
          'minimize', ?4, ?5)
        """
    ).execute(
      arguments: [
        id.description, key, sweep, Timestamp.now(),
        start.started.map(Timestamp.clamped) ?? Timestamp.now(),
      ])
    let row = db.lastInsertedRowID
    try db.cachedStatement(
      sql: "INSERT INTO logged_runs (run, name, user, started, artifacts) VALUES (?, ?, ?, ?, '')"
    ).execute(arguments: [row, start.name, start.user, start.started])
    try db.cachedStatement(sql: "INSERT INTO memberships (sweep, run) VALUES (?, ?)")
      .execute(arguments: [sweep, row])
    let place = LoggedRunRow(
      run: id, row: row, status: .running, isDeleted: false, isLogged: true, seedName: nil)
    for tag in start.tags { try set(tag, place) }
  }

  func change(_ row: LoggedRunRow, _ change: LoggedChange) throws {
    if let name = change.name {
      try db.cachedStatement(sql: "UPDATE logged_runs SET name = ? WHERE run = ?")
        .execute(arguments: [name, row.row])
      try write(LoggedText(LoggedTag.runName, name), row.row)
    }
    if let ended = change.ended {
      try db.cachedStatement(sql: "UPDATE logged_runs SET ended = ? WHERE run = ?")
        .execute(arguments: [ended, row.row])
      try db.cachedStatement(
        sql: """
          UPDATE runs SET ended_at = ?1, duration_s = (
            SELECT CASE WHEN ended >= started THEN (ended - started) / 1000.0 END
            FROM logged_runs WHERE run = ?2)
          WHERE id = ?2
          """
      ).execute(arguments: [Timestamp.clamped(ended), row.row])
    }
    if let status = change.status {
      try db.cachedStatement(
        sql: """
          UPDATE runs SET status = ?1, halted = ?1 = 'stopped',
            ended_at = CASE WHEN ?1 IN ('running', 'planned') THEN NULL ELSE ended_at END
          WHERE id = ?2
          """
      ).execute(arguments: [status.rawValue, row.row])
    }
    if let status = change.status ?? Optional(row.status), status != .running, status != .planned {
      try LoggedObjective(db).choose(row.row)
    }
  }

  func setDeleted(_ deleted: Bool, _ row: LoggedRunRow) throws {
    try db.cachedStatement(sql: "UPDATE runs SET current = ? WHERE id = ?")
      .execute(arguments: [!deleted, row.row])
    try db.cachedStatement(sql: "UPDATE logged_runs SET deleted_at = ? WHERE run = ?")
      .execute(arguments: [deleted ? Timestamp.milliseconds() : nil, row.row])
  }

  /// Sets a tag, and with it what it says to Labbook: the note, the name, a tag that `runs` shows.
  func set(_ tag: LoggedText, _ row: LoggedRunRow) throws {
    switch tag.key {
    case LoggedTag.note:
      try db.cachedStatement(sql: "UPDATE runs SET note = ? WHERE id = ?")
        .execute(arguments: [tag.value.isEmpty ? nil : tag.value, row.row])
      return
    case LoggedTag.runName:
      try db.cachedStatement(sql: "UPDATE logged_runs SET name = ? WHERE run = ?")
        .execute(arguments: [tag.value, row.row])
    case LoggedTag.user:
      try db.cachedStatement(sql: "UPDATE logged_runs SET user = ? WHERE run = ?")
        .execute(arguments: [tag.value, row.row])
    default: break
    }
    try forgetShown(tag.key, row)
    try write(tag, row.row)
    if let shown = LoggedTag.shown(tag) {
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)")
        .execute(arguments: [row.row, shown])
    }
    try judge(after: tag.key, row)
  }

  /// Chooses again by what an ended run is judged where a tag has changed that says it.
  private func judge(after key: String, _ row: LoggedRunRow) throws {
    guard key == LoggedTag.objective, row.isLogged, row.status != .running, row.status != .planned
    else { return }
    try LoggedObjective(db).choose(row.row)
  }

  /// Whether there was such a tag.
  func deleteTag(_ key: String, _ row: LoggedRunRow) throws -> Bool {
    if key == LoggedTag.note {
      try db.execute(
        sql: "UPDATE runs SET note = NULL WHERE id = ? AND note IS NOT NULL",
        arguments: [row.row])
      return db.changesCount > 0
    }
    try forgetShown(key, row)
    try db.execute(
      sql: "DELETE FROM logged_tags WHERE run = ? AND key = ?", arguments: [row.row, key])
    guard db.changesCount > 0 else { return false }
    try judge(after: key, row)
    return true
  }

  private func write(_ tag: LoggedText, _ row: Int64) throws {
    let statement = try RawStatement(
      db, "INSERT OR REPLACE INTO logged_tags (run, key, value) VALUES (?, ?, ?)")
    statement.bind(row, at: 1)
    statement.bind(tag.key, at: 2)
    statement.bind(tag.value, at: 3)
    try statement.run()
  }

  /// Takes away the tag that `runs` shows for a key.
  private func forgetShown(_ key: String, _ row: LoggedRunRow) throws {
    let find = try db.cachedStatement(
      sql: "SELECT value FROM logged_tags WHERE run = ? AND key = ?")
    guard let value = try String.fetchOne(find, arguments: [row.row, key]),
      let shown = LoggedTag.shown(LoggedText(key, value))
    else { return }
    try db.cachedStatement(sql: "DELETE FROM tags WHERE run = ? AND tag = ?")
      .execute(arguments: [row.row, shown])
  }
}
