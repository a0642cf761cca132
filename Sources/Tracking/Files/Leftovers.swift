import Foundation
import Synchronization

/// What killed processes left under names of ours.
package enum Leftovers {
  private static let prefix = ".labbook-"
  private static let suffix = ".part"
  private static let looked = Mutex<Set<String>>([])

  /// A name that nobody else draws: `.labbook-<16 digits>.part`.
  static func newName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return prefix + String(repeating: "0", count: 16 - digits.count) + digits + suffix
  }

  /// Removes what was left in a folder, the first time that this process makes something there.
  static func removeOnce(in folder: String) {
    guard looked.withLock({ $0.insert(folder).inserted }) else { return }
    remove(in: folder)
  }

  /// Removes files and folders that carry a name of ours, belong to this user and have no living owner.
  package static func remove(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names {
      if isOurs(name) {
        removeAbandoned("\(folder)/\(name)")
      } else if isEarlier(name) {
        removeAbandoned("\(folder)/\(name)", olderThan: day)
      }
    }
  }

  /// Removes one of ours, a folder with all that is in it, following no link.
  static func remove(_ path: String, isFolder: Bool) {
    if isFolder { try? FileManager.default.removeItem(atPath: path) } else { unlink(path) }
  }

  /// Whether a path still leads to an open file.
  static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var mine = stat()
    var named = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }

  private static func isOurs(_ name: String) -> Bool {
    name.utf8.count == prefix.utf8.count + 16 + suffix.utf8.count && name.hasPrefix(prefix)
      && name.hasSuffix(suffix)
      && name.dropFirst(prefix.count).dropLast(suffix.count)
        .allSatisfy { "0123456789abcdef".contains($0) }
  }

  /// A name that version 0.1.0 drew, which held no lock: `.labbook-<UUID>.part`.
  private static func isEarlier(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.hasSuffix(suffix)
      && UUID(uuidString: String(name.dropFirst(prefix.count).dropLast(suffix.count))) != nil
  }

  /// Seconds after which nobody is still writing a file.
  private static let day = 86_400

  private static func removeAbandoned(_ path: String, olderThan seconds: Int? = nil) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return }
    if let seconds, time(nil) - status.st_mtim.tv_sec < seconds { return }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return }
    let isFolder = kind == S_IFDIR
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (isFolder ? O_DIRECTORY : 0)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // A living owner has the lock.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isSame(descriptor, path) else { return }
    remove(path, isFolder: isFolder)
  }
}
