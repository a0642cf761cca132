import GRDB
public import Runs
public import Tracking

/// From where a claimed run is trained.
public enum RunStart: Sendable {
  /// From its first update; points of an earlier attempt go.
  case anew
  /// From its own checkpoint; later points go and are measured again.
  case resumed(Checkpoint)
  /// From the last state of a shorter run, whose points are copied.
  case continued(Checkpoint, from: RunID)
  /// It could not be trained at all: what an earlier attempt left stays.
  case kept
}

extension RunStart {
  var checkpoint: Checkpoint? {
    switch self {
    case .anew, .kept: nil
    case .resumed(let checkpoint), .continued(let checkpoint, _): checkpoint
    }
  }

  /// Brings points, series and files of a run to what they were at the start.
  func prepare(_ row: Int64, isAgain: Bool, _ db: Database) throws {
    switch self {
    case .kept: return
    case .anew: if isAgain { try Self.clear(row, db) }
    case .resumed(let checkpoint):
      try db.execute(
        sql: "DELETE FROM points WHERE run = ? AND step > ?", arguments: [row, checkpoint.step])
      try Self.removeFiles(row, after: checkpoint.epoch, db)
      try Self.renewSeries(row, db)
    case .continued(_, let source):
      if isAgain { try Self.clear(row, db) }
      try Self.copy(source, to: row, db)
    }
  }

  /// Takes the files of an earlier attempt away, but weights that were kept before the epoch from
  /// which the run goes on.
  private static func removeFiles(_ row: Int64, after epoch: Int, _ db: Database) throws {
    let isKept = { (name: String) in RunFile.epoch(ofWeights: name).map { $0 <= epoch } ?? false }
    try SmallFiles.remove(of: row, db, except: isKept)
    let names = try String.fetchAll(
      db, sql: "SELECT name FROM artifacts WHERE run = ?", arguments: [row])
    for name in names where !isKept(name) {
      try db.execute(
        sql: "DELETE FROM artifacts WHERE run = ? AND name = ?", arguments: [row, name])
    }
  }

  private static func clear(_ row: Int64, _ db: Database) throws {
    try SmallFiles.remove(of: row, db)
    for table in ["series", "points", "artifacts", "states", "checkpoints"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [row])
    }
  }

  /// Sets the last value of every metric from the points that are left.
  private static func renewSeries(_ row: Int64, _ db: Database) throws {
    let last = try Row.fetchAll(
      db,
      sql: """
        SELECT series.metric, MAX(points.step),
          CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3
            WHEN 4 THEN v4 WHEN 5 THEN v5 WHEN 6 THEN v6 ELSE v7 END
        FROM series JOIN slots ON slots.metric = series.metric
          JOIN points ON points.run = series.run AND points.layout = slots.layout
        WHERE series.run = ? GROUP BY series.metric
        """, arguments: [row])
    try db.execute(sql: "DELETE FROM series WHERE run = ?", arguments: [row])
    for metric in last {
      try db.execute(
        sql: "INSERT INTO series (run, metric, last_step, last) VALUES (?, ?, ?, ?)",
        arguments: [
          row, try metric.value(0, as: Int64.self), try metric.value(1, as: Int64.self),
          try metric.value(2, as: Double?.self),
        ])
    }
  }

  private static func copy(_ source: RunID, to row: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO points (run, layout, step, epoch, time, v0, v1, v2, v3, v4, v5, v6, v7)
        SELECT ?, layout, step, epoch, time, v0, v1, v2, v3, v4, v5, v6, v7
        FROM points WHERE run = (SELECT id FROM runs WHERE run = ?)
        """, arguments: [row, source.description])
    try db.execute(
      sql: """
        INSERT INTO series (run, metric, last, last_step) SELECT ?, metric, last, last_step
        FROM series WHERE run = (SELECT id FROM runs WHERE run = ?)
        """, arguments: [row, source.description])
  }
}
