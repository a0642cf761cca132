import GRDB

/// How much memory a store takes in a process that stays for hours.
extension RunStore {
  /// Lets each connection keep so many kilobytes of the file's pages; by default it is 16 MB, which is
  /// right for a process that does one thing and ends.
  ///
  /// Sorting takes as much once more, and goes on in temporary files.
  ///
  /// - Throws: `LabbookError` where the store cannot be read.
  public func keepPages(kilobytes: Int) throws {
    let sql = "PRAGMA cache_size = \(-max(64, kilobytes))"
    try StoreFailure.mapped(path) {
      for connection in isWritable ? [reader, writer] : [reader] {
        try connection.inDatabase { try $0.execute(sql: sql) }
      }
    }
  }

  /// Gives back the pages that were read for one large question.
  public func forgetPages() throws {
    try look { try $0.execute(sql: "PRAGMA shrink_memory") }
  }
}
