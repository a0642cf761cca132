import Foundation
import Glibc
import Synchronization
public import Tracking

/// What the runs of one user's processes hold of a machine: a file each, locked as long as a process of the
/// run lives, so that what a dead one held is free at once.
public final class SlotTable: Sendable {
  /// A whole card, or a whole core, in the unit in which parts are counted.
  public static let whole = 1_000_000

  /// A part of one thing.
  public struct Share: Hashable, Sendable {
    /// What it is a part of.
    public let thing: String
    /// How much of it, at most `whole`.
    public let part: Int

    /// Makes a share.
    public init(_ thing: String, part: Int = SlotTable.whole) {
      self.thing = thing
      self.part = part
    }
  }

  private let folder: String
  private let number = Atomic<Int>(0)

  /// Makes a table in a folder of the user's own, such as `RuntimeFolder.path()`.
  public init(folder: String) { self.folder = folder }

  /// Takes what is chosen; `nil` where nothing is.
  ///
  /// - Parameter choose: is told how much of each thing is held, and says what is to be taken.
  /// - Throws: `LabbookError` where the folder cannot be used.
  public func take(
    _ choose: ([String: Int]) -> [Share]?
  ) throws(LabbookError) -> SlotHolder? {
    guard let guardian = try lockTable() else { return nil }
    defer { close(guardian) }
    guard let shares = choose(held()), !shares.isEmpty else { return nil }
    let count = number.add(1, ordering: .relaxed).newValue
    let stamp = UInt32.random(in: 0 ... .max)
    let path = "\(folder)/\(getpid())-\(count)-\(stamp).slot"
    let file = Self.high(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600))
    guard file >= 0 else {
      throw .failure("'\(path)' cannot be made: \(systemReason(errno))")
    }
    let text = shares.map { "\($0.part) \($0.thing)\n" }.joined()
    guard flock(file, LOCK_EX | LOCK_NB) == 0, write(file, text, text.utf8.count) == text.utf8.count
    else {
      let reason = systemReason(errno)
      unlink(path)
      close(file)
      throw .failure("'\(path)' cannot be written: \(reason)")
    }
    return SlotHolder(file, path, shares)
  }

  /// The same file under a number that is none of those a keeper gives to what it is handed.
  private static func high(_ file: Int32) -> Int32 {
    guard file >= 0 else { return file }
    defer { close(file) }
    return fcntl(file, F_DUPFD_CLOEXEC, 16)
  }

  /// Locks the table for a moment; `nil` where somebody has it for longer than that, as a process that
  /// was stopped.
  private func lockTable() throws(LabbookError) -> Int32? {
    let path = folder + "/slots.lock"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw .failure("the lock '\(path)' cannot be made: \(systemReason(errno))")
    }
    for _ in 0..<1000 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
      usleep(2_000)
    }
    close(file)
    return nil
  }

  /// How much of each thing living runs hold; what dead ones have left is removed.
  private func held() -> [String: Int] {
    var held: [String: Int] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(".slot") {
      let path = folder + "/" + name
      let file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard file >= 0 else { continue }
      defer { close(file) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        unlink(path)
        continue
      }
      for line in (FileManager.default.contents(atPath: path) ?? Data()).split(separator: 10) {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
        guard words.count == 2, let part = Int(words[0]), part >= 0, part <= Self.whole else {
          continue
        }
        held[String(words[1]), default: 0] += part
      }
    }
    return held
  }
}

/// What one run holds; it is free when this is given back and no process has its descriptor.
public final class SlotHolder: Sendable {
  /// What is held.
  public let shares: [SlotTable.Share]
  /// The descriptor of the locked file, for a keeper to hold too.
  public let descriptor: Int32
  private let path: String
  private let isGiven = Atomic(false)

  init(_ descriptor: Int32, _ path: String, _ shares: [SlotTable.Share]) {
    (self.descriptor, self.path, self.shares) = (descriptor, path, shares)
  }

  deinit { giveBack() }

  /// Frees it.
  public func giveBack() {
    guard !isGiven.exchange(true, ordering: .relaxed) else { return }
    unlink(path)
    close(descriptor)
  }
}
