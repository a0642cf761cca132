import Foundation

/// The locks of Linux on single bytes of an open file.
///
/// They belong to the open file, not to the process, and go when its last descriptor closes.
enum OpenFileLock {
  enum Mode {
    case exclusive, sharedWaiting
  }

  /// What came of asking for a lock.
  enum Answer: Equatable {
    case taken
    /// Somebody else has it.
    case held
    /// The file system gives none, for this reason.
    case refused(Int32)
  }

  private static let get: Int32 = 36  // F_OFD_GETLK
  private static let set: Int32 = 37  // F_OFD_SETLK
  private static let setWaiting: Int32 = 38  // F_OFD_SETLKW

  static func byte(_ row: Int64) -> off_t { off_t(row) }

  /// Whoever has a file open shares this byte, so that nobody removes it meanwhile.
  static let presence: off_t = 1 << 62

  static func ask(_ descriptor: Int32, _ byte: off_t, _ mode: Mode) -> Answer {
    var lock = range(byte, mode == .exclusive ? F_WRLCK : F_RDLCK)
    while fcntl(descriptor, mode == .exclusive ? set : setWaiting, &lock) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      return reason == EAGAIN || reason == EACCES ? .held : .refused(reason)
    }
    return .taken
  }

  static func take(_ descriptor: Int32, _ byte: off_t, _ mode: Mode) -> Bool {
    ask(descriptor, byte, mode) == .taken
  }

  static func free(_ descriptor: Int32, _ byte: off_t) {
    var lock = range(byte, F_UNLCK)
    _ = fcntl(descriptor, set, &lock)
  }

  static func isTaken(_ descriptor: Int32, _ byte: off_t) -> Bool {
    var lock = range(byte, F_WRLCK)
    return fcntl(descriptor, get, &lock) != 0 || lock.l_type != Int16(F_UNLCK)
  }

  private static func range(_ byte: off_t, _ type: Int32) -> flock {
    var lock = flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = byte
    lock.l_len = 1
    return lock
  }

  /// Whether a name still leads to an open file.
  static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var mine = stat()
    var named = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }
}
