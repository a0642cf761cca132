import Foundation
import Synchronization
import Tracking

/// A folder beside those of the runs, in which files are written before they become a run's.
///
/// It is locked for as long as its process lives, so that another process knows what a killed one has left,
/// and removes it.
public final class UploadFolder: Sendable {
  private let runsFolder: String
  private let name = prefix + RunID().description
  private let descriptor = Mutex<Int32>(-1)

  static let prefix = "uploads."

  /// Names the folder of a store; nothing is made yet.
  public init(_ store: RunStore) { runsFolder = store.runsFolder }

  deinit {
    let open = descriptor.withLock { $0 }
    guard open >= 0 else { return }
    rmdir(path)
    close(open)
  }

  private var path: String { runsFolder + "/" + name }

  /// The path of the folder, made where it is not there.
  ///
  /// - Throws: `LabbookError` where it cannot be made.
  public func made() throws(LabbookError) -> String {
    let reason: Int32? = descriptor.withLock { descriptor in
      if descriptor >= 0, FileIdentity.isFolder(path) { return nil }
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
      mkdir(runsFolder, 0o777)
      guard FileIdentity.isFolder(runsFolder) else { return ENOTDIR }
      Self.removeAbandoned(in: runsFolder)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { return errno }
      descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { return errno }
      flock(descriptor, LOCK_EX | LOCK_NB)
      return nil
    }
    if let reason {
      throw .failure("the folder '\(path)' cannot be made: \(systemReason(reason))")
    }
    return path
  }

  /// Removes the folders of processes that are no more, with the files in them.
  static func removeAbandoned(in runsFolder: String) {
    for name in RunFolder.names(runsFolder) ?? [] where name.hasPrefix(prefix) {
      let folder = runsFolder + "/" + name
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      for file in RunFolder.names("/proc/self/fd/\(descriptor)") ?? [] {
        unlinkat(descriptor, file, 0)
      }
      rmdir(folder)
    }
  }
}
