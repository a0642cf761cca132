import Foundation
import Runs
import Tracking

/// Where the files of one run of a program lie: what it is given, what it writes, what it says.
struct ProgramFolder {
  /// How everything in it is called.
  let places: ProgramPlaces
  /// The attempt that is at work, from 1.
  let attempt: Int

  /// The absolute path.
  var path: String { places.path }
  /// The folder that the program is given for its own files: `{run_dir}`.
  var files: String { places.files }

  static func files(in path: String) -> String { ProgramPlaces(path).files }

  /// Whether an earlier attempt has begun there.
  static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: files(in: path))
  }

  /// Makes the folder ready for the next attempt.
  ///
  /// - Parameters:
  ///   - goesOn: whether the program goes on from what an earlier attempt left; otherwise it begins in an
  ///     empty folder.
  ///   - logs: whether its metrics come from MLflow's tracking API.
  /// - Throws: what keeps the folder from being made.
  init(_ path: String, goesOn: Bool, logs: Bool) throws {
    let files = FileManager.default
    places = ProgramPlaces(path)
    if goesOn {
      attempt = places.nextAttempt()
    } else {
      for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
        try files.removeItem(atPath: path + "/" + name)
      }
      attempt = 1
    }
    try files.createDirectory(atPath: places.files, withIntermediateDirectories: true)
    guard logs else { return }
    let logged = places.logged(attempt)
    guard files.fileExists(atPath: logged) || files.createFile(atPath: logged, contents: nil)
    else { throw LabbookError.failure("'\(logged)' cannot be written: \(systemReason(errno))") }
  }

  /// A file that becomes one of the run's.
  struct File {
    let name: String
    let path: String
    let bytes: Int
  }

  /// What becomes files of the run when it is over: what the program wrote and handed to the tracking API, by
  /// name in order, and what each attempt printed.
  func kept() -> [File] {
    let uploads = Self.regular(in: places.uploads, hidden: true)
    let handed = Set(uploads.map(\.name))
    var files =
      (written().filter { !handed.contains($0.name) } + uploads).sorted { $0.name < $1.name }
      .map { File(name: "files/" + $0.name, path: $0.path, bytes: $0.bytes) }
    for attempt in 1...attempt {
      let path = places.log(attempt)
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let name = attempt == self.attempt ? RunFile.output : "output.\(attempt).txt"
      files.append(File(name: name, path: path, bytes: Int(status.st_size)))
    }
    return files
  }

  /// The files that the program wrote for people, by name in order: regular ones below `{run_dir}`,
  /// none that is hidden.
  func written() -> [File] { Self.regular(in: files, hidden: false) }

  private static func regular(in folder: String, hidden: Bool) -> [File] {
    var found: [File] = []
    var waiting = [""]
    while let inner = waiting.popLast(), found.count < mostFiles {
      let here = inner.isEmpty ? folder : folder + "/" + inner
      for name in (try? FileManager.default.contentsOfDirectory(atPath: here)) ?? []
      where hidden || !name.hasPrefix(".") {
        let relative = inner.isEmpty ? name : inner + "/" + name
        let path = folder + "/" + relative
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: waiting.append(relative)
        case S_IFREG:
          found.append(File(name: relative, path: path, bytes: Int(status.st_size)))
        default: break
        }
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  /// The most files of a run that are kept.
  static let mostFiles = 10_000

  /// Removes everything.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
