import GRDB
import Runs
public import Tracking

/// A metric and what of it is asked for.
public struct ReducedMetric: Hashable, Sendable {
  /// What was measured.
  public let metric: Metric
  /// What of its points.
  public let reduction: MetricReduction

  /// Asks for a value of a metric.
  public init(_ metric: Metric, _ reduction: MetricReduction = .last) {
    (self.metric, self.reduction) = (metric, reduction)
  }
}

/// What a row of a table says of the runs that it stands for.
public struct RunSummary: Sendable {
  /// The first of the runs.
  public let first: RunRecord
  /// How many stand where.
  public let statuses: [RunStatus: Int]
  /// Mean, deviation and number over the runs that count, of those metrics that some have.
  public let statistics: [ReducedMetric: SeedStatistics]
  /// The metrics that were asked for.
  public let asked: Set<ReducedMetric>
  /// Seconds of training together.
  public let durationSeconds: Double

  /// How many runs there are.
  public var runs: Int { statuses.values.reduce(0, +) }
}

/// Reads what the rows of a table say, a row at a time, in memory of one number a run.
struct SummaryReader {
  private let loader: RecordLoader
  private let metrics: [ReducedMetric]
  /// How the value of each metric that the store knows is read.
  private var readers: [ReducedMetric: (rows: RowReader, metric: Int64)] = [:]
  private let fact: RowReader
  private let fold: RowReader
  private let foldKey: Int64?

  init(_ db: Database, _ metrics: [ReducedMetric]) throws {
    self.metrics = metrics
    loader = try RecordLoader(db)
    foldKey = try Int64.fetchOne(
      db, sql: "SELECT id FROM parameter_keys WHERE key = ?", arguments: [RunConfiguration.foldPath]
    )
    fact = try RowReader(db, Self.facts, [0])
    fold = try RowReader(db, Self.fold, [0, 0])
    for metric in metrics {
      let number = try Int64.fetchOne(
        db, sql: "SELECT id FROM metrics WHERE name = ?", arguments: [metric.metric.name])
      guard let number else { continue }
      readers[metric] = (try RowReader(db, metric.reduction.statement, [0, 0]), number)
    }
  }

  static let facts = "SELECT status, duration_s FROM runs WHERE id = ?"
  static let fold = "SELECT value FROM parameters WHERE run = ? AND key = ?"

  /// The records of some runs.
  func records(_ rows: some Collection<Int64>) throws -> [RunRecord] {
    try loader.records(Array(rows))
  }

  /// The value of a metric of one run; not-a-number where the last one was measured so.
  func value(_ metric: ReducedMetric, of row: Int64) throws -> Double? {
    guard let reader = readers[metric] else { return nil }
    reader.rows.restart(with: row, reader.metric)
    defer { reader.rows.end() }
    guard try reader.rows.next() else { return nil }
    return reader.rows.optionalNumber(0) ?? (metric.reduction == .last ? .nan : nil)
  }

  /// - Returns: `nil` where the first of the runs was removed meanwhile.
  func summary(_ rows: ArraySlice<Int64>) throws -> RunSummary? {
    guard let row = rows.first, let first = try loader.records([row]).first else { return nil }
    var statuses: [RunStatus: Int] = [:]
    var seconds = 0.0
    var counting: [Int64] = []
    for row in rows {
      fact.restart(with: row)
      if try fact.next(), let status = RunStatus(rawValue: fact.text(0)) {
        statuses[status, default: 0] += 1
        seconds += fact.optionalNumber(1) ?? 0
        if !status.isBad { counting.append(row) }
      }
      fact.end()
    }
    let folds = try folds(of: counting)
    var statistics: [ReducedMetric: SeedStatistics] = [:]
    for metric in metrics {
      statistics[metric] = try self.statistics(metric, counting, folds)
    }
    return RunSummary(
      first: first, statuses: statuses, statistics: statistics, asked: Set(metrics),
      durationSeconds: seconds)
  }

  /// The folds of runs in their order; `nil` where they are all of one.
  private func folds(of rows: [Int64]) throws -> [Int64]? {
    guard let foldKey else { return nil }
    let folds = try rows.map { row in
      fold.restart(with: row, foldKey)
      defer { fold.end() }
      return try fold.next() ? fold.integer(0) : -1
    }
    return Set(folds).count > 1 ? folds : nil
  }

  /// Over the seeds; where there are folds over these, of each the mean over its seeds.
  private func statistics(
    _ metric: ReducedMetric, _ rows: [Int64], _ folds: [Int64]?
  ) throws -> SeedStatistics? {
    var values: [(fold: Int64, value: Double)] = []
    for (place, row) in rows.enumerated() {
      guard let value = try value(metric, of: row) else { continue }
      values.append((folds?[place] ?? 0, value))
    }
    guard folds != nil else { return SeedStatistics(values.map(\.value)) }
    let means = Dictionary(grouping: values, by: \.fold).sorted { $0.key < $1.key }
      .compactMap { SeedStatistics($0.value.map(\.value))?.mean }
    return SeedStatistics(means, isOverFolds: true)
  }
}
