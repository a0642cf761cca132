import Foundation
import Machine
import Synchronization

/// Says to everything that is being trained that it is to end before its next update: Ctrl-C, `kill`, or
/// work that cannot go on.
///
/// A training reads it at every update through its `RunControl`, without a lock.
public final class StopSignal: Sendable {
  private let raised = Atomic<Bool>(false)

  /// Makes a signal that is not raised.
  public init() {}

  /// Whether the work is to end.
  public var isRaised: Bool {
    raised.load(ordering: .relaxed) || interruptions.load(ordering: .relaxed) > 0
  }

  /// Ends the work.
  public func raise() { raised.store(true, ordering: .relaxed) }
}

/// How often the user has asked the process to end.
private let interruptions = Atomic<Int>(0)

/// Ctrl-C, Ctrl-\, `kill` and a terminal that goes away while runs are trained.
package enum Interruption {
  /// Calls `body`; the first such signal within it raises every `StopSignal`, the second one ends the
  /// process at once with status 130.
  ///
  /// Under `nohup` a terminal may go away.
  package static func caught<Value>(_ body: () throws -> Value) rethrows -> Value {
    // Both also make their globals before a signal comes.
    interruptions.store(0, ordering: .relaxed)
    EndingPrograms.prepare()
    let before = [SIGINT, SIGTERM, SIGQUIT, SIGHUP].map { (number: $0, action: install($0)) }
    defer { for (number, action) in before { restore(number, action) } }
    return try body()
  }

  private static func install(_ number: Int32) -> sigaction {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if interruptions.wrappingAdd(1, ordering: .relaxed).oldValue >= 1 {
        EndingPrograms.endAll()
        _exit(130)
      }
    }
    action.sa_flags = SA_RESTART
    var before = sigaction()
    sigaction(number, &action, &before)
    if number == SIGHUP, isIgnored(before) { restore(number, before) }
    unblock(number)
    return before
  }

  /// A parent that starts programs from a thread of a pool hands down a mask that blocks it.
  private static func unblock(_ number: Int32) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func restore(_ number: Int32, _ before: sigaction) {
    var action = before
    sigaction(number, &action, nil)
  }
}
