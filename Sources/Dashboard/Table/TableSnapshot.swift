import FileLanguage
import Foundation
import Results
import RunStorage
import Synchronization
import Tracking

/// A table of runs as the store stood at a moment: its order, its values, its columns.
///
/// Windows of one snapshot join without gap or repeat.
final class TableSnapshot: Sendable {
  /// Its number among those of this server.
  let number: Int
  /// What was asked for.
  let request: TableRequest
  /// The store's version when it was made.
  let version: Int64
  let names: TableNames
  let arrangement: RunArrangement
  let tally: RunTally
  /// How many former runs are left out.
  let former: Int
  private let headings = Mutex<[Int: RunSummary]>([:])
  private let directions: Directions

  /// Which way metrics are better whose names do not say it; what is not known is off.
  private final class Directions: Sendable {
    let known = Mutex<[Metric: Direction?]>([:])
  }

  /// Reads the order of the rows.
  ///
  /// - Throws: `TableProblem` for what the address asks for and no run has; `LabbookError` where the
  ///   store cannot be read.
  ///
  /// - Parameter other: one of the same runs in another order, so that they are not counted again.
  init(
    _ request: TableRequest, number: Int, version: Int64, in store: RunStore, other: TableSnapshot?
  ) throws {
    (self.request, self.number, self.version) = (request, number, version)
    let known = try store.names()
    names = TableNames(parameters: known.parameters, metrics: known.metrics)
    let order = try TableOrder(request, names, store)
    do {
      let filter = try Self.filter(request, store)
      arrangement = try store.arrangement(
        order.query, where: filter, isByConfiguration: request.isByConfiguration,
        under: order.field)
      former = try store.formerCount(order.query, where: filter)
    } catch let error as FormulaError { throw TableProblem(error, in: request.filter) }
    directions = other?.directions ?? Directions()
    tally = try other?.tally ?? store.tally(arrangement)
  }

  /// The condition of the address; `nil` for none.
  private static func filter(_ request: TableRequest, _ store: RunStore) throws -> RunFilter? {
    guard request.filter.contains(where: { !$0.isWhitespace }) else { return nil }
    return try RunFilter(Formula(request.filter), in: store)
  }

  /// Which way a metric is better: as the objectives of the runs say it, its name, or the store.
  func direction(of metric: Metric, in store: RunStore) -> Direction? {
    if !tally.objectives.contains(metric), let known = metric.direction { return known }
    if let known = directions.known.withLock({ $0[metric] }) { return known }
    let found = try? store.direction(of: metric)
    directions.known.withLock { $0[metric] = .some(found) }
    return found
  }

  /// What a heading says of its runs, read once.
  func summary(
    ofHeading place: Int, _ metrics: [ReducedMetric], in store: RunStore
  ) throws -> RunSummary? {
    if let known = headings.withLock({ $0[place] }),
      metrics.allSatisfy({ known.asked.contains($0) })
    {
      return known
    }
    let summary = try store.summaries(arrangement, place..<(place + 1), of: metrics)[0]
    if let summary { headings.withLock { $0[place] = summary } }
    return summary
  }
}

/// The last snapshots, so that windows of one table are read from one of them.
final class TableCache: Sendable {
  private let store: RunStore
  private let known = Mutex<(next: Int, snapshots: [TableSnapshot])>((1, []))

  /// Each takes up to 2 MB for 100,000 runs.
  private static let most = 4

  init(_ store: RunStore) { self.store = store }

  /// The table of an address.
  ///
  /// - Parameter number: that of the snapshot from which the reader has windows already; another one is
  ///   made where it is no longer known.
  func snapshot(_ request: TableRequest, number: Int? = nil) throws -> TableSnapshot {
    let asked = request.arranging
    let version = try store.dataVersion()
    let found = known.withLock { known in
      known.snapshots.first {
        $0.request == asked && ($0.number == number || $0.version == version)
      }
    }
    if let found { return found }
    let (next, other) = known.withLock { known in
      known.next += 1
      let same = known.snapshots.first {
        $0.version == version && $0.request.choosing == asked.choosing
      }
      return (known.next - 1, same)
    }
    let snapshot = try TableSnapshot(
      asked, number: next, version: version, in: store, other: other)
    try store.forgetPages()
    known.withLock { known in
      known.snapshots.insert(snapshot, at: 0)
      if known.snapshots.count > Self.most { known.snapshots.removeLast() }
    }
    return snapshot
  }
}
