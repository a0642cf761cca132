import GRDB
import Tracking

/// The numbers by which the store knows metrics, layouts and environments, remembered for all runs of a
/// writer; the store keeps metrics and layouts for good.
///
/// It is used by the writer's thread, within its transactions; after one that was undone it forgets.
final class StoredNumbers {
  private var metrics: [Metric: Int64] = [:]
  private var layouts: [[Metric]: Int64] = [:]
  private var environment: (values: [String: String], digest: String)?

  /// Forgets the numbers, some of which a transaction gave that was undone.
  func forget() {
    metrics = [:]
    layouts = [:]
  }

  /// The number of a metric, which is made where there is none.
  func metric(_ metric: Metric, _ db: Database) throws -> Int64 {
    if let known = metrics[metric] { return known }
    let number = try WordTable.id(of: metric.name, in: .metrics, db)
    metrics[metric] = number
    return number
  }

  /// The number of the metrics of a row in their order, which is made where there is none.
  func layout(of metrics: [Metric], _ db: Database) throws -> Int64 {
    if let known = layouts[metrics] { return known }
    let layout = try row(of: metrics.map { try metric($0, db) }, db)
    layouts[metrics] = layout
    return layout
  }

  private func row(of numbers: [Int64], _ db: Database) throws -> Int64 {
    let text = "[" + numbers.map { String($0) }.joined(separator: ",") + "]"
    let find = try db.cachedStatement(sql: "SELECT id FROM layouts WHERE metrics = ?")
    if let known = try Int64.fetchOne(find, arguments: [text]) { return known }
    try db.execute(sql: "INSERT INTO layouts (metrics) VALUES (?)", arguments: [text])
    let layout = db.lastInsertedRowID
    for (slot, metric) in numbers.enumerated() {
      try db.execute(
        sql: "INSERT INTO slots (metric, layout, slot) VALUES (?, ?, ?)",
        arguments: [metric, layout, slot])
    }
    return layout
  }

  /// The number of an environment, which is made where there is none; `nil` for an empty one.
  ///
  /// Only its hash is remembered: the row goes with the last run that has it.
  func environment(_ values: [String: String], _ db: Database) throws -> Int64? {
    if values.isEmpty { return nil }
    let digest: String
    if let environment, environment.values == values {
      digest = environment.digest
    } else {
      digest = Environments.digest(of: values)
      environment = (values, digest)
    }
    return try Environments.row(of: values, digest, db)
  }
}
