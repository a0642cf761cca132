import GRDB
import Runs
import Tracking

/// One transaction that adds runs to a sweep.
struct Registration {
  static let findCurrent =
    "SELECT run, status, id, epoch, halted, step FROM runs WHERE key = ? AND current = 1"

  private let db: Database
  private let sweep: Int64
  private let tags: [String]
  private var plan: Int64?
  private var configurations: ConfigurationTable
  private let now = Timestamp.now()
  private let lost: LostFiles
  private var keys: [String: Int64] = [:]
  private var values: [ParameterValue: Int64] = [:]

  init(
    _ db: Database, _ place: StorePlace, experiment: String, title: String?, tags: [String],
    sweep: String
  ) throws {
    self.db = db
    // A tag stands on one line wherever it is listed.
    self.tags = tags.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
      .filter { !$0.isEmpty }
    configurations = ConfigurationTable(db, place)
    lost = LostFiles(db, place)
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

  /// Says for which plan of the sweep runs are added.
  mutating func join(_ mark: PlanMark?, _ name: String, isFirst: Bool) throws {
    guard let mark, let hash = mark.hashes[name] else {
      plan = try PlanTable.latest(of: sweep, db)
      return
    }
    if isFirst, mark.supersedes {
      // What variants are called, the latest file says.
      try db.execute(sql: "DELETE FROM variants WHERE sweep = ?", arguments: [sweep])
    }
    plan =
      isFirst
      ? try PlanTable.begin(hash, of: sweep, isLatest: mark.supersedes, db)
      : try PlanTable.plan(hash, of: sweep, db)
  }

  mutating func add(
    _ request: RunRequest, fresh: Bool, renewed: inout [String: RegisteredRun]
  ) throws -> RegisteredRun {
    let find = try db.cachedStatement(sql: Self.findCurrent)
    if let row = try Row.fetchOne(find, arguments: [request.key]) {
      if !fresh || renewed[request.key] != nil {
        try join(try row.value(2), as: request.variants)
        return try Self.registered(row, lost)
      }
      try db.cachedStatement(sql: "UPDATE runs SET current = 0 WHERE id = ?")
        .execute(arguments: [try row.value(2, as: Int64.self)])
    }
    let run = RegisteredRun(
      id: RunID(), status: .planned, isNew: true, epoch: nil, step: nil, isHalted: false,
      lostFile: nil)
    try insert(request, run.id)
    renewed[request.key] = run
    return run
  }

  static func registered(_ row: Row, _ lost: LostFiles) throws -> RegisteredRun {
    guard let id = RunID(try row.value(0)), let status = RunStatus(rawValue: try row.value(1))
    else { throw LabbookError.failure("the store holds a run that is not one: \(row)") }
    return RegisteredRun(
      id: id, status: status, isNew: false, epoch: try row.value(3), step: try row.value(5),
      isHalted: try row.value(4), lostFile: try lost.first(of: id, row.value(2), status))
  }

  private mutating func insert(_ request: RunRequest, _ id: RunID) throws {
    let configuration = try configurations.row(of: request)
    let run = try RawStatement(
      db,
      """
      INSERT INTO runs (run, key, configuration, sweep, status, current, seed, objective,
        direction, created_at, request) VALUES (?, ?, ?, ?, 'planned', 1, ?, ?, ?, ?, ?)
      """)
    run.bind(id.description, at: 1)
    run.bind(request.key, at: 2)
    run.bind(request.configurationKey, at: 3)
    run.bind(sweep, at: 4)
    run.bind(Int64(request.seed), at: 5)
    run.bind(request.objective.metric.name, at: 6)
    run.bind(request.objective.direction.rawValue, at: 7)
    run.bind(now, at: 8)
    run.bind(configuration, at: 9)
    try run.run()
    let row = db.lastInsertedRowID
    try join(row, as: request.variants)
    try insert(request.parameters, of: row)
  }

  private mutating func insert(_ parameters: [Hyperparameter], of run: Int64) throws {
    let numbers = try parameters.map { (try key($0.path), try value($0.value)) }
    let statement = try RawStatement(
      db, "INSERT OR REPLACE INTO parameters (run, key, value) VALUES (?, ?, ?)")
    statement.bind(run, at: 1)
    for (key, value) in numbers {
      statement.bind(key, at: 2)
      statement.bind(value, at: 3)
      try statement.run()
    }
  }

  private func join(_ run: Int64, as variants: [String]) throws {
    let member = try RawStatement(
      db, "INSERT OR IGNORE INTO memberships (sweep, run) VALUES (?, ?)")
    member.bind(sweep, at: 1)
    member.bind(run, at: 2)
    try member.run()
    for variant in variants {
      let mark = try RawStatement(
        db, "INSERT OR IGNORE INTO variants (sweep, run, variant) VALUES (?, ?, ?)")
      mark.bind(sweep, at: 1)
      mark.bind(run, at: 2)
      mark.bind(variant, at: 3)
      try mark.run()
    }
    for tag in tags {
      let mark = try RawStatement(db, "INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)")
      mark.bind(run, at: 1)
      mark.bind(tag, at: 2)
      try mark.run()
    }
    if let plan { try PlanTable.add(run, to: plan, db) }
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
