import Foundation
import GRDB
public import Tracking

/// A data set that a run says it took.
public struct LoggedDataset: Hashable, Sendable {
  /// What people call it.
  public var name: String
  /// What tells its contents apart.
  public var digest: String
  /// From what kind of place it comes, such as `code` or `http`.
  public var sourceType: String
  /// From where, as JSON.
  public var source: String
  /// Its columns, as JSON; `nil` where they were not told.
  public var schema: String?
  /// Its sizes, as JSON; `nil` where they were not told.
  public var profile: String?
  /// What it is to the run, such as `mlflow.data.context`: `train`.
  public var tags: [String: String]

  /// Makes a data set.
  public init(
    name: String, digest: String, sourceType: String, source: String, schema: String?,
    profile: String?, tags: [String: String]
  ) {
    (self.name, self.digest, self.sourceType, self.source) = (name, digest, sourceType, source)
    (self.schema, self.profile, self.tags) = (schema, profile, tags)
  }
}

/// A model that a run took or made.
public struct RunModel: Hashable, Sendable {
  /// The name of the model in the tracking API.
  public var model: String
  /// The step at which it was made; 0 for one that was taken.
  public var step: Int64

  /// Makes a mention of a model.
  public init(model: String, step: Int64) { (self.model, self.step) = (model, step) }
}

/// What runs took and made, as clients of MLflow's log it.
extension RunStore {
  /// Keeps which data sets and models a run took; of a data set that it has already the tags.
  ///
  /// - Throws: `LabbookError` where there is no such run, or the store cannot be written.
  public func addInputs(_ datasets: [LoggedDataset], _ models: [RunModel], to run: RunID) throws {
    try write { db in
      let row = try Self.present(run, db)
      for dataset in datasets { try Self.add(dataset, to: row, db) }
      try Self.add(models, "input", to: row, db)
    }
  }

  /// Keeps which models a run made.
  ///
  /// - Throws: `LabbookError` where there is no such run, or the store cannot be written.
  public func addOutputs(_ models: [RunModel], to run: RunID) throws {
    try write { db in try Self.add(models, "output", to: try Self.present(run, db), db) }
  }

  /// The data sets that a run took, by name.
  public func datasets(of run: RunID) throws -> [LoggedDataset] {
    try read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT datasets.name, digest, source_type, source, schema, profile, tags
            FROM run_datasets JOIN datasets ON datasets.id = run_datasets.dataset
              JOIN runs ON runs.id = run_datasets.run
            WHERE runs.run = ? ORDER BY 1, 2
            """), arguments: [run.description]
      ).map { row in
        LoggedDataset(
          name: try row.value(0), digest: try row.value(1), sourceType: try row.value(2),
          source: try row.value(3), schema: try row.value(4), profile: try row.value(5),
          tags: NamedTexts.values(try row.value(6)))
      }
    }
  }

  /// The models that a run took and those that it made.
  public func models(of run: RunID) throws -> (inputs: [RunModel], outputs: [RunModel]) {
    try read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT run_models.model, run_models.step, run_models.direction = 'input'
            FROM run_models
              JOIN runs ON runs.id = run_models.run
            WHERE runs.run = ? ORDER BY run_models.step, run_models.model
            """), arguments: [run.description])
      let all = try rows.map { row in
        (try row.value(2, as: Bool.self), RunModel(model: try row.value(0), step: try row.value(1)))
      }
      return (all.filter(\.0).map(\.1), all.filter { !$0.0 }.map(\.1))
    }
  }

  /// Forgets what an earlier attempt of a run's program has logged beside points and files.
  ///
  /// - Parameter parameters: the paths of those that the run was planned with, which stay.
  public func forgetLogged(of run: RunID, keeping parameters: [String]) throws {
    let kept = String(decoding: try JSONEncoder().encode(parameters), as: UTF8.self)
    try write { db in
      let row = try Self.present(run, db)
      for table in ["logged_tags", "run_models", "run_datasets"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [row])
      }
      try db.execute(sql: "DELETE FROM logged_models WHERE source = ?", arguments: [row])
      try db.execute(
        sql: """
          DELETE FROM parameters WHERE run = ? AND key NOT IN
            (SELECT id FROM parameter_keys WHERE key IN (SELECT value FROM json_each(?)))
          """, arguments: [row, kept])
    }
  }

  private static func present(_ run: RunID, _ db: Database) throws -> Int64 {
    guard let row = try rowID(of: run, db) else {
      throw LabbookError.input("there is no run \(run)")
    }
    return row
  }

  private static func add(_ dataset: LoggedDataset, to run: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO datasets (experiment, name, digest, source_type, source, schema,
          profile)
        SELECT sweeps.experiment, ?, ?, ?, ?, ?, ? FROM runs JOIN sweeps ON sweeps.id = runs.sweep
        WHERE runs.id = ?
        """,
      arguments: [
        dataset.name, dataset.digest, dataset.sourceType, dataset.source, dataset.schema,
        dataset.profile, run,
      ])
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO run_datasets (run, dataset, tags)
        SELECT runs.id, datasets.id, ? FROM runs JOIN sweeps ON sweeps.id = runs.sweep
          JOIN datasets ON datasets.experiment = sweeps.experiment AND datasets.name = ?
            AND datasets.digest = ?
        WHERE runs.id = ?
        """, arguments: [try NamedTexts.json(dataset.tags), dataset.name, dataset.digest, run])
  }

  private static func add(
    _ models: [RunModel], _ direction: String, to run: Int64, _ db: Database
  ) throws {
    for model in models {
      try db.execute(
        sql: "INSERT OR REPLACE INTO run_models (run, model, direction, step) VALUES (?, ?, ?, ?)",
        arguments: [run, model.model, direction, model.step])
    }
  }
}
