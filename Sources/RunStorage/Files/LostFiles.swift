import Foundation
import GRDB
import Tracking

/// Finds finished runs whose files are no longer where they were written, within a transaction.
final class LostFiles {
  private let db: Database
  private let place: StorePlace
  /// Whether any run has files: most stores keep them all in their own pages; `nil` until asked.
  private var hasFiles: Bool?

  init(_ db: Database, _ place: StorePlace) {
    self.db = db
    self.place = place
  }

  /// The first file of a run that is missing or has another size than was written; `nil` where all are
  /// there, or the run has no result that one could miss.
  func first(of run: RunID, _ row: Int64, _ status: RunStatus) throws -> String? {
    guard status == .completed || status == .diverged, try anyFiles() else { return nil }
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

  private func anyFiles() throws -> Bool {
    if let hasFiles { return hasFiles }
    let found = try RawStatement(db, "SELECT EXISTS (SELECT 1 FROM artifacts)").number() == 1
    hasFiles = found
    return found
  }

  /// The size of a file in bytes.
  static func size(of path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }
}
