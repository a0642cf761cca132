import Foundation
import Synchronization

/// Tells whether the process was stopped and goes on, as after Ctrl-Z and `fg`.
final class Resumption {
  /// How often any process of ours has gone on; a signal's handler may do no more than count.
  private static let count = Atomic<Int>(0)
  private static let isWatched = Atomic<Bool>(false)
  private var seen: Int

  /// Begins to look.
  init() {
    seen = Self.count.load(ordering: .relaxed)
    guard !Self.isWatched.exchange(true, ordering: .relaxed) else { return }
    signal(SIGCONT) { _ in Resumption.count.wrappingAdd(1, ordering: .relaxed) }
  }

  /// Whether it has happened since the last time that was asked.
  var hasHappened: Bool {
    let now = Self.count.load(ordering: .relaxed)
    defer { seen = now }
    return now != seen
  }
}
