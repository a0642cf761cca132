import GRDB
import Tracking

/// A table that gives texts which many rows share a number each.
enum WordTable {
  case parameterKeys, parameterValues, metrics, artifactNames

  /// The number of `text`, which is made where there is none.
  static func id(of text: String, in table: WordTable, _ db: Database) throws -> Int64 {
    let (insert, select) = table.statements
    let find = try RawStatement(db, select)
    find.bind(text, at: 1)
    if let known = try find.number() { return known }
    try db.cachedStatement(sql: insert).execute(arguments: [text])
    return db.lastInsertedRowID
  }

  private var statements: (insert: String, select: String) {
    switch self {
    case .parameterKeys:
      ("INSERT INTO parameter_keys (key) VALUES (?)", "SELECT id FROM parameter_keys WHERE key = ?")
    case .parameterValues:
      (
        "INSERT INTO parameter_values (value) VALUES (?)",
        "SELECT id FROM parameter_values WHERE value = ?"
      )
    case .artifactNames:
      (
        "INSERT INTO artifact_names (name) VALUES (?)",
        "SELECT id FROM artifact_names WHERE name = ?"
      )
    case .metrics:
      ("INSERT INTO metrics (name) VALUES (?)", "SELECT id FROM metrics WHERE name = ?")
    }
  }
}
