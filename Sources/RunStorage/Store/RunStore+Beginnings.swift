import GRDB
public import Tracking

/// Ids cut short for addresses.
extension RunStore {
  /// Links keep leading to their run while others are added.
  private static let shortest = 6

  /// The shortest beginning of each id that is no other run's, of at least 6 digits.
  public func beginnings(of runs: some Sequence<RunID>) throws -> [RunID: String] {
    try read { db in
      let before = try db.cachedStatement(
        sql: "SELECT run FROM runs WHERE run < ? ORDER BY run DESC LIMIT 1")
      let after = try db.cachedStatement(
        sql: "SELECT run FROM runs WHERE run > ? ORDER BY run LIMIT 1")
      return try runs.reduce(into: [:]) { found, run in
        let neighbours = try [before, after].compactMap {
          try String.fetchOne($0, arguments: [run.description])
        }
        let shared = neighbours.map { zip($0.utf8, run.description.utf8).prefix { $0 == $1 }.count }
        let count = max(Self.shortest, (shared.max() ?? 0) + 1)
        found[run] = String(run.description.prefix(count))
      }
    }
  }

  /// The runs whose ids begin so, sorted, at most so many.
  public func runs(beginning text: String, limit: Int) throws -> [RunID] {
    let prefix = text.lowercased()
    guard !prefix.isEmpty, prefix.utf8.count <= 32,
      prefix.allSatisfy({ "0123456789abcdef".contains($0) })
    else { return [] }
    return try read { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: "SELECT run FROM runs WHERE run >= ? AND run < ? ORDER BY run LIMIT ?"),
        arguments: [prefix, prefix + "g", limit])
    }.compactMap { RunID($0) }
  }
}

extension RunStore {
  /// The configurations whose names begin so, sorted, at most so many.
  public func configurations(beginning text: String, limit: Int) throws -> [String] {
    if text.isEmpty { return [] }
    return try read { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT configuration FROM runs
            WHERE configuration >= ? AND configuration < ? ORDER BY configuration LIMIT ?
            """), arguments: [text, text + "\u{10FFFF}", limit])
    }
  }
}
