import Foundation
import GRDB
public import Tracking

/// Models that clients of MLflow's log.
extension RunStore {
  /// Adds a model whose files are yet to come.
  ///
  /// - Throws: `LabbookError` where its run is not in the store, or the store cannot be written.
  public func addModel(
    experiment: Int64, name: String, kind: String, source: RunID?,
    parameters: [String: String], tags: [String: String]
  ) throws -> LoggedModel {
    let id = "m-" + RunID().description
    let now = Self.milliseconds
    try write { db in
      var row: Int64?
      if let source {
        row = try Self.rowID(of: source, db)
        if row == nil { throw LabbookError.input("there is no run \(source)") }
      }
      try db.execute(
        sql: """
          INSERT INTO logged_models (model, experiment, name, kind, source, status, created_at,
            updated_at, parameters, tags) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)
          """,
        arguments: [
          id, experiment, name, kind, row, now, now, try NamedTexts.json(parameters),
          try NamedTexts.json(tags),
        ])
    }
    return LoggedModel(
      id: id, experiment: experiment, name: name, kind: kind, source: source, shelf: nil,
      status: .pending, createdAt: now, updatedAt: now, isDeleted: false, parameters: parameters,
      tags: tags)
  }

  /// A model by its name in the tracking API; `nil` where there is none.
  public func model(_ id: String) throws -> LoggedModel? {
    try read { db in
      try Self.models(db, "WHERE logged_models.model = ?", [id]).first
    }
  }

  /// The models of experiments, the latest first, without deleted ones.
  public func models(ofExperiments experiments: [Int64]) throws -> [LoggedModel] {
    let list = "[" + experiments.map(String.init).joined(separator: ",") + "]"
    return try read { db in
      try Self.models(
        db,
        """
        WHERE NOT deleted AND experiment IN (SELECT value FROM json_each(?))
        ORDER BY logged_models.created_at DESC, logged_models.id DESC
        """, [list])
    }
  }

  /// Says how far the files of a model are there.
  public func setStatus(_ status: LoggedModel.Status, ofModel id: String) throws {
    try change(id, "status = ?", [status.rawValue])
  }

  /// Deletes a model from lists; its files stay those of its run.
  public func deleteModel(_ id: String) throws { try change(id, "deleted = 1", []) }

  /// Says which run keeps the files of a model that no run made; the one that does, where another was
  /// quicker.
  public func setShelf(_ run: RunID, ofModel id: String) throws -> RunID {
    try change(
      id, "shelf = COALESCE(shelf, (SELECT id FROM runs WHERE run = ?))", [run.description])
    return try model(id)?.shelf ?? run
  }

  /// Adds tags to a model, in place of those of the same name; takes those away that are `nil`.
  public func setTags(_ tags: [String: String?], ofModel id: String) throws {
    try changeTexts("tags", tags, id)
  }

  /// Adds parameters to a model.
  public func setParameters(_ parameters: [String: String], ofModel id: String) throws {
    try changeTexts("parameters", parameters.mapValues { $0 }, id)
  }

  /// Keeps what was measured of a model; of one metric, run and data set the value of the greatest step.
  public func addMetrics(_ metrics: [LoggedModelMetric], ofModel id: String) throws {
    try write { db in
      for metric in metrics {
        try db.execute(
          sql: """
            INSERT INTO logged_model_metrics (model, name, run, dataset_name, dataset_digest,
              step, time, value)
            SELECT id, ?, ?, ?, ?, ?, ?, ? FROM logged_models WHERE model = ?
            ON CONFLICT DO UPDATE SET step = excluded.step, time = excluded.time,
              value = excluded.value
            WHERE (excluded.step, excluded.time) >= (step, time)
            """,
          arguments: [
            metric.name, metric.run, metric.datasetName, metric.datasetDigest, metric.step,
            metric.time, metric.value, id,
          ])
      }
    }
  }

  /// What was measured of a model.
  public func metrics(ofModel id: String) throws -> [LoggedModelMetric] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT logged_model_metrics.name, run, dataset_name, dataset_digest, step, time, value
          FROM logged_model_metrics
            JOIN logged_models ON logged_models.id = logged_model_metrics.model
          WHERE logged_models.model = ? ORDER BY 1, 3, 4, 5, 2
          """, arguments: [id]
      ).map { row in
        LoggedModelMetric(
          name: try row.value(0), run: try row.value(1), datasetName: try row.value(2),
          datasetDigest: try row.value(3), step: try row.value(4), time: try row.value(5),
          value: try row.value(6, as: Double?.self) ?? .nan)
      }
    }
  }

  private func change(_ id: String, _ setting: String, _ arguments: [String]) throws {
    try write { db in
      try db.execute(
        sql: "UPDATE logged_models SET \(setting), updated_at = ? WHERE model = ?",
        arguments: StatementArguments(arguments) + [Self.milliseconds, id])
    }
  }

  private func changeTexts(_ column: String, _ changes: [String: String?], _ id: String) throws {
    try write { db in
      let found = try String.fetchOne(
        db, sql: "SELECT \(column) FROM logged_models WHERE model = ?", arguments: [id])
      var values = NamedTexts.values(found ?? "{}")
      for (name, value) in changes { values[name] = value }
      try db.execute(
        sql: "UPDATE logged_models SET \(column) = ?, updated_at = ? WHERE model = ?",
        arguments: [try NamedTexts.json(values), Self.milliseconds, id])
    }
  }

  private static func models(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> [LoggedModel] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT logged_models.model, logged_models.experiment, logged_models.name, kind,
          sources.run, shelves.run, logged_models.status, logged_models.created_at, updated_at,
          deleted, parameters, tags
        FROM logged_models LEFT JOIN runs AS sources ON sources.id = source
          LEFT JOIN runs AS shelves ON shelves.id = shelf
        \(condition)
        """, arguments: arguments
    ).map { row in
      LoggedModel(
        id: try row.value(0), experiment: try row.value(1), name: try row.value(2),
        kind: try row.value(3), source: try row.value(4, as: String?.self).flatMap { RunID($0) },
        shelf: try row.value(5, as: String?.self).flatMap { RunID($0) },
        status: LoggedModel.Status(rawValue: try row.value(6)) ?? .pending,
        createdAt: try row.value(7), updatedAt: try row.value(8), isDeleted: try row.value(9),
        parameters: NamedTexts.values(try row.value(10)),
        tags: NamedTexts.values(try row.value(11)))
    }
  }

  static func rowID(of run: RunID, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?"), arguments: [run.description])
  }

  private static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
