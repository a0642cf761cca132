import GRDB
public import Tracking

extension RunStore {
  /// The runs that a query asks for, with their parameters and the last and best value of each of
  /// their metrics.
  ///
  /// - Throws: what `filter` throws; `LabbookError` where the store cannot be read.
  public func runs(
    _ query: RunQuery = RunQuery(), where filter: RunFilter? = nil
  ) throws -> [RunRecord] {
    try freeAbandonedRuns()
    let records = try read { db in
      try RecordLoader(db).records(try RunScan(db, query, where: filter).rows())
    }
    return records.map(withoutDeadOwner)
  }

  /// The configurations of the runs that a query asks for, its limit and offset aside: ranked by the
  /// mean over their seeds where the order is a metric, else as their first runs come.
  public func configurations(
    _ query: RunQuery = RunQuery(), where filter: RunFilter? = nil
  ) throws -> [String] {
    try freeAbandonedRuns()
    return try read { try RunScan($0, query, where: filter).configurations() }
  }

  /// How many runs a query asks for, its limit aside.
  public func count(
    _ query: RunQuery = RunQuery(), where filter: RunFilter? = nil
  ) throws -> Int {
    try freeAbandonedRuns()
    var query = query
    query.limit = nil
    query.offset = 0
    query.order = .created
    if filter != nil { return try read { try RunScan($0, query, where: filter).rows().count } }
    let selection = RunSelection(query)
    return try read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM (" + selection.sql + ")",
        arguments: StatementArguments(selection.arguments)) ?? 0
    }
  }

  /// How many runs of a query's sweep it leaves out because the sweep's latest plan does not hold them;
  /// 0 where it speaks of no sweep, or asks for them too.
  ///
  /// - Parameter filter: counts only runs that fit it.
  public func formerCount(_ query: RunQuery, where filter: RunFilter? = nil) throws -> Int {
    guard query.sweep != nil, !query.includesFormer else { return 0 }
    var all = query
    all.includesFormer = true
    return try count(all, where: filter) - count(query, where: filter)
  }

  /// One run, replaced or not.
  public func run(_ id: RunID) throws -> RunRecord? {
    var query = RunQuery()
    query.runs = [id]
    query.includesReplaced = true
    return try runs(query).first
  }

  /// The run whose id begins with `beginning`.
  ///
  /// - Throws: `LabbookError` where there is none, or several, which it lists.
  public func run(beginning: String) throws -> RunRecord {
    let prefix = beginning.lowercased()
    guard !prefix.isEmpty, prefix.utf8.count <= 32,
      prefix.allSatisfy({ "0123456789abcdef".contains($0) })
    else {
      throw LabbookError.input(
        "'\(beginning)' is not the beginning of a run's id, which is made of 0-9 and a-f",
        hint: "`labbook runs` lists them")
    }
    let found = try read { db in
      try String.fetchAll(
        db, sql: "SELECT run FROM runs WHERE run >= ? AND run < ? ORDER BY run LIMIT 11",
        arguments: [prefix, prefix + "g"])
    }.compactMap { RunID($0) }
    guard let first = found.first, let record = try run(first) else {
      throw LabbookError.input(
        "no run of '\(path)' begins with '\(beginning)'", hint: "`labbook runs` lists them")
    }
    guard found.count == 1 else { throw try ambiguous(beginning, found) }
    return record
  }

  /// The names of the metrics that some runs have, sorted.
  public func metrics(of runs: [RunID]) throws -> [Metric] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT metrics.name FROM json_each(?) AS wanted
            JOIN runs ON runs.run = wanted.value JOIN series ON series.run = runs.id
            JOIN metrics ON metrics.id = series.metric ORDER BY metrics.name
          """, arguments: [Self.jsonList(runs)])
    }.map { Metric($0) }
  }

  /// The sweeps of the store in the order they were first asked for.
  public func sweeps(of experiment: String? = nil) throws -> [SweepRecord] {
    try freeAbandonedRuns()
    return try read { db in
      var loader = SweepLoader()
      try db.cachedStatement(sql: SweepLoader.sql)
        .forEach(arguments: [experiment, experiment]) { try loader.add($0) }
      try db.cachedStatement(sql: SweepLoader.tagSQL)
        .forEach(arguments: [experiment, experiment]) { try loader.addTag($0) }
      return loader.records
    }
  }

  /// The variants that the runs of a sweep are, none of a run whose sweep
  /// has none, or that an older version registered.
  public func variants(of sweep: SweepName) throws -> [RunID: [String]] {
    try read { db in
      var found: [RunID: [String]] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT runs.run, variants.variant FROM variants JOIN runs ON runs.id = variants.run
            JOIN sweeps ON sweeps.id = variants.sweep
            JOIN experiments ON experiments.id = sweeps.experiment
          WHERE experiments.name = ? AND sweeps.name = ? ORDER BY runs.id
          """, arguments: [sweep.experiment, sweep.sweep])
      while let row = try rows.next() {
        guard let run = RunID(try row.value(0)) else { continue }
        found[run, default: []].append(try row.value(1))
      }
      return found
    }
  }

  private func ambiguous(_ beginning: String, _ found: [RunID]) throws -> LabbookError {
    var query = RunQuery()
    query.runs = Array(found.prefix(10))
    query.includesReplaced = true
    let lines = try runs(query).map {
      "  \($0.id.description.prefix(max(12, beginning.count + 4)))  \($0.sweep)  "
        + "\($0.status.rawValue)  seed \($0.seed)"
    }
    let more = found.count > 10 ? "\n  ..." : ""
    return .input(
      "'\(beginning)' is the beginning of several runs:\n" + lines.joined(separator: "\n") + more,
      hint: "write more of its digits")
  }

  static func jsonList(_ runs: [RunID]) -> String {
    "[" + runs.map { "\"\($0)\"" }.joined(separator: ",") + "]"
  }
}

