import Foundation
import Machine
import Synchronization
import Tracking

/// The right of one machine to a store on a network file system, kept as long as the store is open.
///
/// Locks may hold on one machine alone there, so a file beside the store names the machine that has it. All
/// processes of that machine share it, hold a byte of it (locks of one machine are sure), and write a sign
/// of life into it every few seconds; the last one removes it. Another machine watches the signs and is
/// told who has the store. What a machine that died leaves is removed by whoever knows that it is off, or
/// by the same machine after its next start.
final class StoreLease: Sendable {
  private let store: String
  private let file: LeaseFile
  private let sharing: StoreSharing
  private let since = Timestamp.now()
  private let state = Mutex(State())
  private let end = LeaseEnd()

  private struct State {
    var descriptor: Int32 = -1
    var signs = 0
    var renewed = ContinuousClock.now
  }

  /// Takes the lease of a store.
  ///
  /// - Throws: `LabbookError` that names the machine which has it.
  init(_ store: String, _ sharing: StoreSharing) throws {
    self.store = store
    self.sharing = sharing
    file = LeaseFile(path: Self.path(of: store))
    try state.withLock { state in try take(&state) }
    _ = try WorkThread("labbook.lease", stackBytes: 1 << 20) {
      [weak self, end, seconds = sharing.renewalSeconds] in
      while !end.comes(within: seconds) { self?.renew() }
    }
  }

  deinit { release() }

  /// The file by which one machine at a time has a store.
  static func path(of store: String) -> String { StorePlace.real(store) + ".host" }

  /// Checks that no other machine has a store, for a process that writes nothing to it.
  ///
  /// - Throws: `LabbookError` that names the machine which has it.
  static func examine(_ store: String, _ sharing: StoreSharing) throws {
    let file = LeaseFile(path: path(of: store))
    while let content = try file.read() {
      let sign = LeaseFile.sign(content)
      if sign?.host.shares(with: sharing.host) ?? false { return }
      if case .abandoned = try LeaseWatch(store, file, sharing).outcome(content) { return }
    }
  }

  /// Takes it, or shares it with other processes of this machine.
  private func take(_ state: inout State) throws {
    for _ in 0..<Self.mostTries {
      if let descriptor = try file.open(O_RDWR) {
        if try join(descriptor, &state) { return }
        close(descriptor)
      } else if let descriptor = try file.make() {
        if try keep(descriptor, &state) { return }
        close(descriptor)
      }
    }
    throw LabbookError.failure(
      "'\(file.path)' comes and goes, or is never the file that was opened",
      hint: "keep the store on a local disk, with LABBOOK_RUNS for a folder that others see")
  }

  /// So often it is looked at anew: others come and go, but not for ever.
  private static let mostTries = 1000

  /// Joins those who have it; false where it is to be looked at anew.
  private func join(_ descriptor: Int32, _ state: inout State) throws -> Bool {
    let content = LeaseFile.content(of: descriptor)
    if let sign = LeaseFile.sign(content), sign.host.shares(with: sharing.host) {
      return try keep(descriptor, &state)
    }
    do {
      guard case .abandoned = try LeaseWatch(store, file, sharing).outcome(content) else {
        return false
      }
    } catch {
      close(descriptor)
      throw error
    }
    guard try keep(descriptor, &state) else { return false }
    // Another machine may have done the same: the last one stands there.
    usleep(UInt32(sharing.renewalSeconds * 1e6))
    if isNamed { return true }
    state.descriptor = -1
    return false
  }

  /// Writes that this machine has it; false where the file is no longer the one of its name.
  private func keep(_ descriptor: Int32, _ state: inout State) throws -> Bool {
    if case .refused(let reason) = OpenFileLock.ask(
      descriptor, OpenFileLock.presence, .sharedWaiting)
    {
      close(descriptor)
      throw LabbookError.noLocks(file.path, reason)
    }
    // Its last user may have removed it between the two calls.
    guard OpenFileLock.isFile(descriptor, at: file.path) else { return false }
    do { try sign(descriptor, &state) } catch {
      close(descriptor)
      throw error
    }
    if state.descriptor >= 0, state.descriptor != descriptor { close(state.descriptor) }
    state.descriptor = descriptor
    return true
  }

  private func sign(_ descriptor: Int32, _ state: inout State) throws(LabbookError) {
    state.signs += 1
    try file.write(
      LeaseSign(
        host: sharing.host, process: getpid(), since: since,
        sign: state.signs << 16 | Int.random(in: 0..<(1 << 16))), to: descriptor)
    state.renewed = .now
  }

  /// Whether the file names this machine.
  private var isNamed: Bool {
    guard let content = try? file.read(), let sign = LeaseFile.sign(content) else { return false }
    return sign.host.shares(with: sharing.host)
  }

  /// Writes a sign of life; where that fails the next write to the store asks anew.
  private func renew() {
    state.withLock { state in
      guard state.descriptor >= 0, isNamed, OpenFileLock.isFile(state.descriptor, at: file.path)
      else {
        state.renewed = ContinuousClock.now - .seconds(10 * sharing.renewalSeconds)
        return
      }
      try? sign(state.descriptor, &state)
    }
  }

  /// Checks before something is written that this machine still has it, where it slept, was cut off, or
  /// somebody removed the file.
  ///
  /// - Throws: `LabbookError` that names the machine which has it now.
  func check() throws {
    try state.withLock { state in
      if ContinuousClock.now - state.renewed < .seconds(2 * sharing.renewalSeconds) { return }
      try take(&state)
    }
  }

  /// Gives it back; the last process of this machine removes the file.
  func release() {
    end.come()
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      if OpenFileLock.take(state.descriptor, OpenFileLock.presence, .exclusive),
        OpenFileLock.isFile(state.descriptor, at: file.path), isNamed
      {
        unlink(file.path)
      }
      close(state.descriptor)
      state.descriptor = -1
    }
  }
}

/// Ends a thread that waits.
private final class LeaseEnd: Sendable {
  private let condition = MonotonicCondition()
  private let hasCome = Atomic(false)

  func come() {
    hasCome.store(true, ordering: .relaxed)
    condition.withLock { condition.broadcast() }
  }

  func comes(within seconds: Double) -> Bool {
    condition.withLock {
      if !hasCome.load(ordering: .relaxed) { _ = condition.wait(seconds: seconds) }
      return hasCome.load(ordering: .relaxed)
    }
  }
}
