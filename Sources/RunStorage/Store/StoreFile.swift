import Foundation
import Tracking

/// What can be said of a store's path before SQLite is asked.
enum StoreFile {
  /// Checks the path; whether a store is yet to be made there.
  static func examine(_ path: String, _ mode: RunStore.Access) throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      try examineMissing(path, mode)
      return true
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw LabbookError.input(
        "'\(path)' is a folder, not a Labbook store", hint: "name a file with --db")
    default:
      throw LabbookError.input(
        "'\(path)' is not a file, so not a Labbook store", hint: "name a file with --db")
    }
    // SQLite keeps its log beside each name, so two processes would write past each other.
    guard status.st_nlink < 2 else {
      throw LabbookError.input(
        "'\(path)' is one of \(status.st_nlink) names of the same file (hard links), and a store has "
          + "one",
        hint:
          "remove the others, or copy the file and name the copy with --db; symbolic links are fine"
      )
    }
    guard status.st_size > 0 else { return true }
    try examineHeader(path)
    return false
  }

  /// Whether files can be made beside the store, as SQLite's log and the runs' folder need.
  static func folderIsWritable(_ path: String) -> Bool {
    access(folder(of: path), W_OK | X_OK) == 0
  }

  static func folder(of path: String) -> String {
    let folder = PathText(path).folder
    return folder.isEmpty ? "." : folder
  }

  private static func examineMissing(_ path: String, _ mode: RunStore.Access) throws {
    guard mode == .create else {
      throw LabbookError.input(
        "there is no store at '\(path)'",
        hint: "`labbook run FILE` makes one; --db or LABBOOK_DB name another")
    }
    let folder = folder(of: path)
    var status = stat()
    guard stat(folder, &status) == 0 else {
      throw LabbookError.input(
        "the store '\(path)' cannot be made: the folder '\(folder)' does not exist",
        hint: "make the folder, or name another file with --db")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw LabbookError.input(
        "the store '\(path)' cannot be made: '\(folder)' is not a folder",
        hint: "name another file with --db")
    }
    guard folderIsWritable(path) else {
      throw LabbookError.input(
        "the store '\(path)' cannot be made: the folder '\(folder)' is not writable",
        hint: "name a file in a folder you may write with --db")
    }
  }

  /// Whether a store was last used with a write-ahead log, as bytes 18 and 19 of an SQLite file say.
  static func hasLogMode(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 20))?.suffix(2) == Data([2, 2])
  }

  private static func examineHeader(_ path: String) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw LabbookError.input(
        "'\(path)' cannot be read: \(systemReason(errno))",
        hint: "name another file with --db")
    }
    defer { try? file.close() }
    let header = (try? file.read(upToCount: 16)) ?? Data()
    guard header == Data("SQLite format 3\0".utf8) else {
      throw LabbookError.input(
        "'\(path)' is not a Labbook store", hint: "name another file with --db")
    }
  }
}
