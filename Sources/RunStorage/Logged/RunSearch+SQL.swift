import GRDB
import Tracking

extension RunSearch {
  /// The numbers of the runs that are found, one more than the limit where there are more.
  func rows(_ db: Database) throws -> [Int64] {
    let sweeps = try Int64.fetchAll(
      db,
      sql: """
        SELECT id FROM sweeps WHERE experiment IN (SELECT value FROM json_each(?))
        """, arguments: ["[" + experiments.map { "\($0)" }.joined(separator: ",") + "]"])
    if sweeps.isEmpty { return [] }
    if case .metric(let name)? = order.first?.field {
      // An index has the runs that have the metric in their order.
      let found = try statement(db, sweeps, measured: name)
      if found.count > limit { return found }
    }
    return try statement(db, sweeps, measured: nil)
  }

  /// - Parameter measured: the metric by which they are ordered first, where only runs are looked for that
  ///   have it.
  private func statement(
    _ db: Database, _ sweeps: [Int64], measured: String?
  ) throws -> [Int64] {
    var sql = SearchSQL(db)
    let among = sweeps.map(String.init).joined(separator: ", ")
    var from = "runs"
    if let measured {
      from = "series AS o0 CROSS JOIN runs ON runs.id = o0.run"
      sql.conditions.append("o0.metric = (SELECT id FROM metrics WHERE name = ?)")
      sql.arguments.append(measured)
      sql.conditions.append("o0.last IS NOT NULL")
    }
    sql.conditions.append("runs.sweep IN (\(among))")
    if let deleted { sql.conditions.append("runs.current = \(deleted ? 0 : 1)") }
    for condition in conditions { try sql.add(condition) }
    let terms = try order.enumerated().map { place, order in
      try sql.term(order, place, isJoined: measured != nil && place == 0)
    }
    let text = """
      SELECT runs.id FROM \(from) \(sql.joins.joined(separator: " "))
      WHERE \(sql.conditions.joined(separator: " AND "))
      ORDER BY \((terms + ["runs.started_at DESC", "runs.run"]).joined(separator: ", "))
      LIMIT \(limit + 1) OFFSET \(offset)
      """
    return try Int64.fetchAll(
      db, sql: text,
      arguments: StatementArguments(sql.joinArguments + sql.arguments + sql.orderArguments))
  }
}
