import Glibc
import Synchronization

/// The programs at work, so that they end when this process is told to end.
public enum EndingPrograms {
  private static let places = 256

  /// The group of each program, 0 where a place is free: what a handler of signals may read.
  private nonisolated(unsafe) static let groups: UnsafeMutablePointer<Atomic<Int32>> = {
    let groups = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: places)
    for place in 0..<places { (groups + place).initialize(to: Atomic(0)) }
    return groups
  }()

  /// Ends every program at work; a handler of signals may call it once `prepare` was called.
  public static func endAll() {
    for place in 0..<places {
      let group = groups[place].load(ordering: .acquiring)
      if group > 0 { kill(-group, SIGKILL) }
    }
  }

  /// Makes what `endAll` needs.
  public static func prepare() { _ = groups }

  static func add(_ group: pid_t) {
    for place in 0..<places
    where groups[place].compareExchange(
      expected: 0, desired: group, ordering: .acquiringAndReleasing
    ).exchanged {
      break
    }
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { endPrograms(at: signal) }
  }

  static func remove(_ group: pid_t) {
    for place in 0..<places {
      _ = groups[place].compareExchange(
        expected: group, desired: 0, ordering: .acquiringAndReleasing)
    }
  }

  /// Lets a signal that would end this process end the programs first; one that is handled or
  /// ignored stays as it is.
  private static func endPrograms(at signal: Int32) {
    var before = sigaction()
    guard sigaction(signal, nil, &before) == 0,
      before.__sigaction_handler.sa_handler == nil, before.sa_flags & SA_SIGINFO == 0
    else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      EndingPrograms.endAll()
      Glibc.signal(signal, SIG_DFL)
      raise(signal)
    }
    sigaction(signal, &action, nil)
    // A parent that starts programs from a thread of a pool hands down a mask that blocks it.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}
