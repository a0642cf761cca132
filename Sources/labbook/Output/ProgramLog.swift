import Foundation
import RunStorage
import Runs
import Tracking

/// What a run's program has printed, wherever it lies: in the store, among the run's files, or in the
/// folder of a program at work.
struct ProgramLog {
  private let run: RunRecord
  private let store: RunStore

  init(_ run: RunRecord, in store: RunStore) {
    self.run = run
    self.store = store
  }

  /// Prints it, line by line as a terminal would leave each.
  ///
  /// - Parameter isFollowed: goes on as long as the run is trained.
  /// - Throws: `LabbookError` where there is none.
  func show(isFollowed: Bool) throws {
    let names = try store.artifacts(of: run.id).map(\.name)
    if names.contains(RunFile.output) {
      for attempt in 1... {
        let name = "output.\(attempt).txt"
        guard names.contains(name) else { break }
        print(try store.artifact(name, of: run.id))
      }
      return print(try store.artifact(RunFile.output, of: run.id))
    }
    let folder = store.programFolder(of: run.id)
    guard FileManager.default.fileExists(atPath: folder + "/output.1") else {
      throw LabbookError.input(
        "run \(run.id.short) has no log", hint: "only runs of outside programs have one")
    }
    var attempt = 1
    while FileManager.default.fileExists(atPath: folder + "/output.\(attempt)") {
      follow(folder + "/output.\(attempt)", isFollowed: isFollowed)
      attempt += 1
    }
  }

  private func follow(_ path: String, isFollowed: Bool) {
    guard let file = FileHandle(forReadingAtPath: path) else { return }
    defer { try? file.close() }
    var rest = Data()
    while true {
      let isAtWork = isFollowed && store.isTrained(run.id)
      while let data = try? file.read(upToCount: 1 << 20), !data.isEmpty {
        rest += data
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
        print(Data(rest[...end]))
        rest = Data(rest[rest.index(after: end)...])
      }
      try? StandardOutput.finish()
      if !isAtWork { break }
      usleep(100_000)
    }
    if !rest.isEmpty { print(rest) }
  }

  /// Prints bytes as text; of a line that is written over again by carriage returns its last state.
  private func print(_ bytes: Data) {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\r").last ?? ""
    }
    labbook.print(lines.joined(separator: "\n"), terminator: text.hasSuffix("\n") ? "" : "\n")
  }
}
