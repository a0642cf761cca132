import GRDBSQLite

extension RunStore {
  /// The version of SQLite that this program runs with.
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}
