import GRDB

/// Reads a store as any other program would: SQL on the public views.
struct StoreReader {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  func text(_ sql: String) throws -> String? {
    try queue.read { try String.fetchOne($0, sql: sql) }
  }

  func number(_ sql: String) throws -> Double? {
    try queue.read { try Double.fetchOne($0, sql: sql) }
  }

  func texts(_ sql: String) throws -> [String] {
    try queue.read { try String.fetchAll($0, sql: sql) }
  }
}

/// Writes to a store as any other program could.
final class StoreWriter {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(60)
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Runs statements; a transaction that they begin stays open.
  func execute(_ sql: String) throws {
    try queue.inDatabase { try $0.execute(sql: sql) }
  }
}
