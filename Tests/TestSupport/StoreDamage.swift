public import Foundation
import GRDB

/// One way to damage a store, by a generator of its own (SplitMix64): the same in every run of a test.
public struct StoreDamage {
  private var state: UInt64

  private init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  /// Puts a damaged store in the place of the one at `path`.
  ///
  /// - Parameter whole: the bytes of the store.
  public static func write(_ seed: Int, of whole: Data, to path: String) throws {
    for name in ["-wal", "-shm", "-journal"] { unlink(path + name) }
    var damage = StoreDamage(seed: UInt64(seed))
    try damage.bytes(whole).write(to: URL(filePath: path))
    if seed % 3 != 0 { try damage.rows(of: path) }
  }

  /// Every third store has other bytes, and some of those are cut.
  private mutating func bytes(_ whole: Data) -> Data {
    guard state == 0 || below(3) == 0 else { return whole }
    var data = whole
    for _ in 0..<[1, 8, 64, 512][below(4)] { data[below(data.count)] = UInt8(below(256)) }
    return below(4) == 0 ? data.prefix(below(data.count)) : data
  }

  private static let values = [
    "NULL", "-1", "9223372036854775807", "-9223372036854775808", "1e308", "''", "'../../x'",
    "char(27) || '[2J'", "x'ff00fe'", "hex(zeroblob(100000))", "'{\"body\":{}}'", "'NaN'",
    "replace(hex(zeroblob(3000)), '00', '[')", "'null'", "'[]'", "0",
  ]

  private static let columns = [
    "runs": [
      "run", "key", "configuration", "sweep", "status", "current", "seed", "objective", "direction",
      "created_at", "started_at", "duration_s", "step", "epoch", "best_step", "best_epoch",
      "request", "halted",
    ],
    "points": ["step", "epoch", "time", "v0", "layout"], "series": ["metric", "last", "last_step"],
    "slots": ["slot", "layout"], "metrics": ["name"], "parameter_values": ["value"],
    "parameter_keys": ["key"], "sweeps": ["name", "experiment", "plan"], "experiments": ["name"],
    "contents": ["digest", "pack", "start", "bytes"], "packs": ["data"],
    "plans": ["hash", "sweep"], "configurations": ["json", "data", "folder"],
    "environment_values": ["key", "value"],
  ]

  /// Writes what no column may hold, and gives the tables their text back.
  private mutating func rows(of path: String) throws {
    guard let queue = try? DatabaseQueue(path: path) else { return }
    defer { try? queue.close() }
    let tables = Self.columns.keys.sorted()
    var changes: [String] = []
    for _ in 0..<(1 + below(2)) {
      let table = tables[below(tables.count)]
      let columns = Self.columns[table] ?? []
      let some = below(2) == 0 ? "" : " WHERE rowid = (SELECT MIN(rowid) FROM \(table))"
      changes.append(
        "UPDATE \(table) SET \(columns[below(columns.count)]) = "
          + Self.values[below(Self.values.count)] + some)
    }
    if below(5) == 0 {
      changes.append(
        ["PRAGMA user_version = -7", "PRAGMA user_version = 2", "DROP VIEW run_artifacts"][below(3)]
      )
    }
    try? queue.writeWithoutTransaction { db in
      let tables = try Row.fetchAll(db, sql: "SELECT rowid, sql FROM sqlite_schema WHERE sql > ''")
      try db.execute(
        sql: """
          PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
          UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'NOT NULL', ''),
            ') STRICT, WITHOUT', ') WITHOUT'), ') STRICT', ')') WHERE type = 'table';
          PRAGMA schema_version = 900
          """)
      for change in changes { try? db.execute(sql: change) }
      for table in tables {
        try db.execute(
          sql: "UPDATE sqlite_schema SET sql = ? WHERE rowid = ?",
          arguments: [table[1] as String, table[0] as Int64])
      }
      try db.execute(sql: "PRAGMA schema_version = 901")
    }
  }
}
