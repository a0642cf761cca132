import GRDB
public import Tracking

/// How far a run is by its objective.
public struct ObjectiveRecord: Hashable, Sendable {
  /// The run's name.
  public let run: RunID
  /// Where it stands.
  public let status: RunStatus
  /// By what its epochs are compared.
  public let metric: Metric
  /// The objective at the epoch it chose; `nil` while none is chosen.
  public let best: Double?
  /// Whether a user stopped it.
  public let isHalted: Bool
}

extension RunStore {
  /// The current run of each key that has one, with its objective; reads no points.
  public func objectives(ofKeys keys: [String]) throws -> [String: ObjectiveRecord] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT runs.run, runs.status, runs.objective, series.best, runs.halted FROM runs
            LEFT JOIN metrics ON metrics.name = runs.objective
            LEFT JOIN series ON series.run = runs.id AND series.metric = metrics.id
          WHERE runs.key = ? AND runs.current = 1
          """)
      var found: [String: ObjectiveRecord] = [:]
      for key in keys where found[key] == nil {
        guard let row = try Row.fetchOne(statement, arguments: [key]),
          let id = RunID(try row.value(0)), let status = RunStatus(rawValue: try row.value(1))
        else { continue }
        found[key] = ObjectiveRecord(
          run: id, status: status, metric: Metric(try row.value(2, as: String.self)),
          best: try row.value(3), isHalted: try row.value(4))
      }
      return found
    }
  }
}
