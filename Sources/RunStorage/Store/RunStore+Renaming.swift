import GRDB
import Tracking

extension RunStore {
  /// Gives an experiment another name; its sweeps, plans and runs stay as they are.
  ///
  /// The file's `experiment:` has to say the new name too: `run` of a file with the old one begins an
  /// experiment of the old name again, with the same runs.
  /// - Throws: `LabbookError` where there is no experiment of the old name or one of the new name, or one
  ///   of its runs is being trained.
  public func renameExperiment(_ old: String, to new: String) throws {
    try write { db in
      let find = "SELECT id FROM experiments WHERE name = ?"
      guard let experiment = try Int64.fetchOne(db, sql: find, arguments: [old]) else {
        throw LabbookError.input(
          "there is no experiment '\(old)' in \(path)", hint: "`labbook experiments` lists them")
      }
      if old == new { return }
      guard try Int64.fetchOne(db, sql: find, arguments: [new]) == nil else {
        throw LabbookError.input(
          "there is an experiment '\(new)' in \(path) already",
          hint: "two experiments are not made one; choose another name")
      }
      if let run = try trained(in: experiment, db) {
        throw LabbookError.failure(
          "run \(run.prefix(8)) of '\(old)' is being trained; nothing was renamed",
          hint: "wait for its end, or `labbook stop` it")
      }
      try db.execute(
        sql: "UPDATE experiments SET name = ? WHERE id = ?", arguments: [new, experiment])
      // MLflow knows it by the same name, unless that is taken there.
      try db.execute(
        sql: "UPDATE OR IGNORE logged_experiments SET name = ? WHERE experiment = ? AND name = ?",
        arguments: [new, experiment, old])
    }
  }

  /// A run of an experiment that a living process trains.
  private func trained(in experiment: Int64, _ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT runs.id, runs.run FROM runs
        JOIN memberships ON memberships.run = runs.id JOIN sweeps ON sweeps.id = memberships.sweep
        WHERE sweeps.experiment = ? AND runs.status NOT IN ('completed', 'diverged')
        """, arguments: [experiment])
    return try rows.first { claims.isHeld(try $0.value(0)) }?.value(1)
  }
}
