import GRDB

extension RunStore {
  /// Every parameter's path and every metric's name that some run of the store has, sorted.
  public func names() throws -> (parameters: [String], metrics: [String]) {
    try read { db in
      (
        try String.fetchAll(db, sql: "SELECT key FROM parameter_keys ORDER BY key"),
        try String.fetchAll(db, sql: "SELECT name FROM metrics ORDER BY name")
      )
    }
  }
}
