import Foundation
import Machine
import Runs
import Synchronization
import Tracking

/// Writes one segment: what runs tell is gathered, and brought to the disk as a block a few times a second.
///
/// A state takes its name only after all that was told before it is there. Where the disk is full or does
/// not answer it waits and tries again; training goes on meanwhile.
final class SegmentWriter: Sendable {
  private let descriptor: Int32
  private let path: String
  private let say: @Sendable (String) -> Void
  private let stop: StopSignal
  private let state = Mutex(State())
  private let condition = MonotonicCondition()

  private struct State {
    var encoder = SegmentEncoder()
    var records = Data()
    var states: [String: @Sendable () throws -> Void] = [:]
    /// The bytes that are on the disk.
    var end = 0
    /// Why it waits for the disk, as far as that was said.
    var said: Int32 = 0
    /// Since when it waits though the task is to leave.
    var leaving: ContinuousClock.Instant?
    var failure: LabbookError?
    var isEnding = false
    var hasEnded = false
    /// Counts what was handed over and what is on the disk.
    var handed = 0
    var done = 0
  }

  /// Seconds between two blocks, and between two signs of life.
  private static let (blockSeconds, aliveSeconds) = (0.2, 5.0)
  /// So long it tries again when the task is to leave.
  private static let leavingSeconds = 10.0
  /// What may wait for the disk before those who tell wait too.
  private static let mostBytes = 256 << 20

  /// Makes the segment of a task's next attempt.
  ///
  /// - Throws: `LabbookError` where it cannot be made.
  ///
  /// - Parameters:
  ///   - stop: whether the task is to leave.
  ///   - say: tells people something.
  init(
    _ folder: PlanFolder, task: Int, _ stop: StopSignal, say: @escaping @Sendable (String) -> Void
  ) throws(LabbookError) {
    (self.stop, self.say) = (stop, say)
    (descriptor, path, attempt) = try Self.open(folder, task, stop, say)
  }

  /// Makes the file, and waits where the disk is full or away.
  private static func open(
    _ folder: PlanFolder, _ task: Int, _ stop: StopSignal, _ say: (String) -> Void
  ) throws(LabbookError) -> (Int32, String, Int) {
    var isSaid = false
    var attempt = 1 + (folder.segmentNames().filter { $0.task == task }.map(\.attempt).max() ?? 0)
    while true {
      let path = folder.segments + "/" + SegmentName(task: task, attempt: attempt).description
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let file = Glibc.open(path, flags, 0o600)
      if file >= 0 { return (file, path, attempt) }
      let reason = errno
      if reason == EEXIST {
        attempt += 1
        continue
      }
      guard PlanFile.mayPass(reason), !stop.isRaised, !folder.isOver else {
        throw .failure("'\(path)' cannot be written: \(systemReason(reason))")
      }
      if !isSaid { say(triedAgain(path, reason)) }
      isSaid = true
      usleep(500_000)
    }
  }

  deinit { close(descriptor) }

  /// Which attempt of its task writes.
  let attempt: Int

  /// Begins to write on a thread of its own.
  func start(_ threads: ThreadMaker = .system) throws(LabbookError) -> WorkThread {
    try WorkThread("labbook.segment", stackBytes: 1 << 20, by: threads) { [self] in work() }
  }

  /// Adds a record.
  func add(_ record: SegmentRecord) {
    condition.lock()
    while state.withLock({ $0.records.count > Self.mostBytes && $0.failure == nil }) {
      condition.wait()
    }
    state.withLock { state in
      if state.failure != nil { return }
      do {
        try state.encoder.encode(record, into: &state.records)
        state.handed += 1
      } catch {
        state.failure = .failure("a record cannot be written: \(error)")
      }
    }
    condition.unlock()
  }

  /// Does something once all that was added before is on the disk; of what was asked for a run the last
  /// counts.
  func after(_ key: String, _ action: @escaping @Sendable () throws -> Void) {
    state.withLock {
      $0.states[key] = action
      $0.handed += 1
    }
  }

  /// What keeps it from writing, for ever.
  var failure: LabbookError? { state.withLock { $0.failure } }

  /// Waits until all that was added is on the disk.
  func flush() {
    condition.lock()
    let wanted = state.withLock { $0.handed }
    while state.withLock({ $0.done < wanted && !$0.hasEnded && $0.failure == nil }) {
      condition.broadcast()
      condition.wait()
    }
    condition.unlock()
  }

  /// Writes all that was added and ends the thread.
  func finish() {
    condition.lock()
    state.withLock { $0.isEnding = true }
    condition.broadcast()
    condition.unlock()
  }

  private func work() {
    var lastSign = ContinuousClock.now
    while true {
      condition.lock()
      if !state.withLock({ $0.isEnding }) {
        _ = condition.wait(seconds: Self.blockSeconds)
      }
      condition.unlock()
      if ContinuousClock.now - lastSign > .seconds(Self.aliveSeconds) {
        lastSign = .now
        add(.note(.alive))
      }
      let (records, states, handed, isEnding) = state.withLock { state in
        defer {
          state.records = Data()
          state.states = [:]
        }
        return (state.records, state.states, state.handed, state.isEnding)
      }
      if !records.isEmpty { write(SegmentBlock.encoded(records)) }
      for action in states.values where failure == nil {
        do { try action() } catch {
          let why = "no checkpoint: \(error)"
          say(why)
        }
      }
      condition.lock()
      state.withLock {
        $0.done = handed
        if isEnding { $0.hasEnded = true }
      }
      condition.broadcast()
      condition.unlock()
      if isEnding { return }
    }
  }

  /// Writes a block, whatever time the disk needs.
  ///
  /// Where the disk says only at the end that it had no room, nobody knows what of the block is there: it is
  /// written once more, at its place.
  private func write(_ block: Data) {
    let end = state.withLock { $0.end }
    while !put(block, at: end) || fdatasync(descriptor) != 0 {
      let reason = errno
      if reason != EINTR, !wait(for: reason) { return }
    }
    let wasWaiting = state.withLock { state in
      defer { state.said = 0 }
      state.end = end + block.count
      return state.said != 0
    }
    if wasWaiting { say("'\(path)' is written again") }
  }

  private static func triedAgain(_ path: String, _ reason: Int32) -> String {
    "'\(path)' cannot be written, and is tried again: \(systemReason(reason))"
  }

  private func put(_ block: Data, at end: Int) -> Bool {
    var done = 0
    while done < block.count {
      let start = done
      let count = block.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start, off_t(end + start))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Waits where a disk is full or away for a while; `false` where it never answers again, or the task is to
  /// leave.
  private func wait(for reason: Int32) -> Bool {
    let isForGood = !PlanFile.mayPass(reason)
    let isToLeave = stop.isRaised
    let (isOver, isNews) = state.withLock { state in
      if isToLeave, state.leaving == nil { state.leaving = ContinuousClock.now }
      let isLate =
        state.leaving.map { ContinuousClock.now - $0 > .seconds(Self.leavingSeconds) } ?? false
      if isForGood || isLate {
        state.failure = .failure("'\(path)' cannot be written: \(systemReason(reason))")
      }
      defer { state.said = reason }
      return (isForGood || isLate, state.said != reason)
    }
    if isOver { return false }
    if isNews { say(Self.triedAgain(path, reason)) }
    usleep(500_000)
    return true
  }
}
