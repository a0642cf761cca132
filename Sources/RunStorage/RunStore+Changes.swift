import GRDB

extension RunStore {
  /// A number that is another one after every transaction of anybody that changed the store; it costs a look
  /// at the file's header and says nothing beside that.
  ///
  /// - Throws: `LabbookError` where the store cannot be read.
  public func changeNumber() throws -> Int {
    try look { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
  }
}
