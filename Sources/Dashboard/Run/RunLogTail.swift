import Foundation
import RunStorage
import Runs
import Tracking

/// The end of what a run's program has printed, wherever it lies: in the store, among the run's files,
/// or in the folder of a program at work.
struct RunLogTail {
  /// The text, line by line as a terminal would leave each.
  let text: String
  /// Whether more stands before it.
  let isCut: Bool
  /// How many bytes all have together.
  let bytes: Int

  /// So much of the end is shown.
  static let most = 64 * 1024

  /// `nil` where the run has no log.
  init?(_ run: RunRecord, _ artifacts: [ArtifactRecord], in store: RunStore) throws {
    guard let source = try Self.source(run.id, artifacts.map(\.name), store) else { return nil }
    let data: Data
    switch source {
    case .bytes(let all):
      bytes = all.count
      data = all.suffix(Self.most)
    case .file(let path, let size):
      bytes = size
      guard let file = FileHandle(forReadingAtPath: path) else { return nil }
      defer { try? file.close() }
      if size > Self.most { try file.seek(toOffset: UInt64(size - Self.most)) }
      data = try file.read(upToCount: Self.most) ?? Data()
    }
    isCut = bytes > data.count
    text = Self.shown(data, isCut: isCut)
  }

  /// Where the last attempt's output is; `nil` where there is none.
  static func source(
    _ run: RunID, _ names: [String], _ store: RunStore
  ) throws -> ArtifactSource? {
    if names.contains(RunFile.output) {
      return try store.source(ofArtifact: RunFile.output, of: run)
    }
    let folder = store.programFolder(of: run)
    var last: ArtifactSource?
    for attempt in 1... {
      let path = folder + "/output.\(attempt)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { break }
      last = .file(path: path, bytes: Int(status.st_size))
    }
    return last
  }

  /// Bytes as a terminal would leave them, without a first line that is not whole.
  static func shown(_ data: Data, isCut: Bool) -> String {
    var data = data
    if isCut, let end = data.firstIndex(of: UInt8(ascii: "\n")) {
      data = data[data.index(after: end)...]
    }
    return TerminalOutput.text(data)
  }
}
