import Foundation
import GRDB
import Tracking

/// The experiments of a store as MLflow knows them, within a transaction.
struct LoggedExperiments {
  /// What MLflow calls the experiment 0.
  static let defaultName = "Default"
  /// The sweep in which the logged runs of an experiment are.
  static let sweep = "logged"

  private let db: Database

  init(_ db: Database) { self.db = db }

  /// The columns that `experiment` reads.
  static let columns = """
    experiments.id, COALESCE(logged_experiments.name, experiments.name),
      logged_experiments.artifacts, COALESCE(logged_experiments.deleted, 0),
      logged_experiments.created, logged_experiments.updated, experiments.created_at
    """
  /// Where they come from.
  static let tables =
    "experiments LEFT JOIN logged_experiments ON logged_experiments.experiment = experiments.id"

  /// Reads an experiment from its columns.
  static func experiment(_ row: Row) throws -> TrackedExperiment {
    let made = Timestamp.milliseconds(try row.value(6)) ?? 0
    return TrackedExperiment(
      id: try row.value(0), name: try row.value(1), artifacts: try row.value(2),
      isDeleted: try row.value(3), created: try row.value(4, as: Int64?.self) ?? made,
      updated: try row.value(5, as: Int64?.self) ?? made)
  }

  /// An experiment by its number; its tags are not read.
  func get(_ id: Int64) throws -> TrackedExperiment? {
    let find = try db.cachedStatement(
      sql: "SELECT \(Self.columns) FROM \(Self.tables) WHERE experiments.id = ?")
    return try Row.fetchOne(find, arguments: [id]).map(Self.experiment)
  }

  /// - Throws: `LogRefusal` where there is no such experiment.
  func existing(_ id: Int64) throws -> TrackedExperiment {
    if let found = try get(id) { return found }
    throw LogRefusal(.missing, "No Experiment with id=\(id) exists")
  }

  /// - Throws: `LogRefusal` where there is no such experiment or it is deleted.
  @discardableResult
  func active(_ id: Int64) throws -> TrackedExperiment {
    let found = try existing(id)
    if found.isDeleted {
      throw LogRefusal(
        .invalid,
        "The experiment \(id) must be in the 'active' state. Current state is deleted.")
    }
    return found
  }

  /// The number of the experiment of a name: one that was logged before one of Labbook's own.
  func find(_ name: String) throws -> Int64? {
    let logged = try db.cachedStatement(
      sql: "SELECT experiment FROM logged_experiments WHERE name = ?")
    if let known = try Int64.fetchOne(logged, arguments: [name]) { return known }
    let own = try db.cachedStatement(
      sql: """
        SELECT id FROM experiments WHERE name = ?
          AND NOT EXISTS (SELECT 1 FROM logged_experiments WHERE experiment = experiments.id)
        """)
    return try Int64.fetchOne(own, arguments: [name])
  }

  /// Makes the experiment 0 where there is none.
  func makeDefault() throws {
    if try get(0) == nil { try insert(Self.defaultName, artifacts: nil, id: 0) }
  }

  /// Makes an experiment.
  @discardableResult
  func insert(_ name: String, artifacts: String?, id: Int64? = nil) throws -> Int64 {
    let own = try freeName(for: name)
    try db.execute(
      sql: "INSERT INTO experiments (id, name, title, created_at) VALUES (?, ?, ?, ?)",
      arguments: [id, own, own == name ? nil : name, Timestamp.now()])
    let id = db.lastInsertedRowID
    try note(id, name, artifacts)
    return id
  }

  /// Notes what MLflow says of an experiment that it has seen.
  private func note(_ id: Int64, _ name: String, _ artifacts: String?) throws {
    let now = Timestamp.milliseconds()
    try db.execute(
      sql: """
        INSERT INTO logged_experiments (experiment, name, artifacts, created, updated)
        VALUES (?, ?, ?, ?, ?)
        """, arguments: [id, name, artifacts, now, now])
  }

