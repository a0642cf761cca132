import Foundation
import GRDB
public import Runs
import Tracking

extension RunStore {
  /// Makes sure that each requested run is in the store and a member of its sweep.
  ///
  /// A run with the same key that is already there is shared; with `fresh` every key gets a new run,
  /// which becomes the current one.
  ///
  /// - Parameters:
  ///   - plan: the sweeps of one experiment with what each asks for.
  ///   - experiment: its name in the store.
  ///   - title: what the experiment's file calls it.
  ///   - fresh: whether results that are there count.
  /// - Returns: for each sweep its runs, in the order of the requests.
  public func register(
    _ plan: [(sweep: String, requests: [RunRequest])], experiment: String, title: String? = nil,
    fresh: Bool = false
  ) throws -> [[RegisteredRun]] {
    var renewed: [String: RegisteredRun] = [:]
    return try register(
      plan, experiment: experiment, title: title, fresh: fresh, renewed: &renewed)
  }

  /// The same in several calls.
  ///
  /// - Parameter renewed: the runs that were made so far, which are not made anew again.
  public func register(
    _ plan: [(sweep: String, requests: [RunRequest])], experiment: String, title: String?,
    fresh: Bool, renewed: inout [String: RegisteredRun]
  ) throws -> [[RegisteredRun]] {
    try plan.map { sweep, requests in
      var runs: [RegisteredRun] = []
      runs.reserveCapacity(requests.count)
      var rest = requests[...]
      repeat {  // once even for an empty sweep, so that it is known
        let part = rest.prefix(Self.registeredAtOnce)
        rest = rest.dropFirst(Self.registeredAtOnce)
        runs += try write { db in
          var registration = try Registration(
            db, experiment: experiment, title: title, sweep: sweep)
          return try part.map { try registration.add($0, fresh: fresh, renewed: &renewed) }
        }
      } while !rest.isEmpty
      return runs
    }
  }

  /// The current run of each key that has one; writes nothing.
  public func currentRuns(ofKeys keys: [String]) throws -> [String: RegisteredRun] {
    try read { db in
      let statement = try db.cachedStatement(sql: Registration.findCurrent)
      var found: [String: RegisteredRun] = [:]
      for key in keys where found[key] == nil {
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
        found[key] = try Registration.registered(row)
      }
      return found
    }
  }

  /// Other processes get their turn between transactions of this many runs.
  private static let registeredAtOnce = 2_000
}

/// One transaction that adds runs to a sweep.
private struct Registration {
  static let findCurrent =
    "SELECT run, status, id, epoch FROM runs WHERE key = ? AND current = 1"

  private let db: Database
  private let sweep: Int64
  private let now = Timestamp.now()
  private var keys: [String: Int64] = [:]
  private var values: [ParameterValue: Int64] = [:]

  init(_ db: Database, experiment: String, title: String?, sweep: String) throws {
    self.db = db
    try db.execute(
      sql: """
        INSERT INTO experiments (name, title, created_at) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title
        WHERE title IS NOT excluded.title
        """, arguments: [experiment, title, now])
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO sweeps (experiment, name)
        SELECT id, ? FROM experiments WHERE name = ?
        """, arguments: [sweep, experiment])
    self.sweep =
      try Int64.fetchOne(
        db,
        sql: """
          SELECT sweeps.id FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
          WHERE experiments.name = ? AND sweeps.name = ?
          """, arguments: [experiment, sweep]) ?? 0
  }

  mutating func add(
    _ request: RunRequest, fresh: Bool, renewed: inout [String: RegisteredRun]
  ) throws -> RegisteredRun {
    let find = try db.cachedStatement(sql: Self.findCurrent)
    if let row = try Row.fetchOne(find, arguments: [request.key]) {
      if !fresh || renewed[request.key] != nil {
        try join(row[2])
        return try Self.registered(row)
      }
      try db.cachedStatement(sql: "UPDATE runs SET current = 0 WHERE id = ?")
        .execute(arguments: [row[2] as Int64])
    }
    let run = RegisteredRun(id: RunID(), status: .planned, isNew: true, epoch: nil)
    try insert(request, run.id)
    renewed[request.key] = run
    return run
  }

  static func registered(_ row: Row) throws -> RegisteredRun {
    guard let id = RunID(row[0] as String), let status = RunStatus(rawValue: row[1] as String)
    else { throw LabbookError.failure("the store holds a run that is not one: \(row)") }
    return RegisteredRun(id: id, status: status, isNew: false, epoch: row[3])
  }

  private mutating func insert(_ request: RunRequest, _ id: RunID) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (run, key, configuration, sweep, status, current, seed, objective,
          direction, created_at) VALUES (?, ?, ?, ?, 'planned', 1, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      id.description, request.key, request.configurationKey, sweep, request.seed,
      request.objective.metric.name, request.objective.direction.rawValue, now,
    ])
    let row = db.lastInsertedRowID
    try join(row)
    let statement = try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO parameters (run, key, value) VALUES (?, ?, ?)")
    for parameter in request.parameters {
      try statement.execute(arguments: [row, key(parameter.path), value(parameter.value)])
    }
  }

  private func join(_ run: Int64) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO memberships (sweep, run) VALUES (?, ?)")
      .execute(arguments: [sweep, run])
  }

  private mutating func key(_ path: String) throws -> Int64 {
    if let known = keys[path] { return known }
    let id = try WordTable.id(of: path, in: .parameterKeys, db)
    keys[path] = id
    return id
  }

  private mutating func value(_ value: ParameterValue) throws -> Int64 {
    if let known = values[value] { return known }
    let id = try WordTable.id(of: value.json, in: .parameterValues, db)
    values[value] = id
    return id
  }
}
