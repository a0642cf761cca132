import Glibc

/// What the kernel tells of changes in folders (inotify).
final class FolderEvents {
  /// What happened to one name of a folder, or to the folder itself.
  struct Event {
    /// The folder, as it was asked for.
    let folder: String
    /// The name in it; empty where the folder itself is meant.
    let name: String
    let kind: Kind
  }

  enum Kind {
    /// A writer has closed the file, or it took its name when it was whole.
    case isWhole
    /// It is being written, was made, or has gone.
    case isChanging
    /// The folder is no longer the one that was asked for.
    case isLost
    /// More happened than could be told.
    case isUnknown
  }

  /// Readable where something happened; `-1` where the kernel tells nothing.
  let descriptor: Int32
  private var folders: [Int32: String] = [:]
  private var numbers: [String: Int32] = [:]

  init() { descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static let whole = UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO)
  private static let changing =
    UInt32(IN_MODIFY) | UInt32(IN_CREATE) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE)
    | UInt32(IN_ATTRIB)
  private static let lost =
    UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_UNMOUNT) | UInt32(IN_IGNORED)

  /// Asks for what happens in a folder; whether the kernel will tell.
  func add(_ folder: String) -> Bool {
    guard descriptor >= 0 else { return false }
    let number = inotify_add_watch(
      descriptor, folder,
      Self.whole | Self.changing | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)
        | UInt32(IN_ONLYDIR))
    guard number >= 0 else { return false }
    // A folder that another name led to already is told by that name.
    if let other = folders[number], other != folder { numbers[other] = nil }
    folders[number] = folder
    numbers[folder] = number
    return true
  }

  /// No longer asks for a folder.
  func remove(_ folder: String) {
    guard let number = numbers.removeValue(forKey: folder) else { return }
    folders[number] = nil
    inotify_rm_watch(descriptor, number)
  }

  /// What happened since the last call.
  func take() -> [Event] {
    guard descriptor >= 0 else { return [] }
    var events: [Event] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return events }
      bytes.withUnsafeBytes { bytes in
        var place = 0
        let head = MemoryLayout<inotify_event>.size
        while place + head <= count {
          let event = bytes.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
          let name = bytes[place + head..<place + head + Int(event.len)].prefix { $0 != 0 }
          note(event.wd, event.mask, String(decoding: name, as: UTF8.self), &events)
          place += head + Int(event.len)
        }
      }
    }
  }

  private func note(_ number: Int32, _ mask: UInt32, _ name: String, _ events: inout [Event]) {
    if mask & UInt32(IN_Q_OVERFLOW) != 0 {
      events.append(Event(folder: "", name: "", kind: .isUnknown))
    }
    guard let folder = folders[number] else { return }
    if mask & Self.lost != 0 {
      remove(folder)
      events.append(Event(folder: folder, name: "", kind: .isLost))
    } else if mask & Self.whole != 0 {
      events.append(Event(folder: folder, name: name, kind: .isWhole))
    } else if mask & Self.changing != 0 {
      events.append(Event(folder: folder, name: name, kind: .isChanging))
    }
  }
}
