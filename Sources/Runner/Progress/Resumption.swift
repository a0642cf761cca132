import Foundation
import Synchronization

/// Tells whether the process was stopped and goes on, as after Ctrl-Z and `fg`.
final class Resumption {
  /// How often any process of ours has gone on; a signal's handler may do no more than count.
  private static let count = Atomic<Int>(0)
  private static let isWatched = Atomic<Bool>(false)
  private var seen: Int
  private var asked: ContinuousClock.Instant?

  /// Begins to look.
  init() {
    seen = Self.count.load(ordering: .relaxed)
    guard !Self.isWatched.exchange(true, ordering: .relaxed) else { return }
    signal(SIGCONT) { _ in Resumption.count.wrappingAdd(1, ordering: .relaxed) }
  }

  /// Whether it has happened since the last time that was asked, which is often.
  ///
  /// The signal's handler may run on another thread, and later than this one: where nobody has asked for
  /// a while it is waited for a moment, and after a second it is taken for granted.
  var hasHappened: Bool {
    let now = ContinuousClock.now
    let silence = asked.map { now - $0 } ?? .zero
    if silence > .milliseconds(300) { usleep(50_000) }
    let count = Self.count.load(ordering: .relaxed)
    defer { (seen, asked) = (count, ContinuousClock.now) }
    return count != seen || silence > .seconds(1)
  }
}
