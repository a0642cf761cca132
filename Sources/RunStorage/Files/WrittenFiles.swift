import Foundation
import Synchronization
import Tracking

/// The files that this process has written for its runs, to notice when somebody takes them away.
final class WrittenFiles: Sendable {
  /// One of them.
  struct File: Sendable {
    let path: String
    let run: RunID
    let bytes: Int

    var isThere: Bool { LostFiles.size(of: path) == Int64(bytes) }
  }

  private let files = Mutex<[File]>([])

  func add(_ path: String, of run: RunID, bytes: Int) {
    files.withLock { $0.append(File(path: path, run: run, bytes: bytes)) }
  }

  /// Those that are no longer there.
  ///
  /// - Parameter latestOnly: looks at the last one alone.
  func missing(latestOnly: Bool) -> [File] {
    let all = files.withLock { $0 }
    return all.suffix(latestOnly ? 1 : all.count).filter { !$0.isThere }
  }
}
