import GRDB
import Tracking

/// Reads runs by their numbers, with their parameters, summaries and tags.
struct RecordLoader {
  private let db: Database
  private let metrics: [Int64: Metric]
  private let keys: [Int64: String]
  private let sweeps: [Int64: SweepName]
  private let hasTags: Bool

  init(_ db: Database) throws {
    self.db = db
    metrics = try Self.words("SELECT id, name FROM metrics", db).mapValues { Metric($0) }
    keys = try Self.words("SELECT id, key FROM parameter_keys", db)
    var sweeps: [Int64: SweepName] = [:]
    let rows = try RowReader(
      db,
      """
      SELECT sweeps.id, experiments.name, sweeps.name
      FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
      """)
    while try rows.next() {
      sweeps[rows.integer(0)] = SweepName(experiment: rows.text(1), sweep: rows.text(2))
    }
    self.sweeps = sweeps
    hasTags = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM tags)") ?? false
  }

  func records(_ rows: [Int64]) throws -> [RunRecord] {
    let facts = try RowReader(db, Self.columns, [0])
    let parameters = try RowReader(db, "SELECT key, value FROM parameters WHERE run = ?", [0])
    let series = try RowReader(
      db, "SELECT metric, last, last_step, best FROM series WHERE run = ?", [0])
    let tags = try RowReader(db, "SELECT tag FROM tags WHERE run = ? ORDER BY tag", [0])
    var words = SharedWords(db, keys: keys, metrics: metrics)
    return try rows.compactMap { row in
      facts.restart(with: row)
      guard try facts.next() else { return nil }
      var record = try record(facts, &words)
      facts.end()
      parameters.restart(with: row)
      record.parameters = try words.parameters(parameters)
      series.restart(with: row)
      record.metrics = try words.metrics(series, isBad: record.status.isBad)
      if hasTags {
        tags.restart(with: row)
        while try tags.next() { record.tags.append(tags.text(0)) }
      }
      return RunRecord(record)
    }
  }

  static let columns = """
    SELECT run, key, configuration, sweep, status, current, seed, objective, direction, created_at,
      started_at, ended_at, duration_s, step, epoch, best_step, best_epoch, message, note,
      (SELECT data FROM configurations WHERE id = runs.request),
      (SELECT name FROM logged_runs WHERE run = runs.id)
    FROM runs WHERE id = ?
    """

  private func record(_ row: RowReader, _ words: inout SharedWords) throws -> RunFacts {
    guard let id = row.run(0), let sweep = sweeps[row.integer(3)],
      let status = RunStatus(rawValue: row.text(4)),
      let direction = Direction(rawValue: row.text(8))
    else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT,
        message: "the run '\(row.text(0).prefix(32))' has the sweep \(row.integer(3)), the status "
          + "'\(row.text(4).prefix(20))' and the direction '\(row.text(8).prefix(20))'")
    }
    return RunFacts(
      id: id, key: row.text(1), configuration: words.text(row.text(2)), sweep: sweep,
      status: status, isCurrent: row.integer(5) != 0, seed: Int(row.integer(6)),
      objective: Objective(Metric(words.text(row.text(7))), direction),
      createdAt: StoredTime(row.text(9)), startedAt: row.optionalText(10).map(StoredTime.init),
      endedAt: row.optionalText(11).map(StoredTime.init),
      durationSeconds: row.optionalNumber(12), step: row.optionalInteger(13),
      epoch: row.optionalInteger(14), bestStep: row.optionalInteger(15),
      bestEpoch: row.optionalInteger(16), message: row.optionalText(17).map { words.text($0) },
      note: row.optionalText(18), data: row.optionalText(19).map { words.text($0) },
      name: row.optionalText(20))
  }

  private static func words(_ sql: String, _ db: Database) throws -> [Int64: String] {
    var words: [Int64: String] = [:]
    let rows = try RowReader(db, sql)
    while try rows.next() { words[rows.integer(0)] = rows.text(1) }
    return words
  }
}

/// The values of parameters by their numbers, each read from its JSON once.
struct StoredValues {
  private let db: Database
  private var known: [Int64: ParameterValue] = [:]

  init(_ db: Database) { self.db = db }

  mutating func value(_ number: Int64) throws -> ParameterValue {
    if let value = known[number] { return value }
    let statement = try db.cachedStatement(sql: "SELECT value FROM parameter_values WHERE id = ?")
    let json = try String.fetchOne(statement, arguments: [number]) ?? "null"
    let value = ParameterValue(storedJSON: json) ?? .text(json)
    known[number] = value
    return value
  }
}
