import Foundation
public import Tracking

/// The event files of TensorBoard in a folder and the folders within, followed while they are written.
///
/// Files are those with `tfevents` in their name, read in the order of their names; metrics of a folder
/// within have its path before their names: `train/loss`. In place of a folder there may be one event file.
public struct EventFolder: MetricSource {
  /// As deep are folders looked into.
  public static let deepest = 8
  /// As many files are read; more are said.
  public static let mostFiles = 10_000

  private let path: String
  private var files: [String: EventFile] = [:]

  /// Makes a source of a folder that need not be there yet.
  public init(path: String) { self.path = path }

  /// Takes the records that were written since the last call into a book.
  public mutating func read(
    into book: inout MetricBook, now: Int64, limit: Int
  ) throws(LabbookError) -> Bool {
    var hasMore = false
    for name in names(&book.notes) {
      let folder = PathText(name).folder
      var file =
        files.removeValue(forKey: name)
        ?? EventFile(
          path: name.isEmpty ? path : path + "/" + name,
          prefix: folder.isEmpty ? "" : folder + "/")
      defer { files[name] = file }
      if try file.read(into: &book, now: now, limit: limit) { hasMore = true }
    }
    return hasMore
  }

  /// Takes the rest of all files, and says which end within a record.
  public mutating func finish(into book: inout MetricBook, now: Int64) throws(LabbookError) {
    try readAll(into: &book, now: now)
    for name in files.keys.sorted() { files[name]?.finish(&book.notes) }
  }

  /// The event files by their paths below the folder, in order; an empty one where the path is a file.
  private func names(_ notes: inout MetricNotes) -> [String] {
    var names: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      let place = folder.isEmpty ? path : path + "/" + folder
      guard let entries = Self.entries(place) else {
        let code = errno
        if folder.isEmpty, code == ENOTDIR { return [""] }
        if code != ENOENT, code != ENOTDIR {
          notes.say(.file, place) { "\(place) cannot be read: \(systemReason(code))" }
        }
        continue
      }
      for entry in entries {
        let name = folder.isEmpty ? entry.name : folder + "/" + entry.name
        if entry.isFolder {
          if name.utf8.count(where: { $0 == UInt8(ascii: "/") }) < Self.deepest {
            open.append(name)
          }
        } else if entry.name.contains("tfevents") {
          names.append(name)
        }
      }
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if names.count > Self.mostFiles {
      notes.say(.file, path) {
        "\(path) has \(names.count) event files; \(Self.mostFiles) are read"
      }
    }
    return Array(names.prefix(Self.mostFiles))
  }

  /// What lies in a folder; `nil`, with `errno`, where it cannot be listed.
  private static func entries(_ path: String) -> [(name: String, isFolder: Bool)]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var entries: [(String, Bool)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      if entry.pointee.d_type == UInt8(DT_UNKNOWN) {
        var status = stat()
        isFolder = lstat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      }
      entries.append((name, isFolder))
    }
    return entries
  }
}
