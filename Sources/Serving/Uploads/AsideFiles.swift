import Foundation
import Synchronization

/// The files in which uploads are written aside: where they are, and how they go.
public enum AsideFiles {
  static let prefix = ".upload-"

  private struct State {
    var open: Set<String> = []
    var cleaned: Set<String> = []
  }
  private static let state = Mutex(State())

  static func began(_ path: String) { _ = state.withLock { $0.open.insert(path) } }

  static func ended(_ path: String) { _ = state.withLock { $0.open.remove(path) } }

  static func removeOnce(in folder: String) {
    if state.withLock({ $0.cleaned.insert(folder).inserted }) { removeLeft(in: folder) }
  }

  /// Removes what a killed server left in a folder; files that a server writes at this moment stay.
  public static func removeLeft(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let path = folder + "/" + name
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    }
  }

  /// Removes the files of uploads that have not ended: the server ends before them.
  public static func removeAll() {
    for path in state.withLock({ $0.open }) { unlink(path) }
  }
}