/// Gathers the rows of sweeps by status into one record each.
private struct SweepLoader {
  static let sql = """
    SELECT experiments.name, sweeps.name, experiments.title, runs.status, COUNT(runs.id),
      MIN(runs.created_at), MAX(runs.ended_at), TOTAL(runs.duration_s),
      runs.id IS NOT NULL AND NOT \(RunSelection.isPlanned) AS former
    FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
      LEFT JOIN memberships ON memberships.sweep = sweeps.id
      LEFT JOIN runs ON runs.id = memberships.run AND runs.current = 1
    WHERE ? IS NULL OR experiments.name = ?
    GROUP BY sweeps.id, former, runs.status ORDER BY sweeps.experiment, sweeps.id
    """

  static let tagSQL = """
    SELECT experiments.name, sweeps.name, tags.tag, COUNT(*)
    FROM tags JOIN runs ON runs.id = tags.run AND runs.current = 1
      JOIN memberships ON memberships.run = runs.id
      JOIN sweeps ON sweeps.id = memberships.sweep
      JOIN experiments ON experiments.id = sweeps.experiment
    WHERE (? IS NULL OR experiments.name = ?) AND \(RunSelection.isPlanned)
    GROUP BY sweeps.id, tags.tag ORDER BY tags.tag
    """

  private(set) var records: [SweepRecord] = []

  /// Takes a tag of a sweep, with how many of its runs have it.
  mutating func addTag(_ row: Row) throws {
    let name = SweepName(experiment: try row.value(0), sweep: try row.value(1))
    guard let index = records.firstIndex(where: { $0.name == name }),
      try row.value(3, as: Int.self) == records[index].runs
    else { return }
    records[index].tags.append(try row.value(2))
  }

  mutating func add(_ row: Row) throws {
    let name = SweepName(experiment: try row.value(0), sweep: try row.value(1))
    let before = records.last?.name == name ? records.removeLast() : nil
    var counts = before?.counts ?? [:]
    if try row.value(8) {
      records.append(
        SweepRecord(
          name: name, title: try row.value(2), counts: counts,
          former: (before?.former ?? 0) + (try row.value(4, as: Int.self)),
          firstCreatedAt: before?.firstCreatedAt, lastEndedAt: before?.lastEndedAt,
          durationSeconds: before?.durationSeconds ?? 0))
      return
    }
    if let status = try row.value(3, as: String?.self).flatMap(RunStatus.init(rawValue:)) {
      counts[status] = try row.value(4)
    }
    let created = [before?.firstCreatedAt, try row.value(5)].compactMap { $0 }.min()
    let ended = [before?.lastEndedAt, try row.value(6)].compactMap { $0 }.max()
    records.append(
      SweepRecord(
        name: name, title: try row.value(2), counts: counts, former: before?.former ?? 0,
        firstCreatedAt: created, lastEndedAt: ended,
        durationSeconds: (before?.durationSeconds ?? 0) + (try row.value(7, as: Double.self))))
  }
}
