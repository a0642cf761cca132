import Foundation
import Runs
import Tracking

/// From where a run of a program is started: its own folder, or a copy of it.
struct ProgramSource {
  private let program: ProgramRun
  /// What the key was made of: SHA-256 by path.
  private let known: [String: String]
  private let snapshots: ProgramSnapshots?

  init(_ program: ProgramRun, _ known: [String: String], _ snapshots: ProgramSnapshots?) {
    (self.program, self.known) = (program, known)
    self.snapshots = program.handling.isSnapshot == true ? snapshots : nil
  }

  /// The folder in which it works, absolute.
  ///
  /// - Throws: `LabbookError` where no copy can be made.
  func folder() throws(LabbookError) -> String {
    if let snapshots { return try snapshots.place(of: program, known) }
    let folder = program.handling.folder
    return URL(fileURLWithPath: folder.isEmpty ? "." : folder).standardizedFileURL.path
  }

  /// Which file is no longer what the key was made of; `nil` where all are.
  ///
  /// - Parameter words: what is said of it behind its name.
  func problem(_ contents: ProgramContents, _ words: String) -> String? {
    if known.isEmpty { return nil }
    let copy: String?
    do throws(LabbookError) { copy = try snapshots == nil ? nil : folder() } catch {
      return error.message
    }
    let inputs = Set(program.handling.inputs ?? [])
    let changed = contents.changed(known) { path in
      guard let copy, !inputs.contains(path) else { return program.path(of: path) }
      return copy + "/" + path
    }
    guard let first = changed.first else { return nil }
    let others = changed.count == 1 ? "" : " and \(changed.count - 1) more"
    return "\(first)\(others) \(words)"
  }
}
