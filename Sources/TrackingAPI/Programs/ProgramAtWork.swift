import Foundation
import RunStorage
import Runs
import Tracking

/// A program that `labbook run` has started and that logs to this API: what it logs goes to the files which
/// its own process reads, the one that writes the run.
struct ProgramAtWork {
  private let run: RunID
  private let places: ProgramPlaces
  private let log: String

  /// `nil` where no such program is at work.
  init?(_ run: RunRecord, in store: RunStore) {
    guard !run.isLogged, run.isProgram, run.status == .planned || run.status == .running,
      store.isTrained(run.id)
    else { return nil }
    self.init(run.id, store.programFolder(of: run.id))
  }

  /// The same, for a run that is known to be trained.
  init?(_ run: RunID, _ folder: String) {
    places = ProgramPlaces(folder)
    guard let log = places.loggedAtWork() else { return nil }
    (self.run, self.log) = (run, log)
  }

  /// Appends lines, whole ones at once; they are the run's when its process has read them.
  ///
  /// - Throws: `TrackingError` where the file cannot be written.
  func append(_ text: Data) throws {
    if text.isEmpty { return }
    let file = open(log, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw Self.failure("its metrics", errno) }
    defer { close(file) }
    guard text.writeAll(to: file) else { throw Self.failure("its metrics", errno) }
  }

  /// Takes a file that was written aside.
  func take(_ path: String, as name: ArtifactName) throws {
    guard let last = name.parts.last else {
      throw TrackingError(.invalid, "An artifact needs a name")
    }
    var folder = places.uploads
    mkdir(folder, 0o777)
    for part in name.parts.dropLast() {
      folder += "/" + part
      mkdir(folder, 0o777)
      var status = stat()
      guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw TrackingError(
          .invalid, "'\(name.text)' would lie in something that is no folder")
      }
    }
    guard rename(path, folder + "/" + last) == 0 else {
      if errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST {
        throw TrackingError(.invalid, "'\(name.text)' is a folder already")
      }
      throw Self.failure("'\(name.text)'", errno)
    }
  }

  /// From where a file that was handed over, or that the program wrote, is read; `nil` where there is none.
  func source(_ name: ArtifactName) -> ArtifactSource? {
    for root in [places.uploads, places.files] {
      var folder = root
      var isThere = !name.parts.isEmpty
      for part in name.parts.dropLast() {
        folder += "/" + part
        isThere = isThere && Self.kind(folder).kind == S_IFDIR
      }
      let path = folder + "/" + (name.parts.last ?? "")
      let (kind, bytes) = Self.kind(path)
      if isThere, kind == S_IFREG { return .file(path: path, bytes: bytes) }
    }
    return nil
  }

  /// The files so far by their paths, with their sizes; no links.
  func files() -> [String: Int] {
    var found: [String: Int] = [:]
    for root in [places.files, places.uploads] {
      var waiting = [""]
      while let inner = waiting.popLast(), found.count < Self.mostFiles {
        let here = root + inner
        for name in (try? FileManager.default.contentsOfDirectory(atPath: here)) ?? [] {
          let (kind, bytes) = Self.kind(here + "/" + name)
          let path = inner + "/" + name
          if kind == S_IFDIR { waiting.append(path) }
          if kind == S_IFREG { found[String(path.dropFirst())] = bytes }
        }
      }
    }
    return found
  }

  private static let mostFiles = 10_000

  private static func kind(_ path: String) -> (kind: mode_t, bytes: Int) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return (0, 0) }
    return (status.st_mode & S_IFMT, Int(status.st_size))
  }

  private static func failure(_ what: String, _ code: Int32) -> TrackingError {
    TrackingError(.internalError, "\(what) cannot be written: \(systemReason(code))")
  }
}