  /// Makes sure that an experiment of Labbook's own can have what MLflow gives it.
  func adopt(_ experiment: TrackedExperiment) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO logged_experiments (experiment, name, created, updated)
        VALUES (?, ?, ?, ?)
        """
    ).execute(
      arguments: [experiment.id, experiment.name, experiment.created, experiment.updated])
  }

  func rename(_ experiment: TrackedExperiment, to name: String) throws {
    try adopt(experiment)
    let own = try freeName(for: name)
    try db.execute(
      sql: "UPDATE experiments SET name = ?, title = COALESCE(title, ?) WHERE id = ?",
      arguments: [own, own == name ? nil : name, experiment.id])
    try db.execute(
      sql: "UPDATE logged_experiments SET name = ?, updated = ? WHERE experiment = ?",
      arguments: [name, Timestamp.milliseconds(), experiment.id])
  }

  /// Whether an experiment has runs that were not logged through MLflow.
  func hasOwnRuns(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM runs JOIN sweeps ON sweeps.id = runs.sweep
          WHERE sweeps.experiment = ?
            AND NOT EXISTS (SELECT 1 FROM logged_runs WHERE run = runs.id))
        """, arguments: [id]) ?? false
  }

  func setDeleted(_ deleted: Bool, _ id: Int64) throws {
    try adopt(try existing(id))
    let now = Timestamp.milliseconds()
    try db.execute(
      sql: "UPDATE logged_experiments SET deleted = ?, updated = ? WHERE experiment = ?",
      arguments: [deleted, now, id])
    // As MLflow does: with the experiment all of its runs.
    try db.execute(
      sql: """
        UPDATE logged_runs SET deleted_at = ? WHERE run IN (
          SELECT runs.id FROM runs JOIN sweeps ON sweeps.id = runs.sweep
          WHERE sweeps.experiment = ?)
        """, arguments: [deleted ? now : nil, id])
    try db.execute(
      sql: """
        UPDATE runs SET current = ? WHERE sweep IN (SELECT id FROM sweeps WHERE experiment = ?)
          AND id IN (SELECT run FROM logged_runs)
        """, arguments: [!deleted, id])
  }

  func set(_ tag: LoggedText, of id: Int64) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?)",
      arguments: [id, tag.key, tag.value])
    if tag.key == LoggedTag.objective { try LoggedObjective(db).chooseAll(ofExperiment: id) }
  }

  /// Whether there was such a tag.
  func deleteTag(_ key: String, of id: Int64) throws -> Bool {
    try db.execute(
      sql: "DELETE FROM experiment_tags WHERE experiment = ? AND key = ?", arguments: [id, key])
    guard db.changesCount > 0 else { return false }
    if key == LoggedTag.objective { try LoggedObjective(db).chooseAll(ofExperiment: id) }
    return true
  }

  /// The row of the sweep in which an experiment's logged runs are, which is made where there is none.
  func loggedSweep(of experiment: TrackedExperiment) throws -> Int64 {
    let find = try db.cachedStatement(
      sql: "SELECT sweep FROM logged_experiments WHERE experiment = ?")
    if let known = try Int64.fetchOne(find, arguments: [experiment.id]) { return known }
    try adopt(experiment)
    // A file may have a sweep of the name.
    var name = Self.sweep
    var count = 1
    while try Int64.fetchOne(
      db, sql: "SELECT id FROM sweeps WHERE experiment = ? AND name = ?",
      arguments: [experiment.id, name]) != nil
    {
      count += 1
      name = "\(Self.sweep) \(count)"
    }
    try db.execute(
      sql: "INSERT INTO sweeps (experiment, name) VALUES (?, ?)",
      arguments: [experiment.id, name])
    let sweep = db.lastInsertedRowID
    try db.execute(
      sql: "UPDATE logged_experiments SET sweep = ? WHERE experiment = ?",
      arguments: [sweep, experiment.id])
    return sweep
  }

  /// A name in the store for an experiment of MLflow's, which may be called anything: what a file could
  /// not call one is written otherwise.
  private func freeName(for name: String) throws -> String {
    var plain = String(
      name.prefix(90).unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || " ._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
      }
    ).trimmingCharacters(in: .whitespaces)
    while plain.hasPrefix(".") || plain.hasPrefix("-") { plain.removeFirst() }
    if plain.isEmpty { plain = "experiment" }
    var candidate = plain
    var count = 1
    while try Int64.fetchOne(
      db, sql: "SELECT id FROM experiments WHERE name = ?", arguments: [candidate]) != nil
    {
      count += 1
      candidate = "\(plain) \(count)"
    }
    return candidate
  }
}

extension SweepName {
  /// Whether it has the name of those that programs log runs into, which no file makes.
  public var holdsLoggedRuns: Bool { sweep == LoggedExperiments.sweep }
}
