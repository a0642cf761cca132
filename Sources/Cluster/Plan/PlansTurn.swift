import Foundation
public import Tracking

/// The turn of one process at the plans of a store, which ends with the process, however that ends.
///
/// Two that hand over or take in at a time would do it twice.
public final class PlansTurn: Sendable {
  private let descriptor: Int32

  /// Takes the turn, and waits for it where another process has it.
  ///
  /// - Parameters:
  ///   - runsFolder: the folder of the store's runs.
  ///   - waits: is told once that another process has it.
  /// - Throws: `LabbookError` where the folder cannot be written.
  public init(_ runsFolder: String, waits: () -> Void) throws(LabbookError) {
    let home = runsFolder + "/" + PlanFolder.home
    try? FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let path = home + "/.turn"
    let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw .failure("'\(path)' cannot be made: \(systemReason(errno))")
    }
    descriptor = file
    var isTold = false
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      // A file system without locks: nobody else can be waited for.
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      if !isTold { waits() }
      isTold = true
      usleep(200_000)
    }
  }

  deinit { close(descriptor) }
}
