import Foundation
import GRDB
import Tracking

/// Finds finished runs whose files are no longer where they were written, within a transaction.
struct LostFiles {
  private let db: Database
  private let place: StorePlace
  /// Most stores keep all files in their own pages.
  private let hasFiles: Bool

  init(_ db: Database, _ place: StorePlace) throws {
    self.db = db
    self.place = place
    hasFiles = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM artifacts)") ?? false
  }

  /// The first file of a run that is missing or has another size than was written; `nil` where all are
  /// there, or the run has no result that one could miss.
  func first(of run: RunID, _ row: Int64, _ status: RunStatus) throws -> String? {
    guard hasFiles, status == .completed || status == .diverged else { return nil }
    let rows = try RowReader(
      db, "SELECT name, path, bytes FROM artifacts WHERE run = ? ORDER BY name", [row])
    defer { rows.end() }
    while try rows.next() {
      let name = rows.text(0)
      let places = place.files(name, of: run, recorded: rows.text(1))
      if !places.contains(where: { Self.size(of: $0) == rows.integer(2) }) { return name }
    }
    return nil
  }

  /// The size of a file in bytes.
  static func size(of path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }
}
