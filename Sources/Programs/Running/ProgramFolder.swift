import Foundation
import Runs
import Tracking

/// Where the files of one run of a program lie: what it is given, what it writes, what it says.
struct ProgramFolder {
  /// The absolute path.
  let path: String
  /// The attempt that is at work, from 1.
  let attempt: Int

  /// The folder that the program is given for its own files: `{run_dir}`.
  var files: String { Self.files(in: path) }
  /// Where a program keeps the state it goes on from.
  var checkpoint: String { path + "/checkpoint" }
  /// The parameters as JSON.
  var parameters: String { path + "/params.json" }
  /// What it prints, output and errors together.
  func log(_ attempt: Int) -> String { path + "/output.\(attempt)" }
  /// What it appends to `$LABBOOK_METRICS`.
  func metrics(_ attempt: Int) -> String { path + "/metrics.\(attempt)" }

  static func files(in path: String) -> String { path + "/files" }

  /// Whether an earlier attempt has begun there.
  static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: files(in: path))
  }

  /// Makes the folder ready for the next attempt.
  ///
  /// - Parameter goesOn: whether the program goes on from what an earlier attempt left; otherwise it
  ///   begins in an empty folder.
  /// - Throws: what keeps the folder from being made.
  init(_ path: String, goesOn: Bool) throws {
    let files = FileManager.default
    var attempt = 1
    if goesOn {
      while files.fileExists(atPath: "\(path)/output.\(attempt)") { attempt += 1 }
    } else {
      for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
        try files.removeItem(atPath: path + "/" + name)
      }
    }
    self.path = path
    self.attempt = attempt
    try files.createDirectory(atPath: self.files, withIntermediateDirectories: true)
  }

  /// The files that the program wrote for people, by name in order: regular ones below `{run_dir}`,
  /// none that is hidden.
  func written() -> [(name: String, path: String, bytes: Int)] {
    var found: [(String, String, Int)] = []
    var waiting = [""]
    while let inner = waiting.popLast(), found.count < Self.mostFiles {
      let here = inner.isEmpty ? files : files + "/" + inner
      for name in (try? FileManager.default.contentsOfDirectory(atPath: here)) ?? []
      where !name.hasPrefix(".") {
        let relative = inner.isEmpty ? name : inner + "/" + name
        var status = stat()
        guard lstat(files + "/" + relative, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: waiting.append(relative)
        case S_IFREG: found.append((relative, files + "/" + relative, Int(status.st_size)))
        default: break
        }
      }
    }
    return found.sorted { $0.0 < $1.0 }
  }

  /// The most files of a run that are kept.
  static let mostFiles = 10_000

  /// Removes everything.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
