import Foundation
import Glibc
import Runs
import Synchronization
import Tracking

/// The contents of the files that decide what programs compute; what has not been touched since it was last
/// read is not read again.
final class ProgramContents: Sendable {
  /// What the system says of a file, which an edit changes.
  private struct Stamp: Hashable {
    let device: UInt64
    let number: UInt64
    let size: Int64
    let written: [Int]
    let changed: [Int]

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
      size = Int64(status.st_size)
      written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Whether a further edit could leave it as it is, as clocks go by steps.
    var isRecent: Bool { Int(Date().timeIntervalSince1970) - changed[0] < 2 }
  }

  private let known = Mutex<[String: (stamp: Stamp, digest: String)]>([:])

  /// Names the files that are no longer what the run's key was made of; empty where all are.
  ///
  /// - Parameter place: where a file of the key lies.
  func changed(
    _ contents: [String: String], at place: (String) -> String
  ) -> [String] {
    contents.keys.sorted().filter { digest(place($0)) != contents[$0] }
  }

  /// SHA-256 of a file; `nil` where it cannot be read.
  private func digest(_ path: String) -> String? {
    guard let stamp = Stamp(path) else { return nil }
    if let found = known.withLock({ $0[path] }), found.stamp == stamp { return found.digest }
    guard
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    else { return nil }
    var digest = SHA256Digest()
    digest.update(bytes)
    let text = digest.hex()
    if !stamp.isRecent { known.withLock { $0[path] = (stamp, text) } }
    return text
  }
}
