import Foundation
import GRDB
import Tracking

/// What the log's thread remembers of the store from one transaction to the next.
///
/// Runs and experiments may go meanwhile, by another process: what is remembered of them is only where they
/// stand, and is asked again each time; the numbers of words stay for good.
final class LogWords {
  private let numbers = StoredNumbers()
  private var keys: [String: Int64] = [:]
  /// Runs whose parameters changed in this transaction.
  private var changed: Set<Int64> = []

  /// Forgets what a transaction gave that was undone.
  func forget() {
    numbers.forget()
    keys = [:]
    changed = []
  }

  /// The number of a metric, and of the layout of rows that hold it alone.
  func metric(_ name: String, _ db: Database) throws -> (metric: Int64, layout: Int64) {
    let metric = Metric(name)
    return (try numbers.metric(metric, db), try numbers.layout(of: [metric], db))
  }

  /// The number of a parameter's path.
  func key(_ path: String, _ db: Database) throws -> Int64 {
    if let known = keys[path] { return known }
    let id = try WordTable.id(of: path, in: .parameterKeys, db)
    keys[path] = id
    return id
  }

  /// The number of a parameter's value.
  func value(_ json: String, _ db: Database) throws -> Int64 {
    try WordTable.id(of: json, in: .parameterValues, db)
  }

  /// Notes that a run's parameters changed.
  func note(_ row: Int64) { changed.insert(row) }

  /// Gives the runs whose parameters changed the configuration that these make, before the commit.
  func finish(_ db: Database) throws {
    for row in changed { try LoggedConfiguration.set(row, db) }
    changed = []
  }
}
