import GRDB
public import Tracking

/// Long tables of runs: their order, windows of their rows, what can be counted in them.
extension RunStore {
  /// What is asked for every row of a window, each by an index.
  package static let rowStatements =
    [
      RecordLoader.columns, SummaryReader.facts, SummaryReader.fold, RunCounter.parameters,
      RunCounter.series,
    ] + MetricReduction.allCases.map(\.statement)

  /// A number that changes with every change of the file, be it by another process; to ask costs
  /// microseconds.
  public func dataVersion() throws -> Int64 {
    try look { db in
      let others = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0
      // What this connection itself has changed, where it is the writer's too.
      return others + Int64(db.totalChangesCount)
    }
  }

  /// The order of the rows of a table of runs.
  ///
  /// - Parameters:
  ///   - query: its limit and offset play no part.
  ///   - isByConfiguration: a row a configuration instead of a row a run.
  ///   - field: under whose values the rows stand; `nil` for no headings.
  /// - Throws: what `filter` throws; `LabbookError` where the store cannot be read.
  public func arrangement(
    _ query: RunQuery, where filter: RunFilter? = nil, isByConfiguration: Bool = false,
    under field: RunFilter.Field? = nil
  ) throws -> RunArrangement {
    try freeAbandonedRuns()
    var query = query
    query.limit = nil
    query.offset = 0
    return try read { db in
      let arranger = RunArranger(db, query, where: filter, under: field)
      return isByConfiguration ? try arranger.byConfiguration() : try arranger.byRun()
    }
  }

  /// What values the runs of a table have.
  public func tally(_ arrangement: RunArrangement) throws -> RunTally {
    try read { try RunCounter($0).tally(arrangement.rows) }
  }

  /// The runs of some rows of a table that are one run each; `nil` for one that was removed since.
  public func records(_ arrangement: RunArrangement, at places: [Int]) throws -> [RunRecord?] {
    let rows = places.compactMap { arrangement.members($0).first }
    let records = try read { db in
      let loader = try RecordLoader(db)
      let found: [RunRecord?] = try loader.records(rows)
      return try found.count == rows.count ? found : rows.map { try loader.records([$0]).first }
    }
    return records.map { $0.map(withoutDeadOwner) }
  }

  /// All runs of a row of a table.
  public func runs(_ arrangement: RunArrangement, at place: Int) throws -> [RunRecord] {
    try read { try RecordLoader($0).records(Array(arrangement.members(place))) }
      .map(withoutDeadOwner)
  }

  /// What some rows of a table say; `nil` for one whose runs were removed since.
  ///
  /// - Parameter metrics: what is said of the metrics.
  public func summaries(
    _ arrangement: RunArrangement, _ places: some Sequence<Int>, of metrics: [ReducedMetric]
  ) throws -> [RunSummary?] {
    try read { db in
      let reader = try SummaryReader(db, metrics)
      return try places.map { try reader.summary(arrangement.members($0)) }
    }
  }

  /// The values of some metrics of one run, of those that it has.
  public func values(
    _ metrics: [ReducedMetric], of runs: [RunID]
  ) throws -> [RunID: [ReducedMetric: Double]] {
    if metrics.isEmpty { return [:] }
    return try read { db in
      let reader = try SummaryReader(db, metrics)
      let statement = try db.cachedStatement(sql: "SELECT id FROM runs WHERE run = ?")
      return try runs.reduce(into: [:]) { found, run in
        guard let row = try Int64.fetchOne(statement, arguments: [run.description]) else { return }
        for metric in metrics {
          found[run, default: [:]][metric] = try reader.value(metric, of: row)
        }
      }
    }
  }
}
