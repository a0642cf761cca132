import GRDB
import Tracking

/// Whether the tables, views and triggers of a store are those that this program makes.
///
/// A file that somebody else made may have others under our names, with a query in them that never
/// ends, or a trigger that does more than ours.
enum StoreForm {
  /// - Throws: `LabbookError` that names the first one that is not ours.
  static func check(_ db: Database, _ path: String) throws {
    let found = try parts(db)
    let ours = try expected.get()
    for (part, text) in ours.sorted(by: { $0.key.name < $1.key.name }) where found[part] != text {
      throw StoreFailure.damage(
        path,
        "its \(part.kind) '\(part.name)' is "
          + (found[part] == nil ? "missing" : "not the one that Labbook makes"))
    }
    if let other = found.keys.filter({ $0.kind == "trigger" && ours[$0] == nil })
      .min(by: { $0.name < $1.name })
    {
      throw StoreFailure.damage(
        path, "it has the trigger '\(other.name)', which Labbook does not make")
    }
  }

  private struct Part: Hashable {
    let kind: String
    let name: String
  }

  /// What a new store has, made once a process in memory.
  private static let expected = Result {
    let queue = try DatabaseQueue()
    defer { queue.closeForGood() }
    return try queue.write { db in
      for migration in Schema.migrations { try db.execute(sql: migration) }
      return try parts(db)
    }
  }

  private static func parts(_ db: Database) throws -> [Part: String] {
    let rows = try RowReader(
      db,
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'")
    var parts: [Part: String] = [:]
    while try rows.next() { parts[Part(kind: rows.text(0), name: rows.text(1))] = rows.text(2) }
    return parts
  }
}
