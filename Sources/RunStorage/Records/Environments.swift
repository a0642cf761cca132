import GRDB
import Tracking

/// The environments that runs were trained in; the runs of one process share one.
enum Environments {
  /// The hash that tells environments apart.
  static func digest(of values: [String: String]) -> String {
    let sorted = values.sorted { $0.key < $1.key }
    let text = sorted.map { ParameterValue.json($0.key) + ":" + ParameterValue.json($0.value) }
    return SHA256Digest.hex(of: text.joined(separator: ","))
  }

  /// The number of an environment, which is made where there is none.
  static func row(of values: [String: String], _ digest: String, _ db: Database) throws -> Int64 {
    let find = try RawStatement(db, "SELECT id FROM environments WHERE digest = ?")
    find.bind(digest, at: 1)
    if let known = try find.number() { return known }
    try db.execute(sql: "INSERT INTO environments (digest) VALUES (?)", arguments: [digest])
    let row = db.lastInsertedRowID
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO environment_values (environment, key, value) VALUES (?, ?, ?)",
        arguments: [row, key, value])
    }
    return row
  }
}
