import GRDB

/// The plans of sweeps within a transaction: which runs a sweep's file asks for.
///
/// A sweep without a plan is one of an older store; all of its members count as asked for.
enum PlanTable {
  /// A plan that holds nothing: that of a sweep which its file no longer has, or that only `--set` has
  /// asked for.
  private static let nothing = "none"
  /// A plan that holds what a sweep had before plans were kept.
  private static let everything = "before plans"

  /// The plan of a hash, made where there is none; it becomes the latest one where that is asked.
  static func begin(
    _ hash: String, of sweep: Int64, isLatest: Bool, _ db: Database
  ) throws -> Int64 {
    let plan = try plan(hash, of: sweep, db)
    if isLatest {
      try makeLatest(plan, of: sweep, db)
    } else if try latest(of: sweep, db) == nil {
      try keepMembers(of: sweep, db)
    }
    return plan
  }

  /// The plan of a hash, made where there is none.
  static func plan(_ hash: String, of sweep: Int64, _ db: Database) throws -> Int64 {
    let find = try db.cachedStatement(sql: "SELECT id FROM plans WHERE sweep = ? AND hash = ?")
    if let known = try Int64.fetchOne(find, arguments: [sweep, hash]) { return known }
    try db.execute(
      sql: "INSERT INTO plans (sweep, hash, created_at) VALUES (?, ?, ?)",
      arguments: [sweep, hash, Timestamp.now()])
    return db.lastInsertedRowID
  }

  /// The latest plan of a sweep; `nil` where none was ever kept.
  static func latest(of sweep: Int64, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT plan FROM sweeps WHERE id = ?"), arguments: [sweep])
  }

  /// Adds a run to a plan.
  static func add(_ run: Int64, to plan: Int64, _ db: Database) throws {
    let add = try RawStatement(db, "INSERT OR IGNORE INTO plan_runs (plan, run) VALUES (?, ?)")
    add.bind(plan, at: 1)
    add.bind(run, at: 2)
    try add.run()
  }

  /// Makes every sweep of an experiment former that is not among some.
  static func retire(allBut sweeps: Set<String>, of experiment: String, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT sweeps.id, sweeps.name FROM sweeps
        JOIN experiments ON experiments.id = sweeps.experiment WHERE experiments.name = ?
        """, arguments: [experiment])
    for row in rows where !sweeps.contains(try row.value(1)) {
      let sweep: Int64 = try row.value(0)
      try makeLatest(try plan(nothing, of: sweep, db), of: sweep, db)
    }
  }

  /// Before a plan that is not the latest gets runs of a sweep without one: what the sweep had stays
  /// asked for, and what comes is not.
  private static func keepMembers(of sweep: Int64, _ db: Database) throws {
    let plan = try plan(everything, of: sweep, db)
    try db.execute(
      sql: "INSERT OR IGNORE INTO plan_runs SELECT ?, run FROM memberships WHERE sweep = ?",
      arguments: [plan, sweep])
    try makeLatest(plan, of: sweep, db)
  }

  private static func makeLatest(_ plan: Int64, of sweep: Int64, _ db: Database) throws {
    // No file asks for what was logged through MLflow, so none can make it former.
    try db.cachedStatement(
      sql: """
        UPDATE sweeps SET plan = ?1 WHERE id = ?2 AND plan IS NOT ?1
          AND NOT EXISTS (SELECT 1 FROM logged_experiments WHERE sweep = ?2)
        """
    ).execute(arguments: [plan, sweep])
  }
}
