import Glibc
import Synchronization

/// Work that several threads share.
public enum Parallel {
  /// Calls `body` with every number below `count`, on the calling thread and on others beside it, and
  /// returns when all are done.
  ///
  /// Where no thread can be made, those that there are do the work.
  ///
  /// - Parameter threads: how many work at a time, the calling one among them; by default one for
  ///   each core.
  public static func forEach(
    _ count: Int, threads: Int = cores, by maker: ThreadMaker = .system,
    _ body: @escaping @Sendable (Int) -> Void
  ) {
    let work = Countdown(count)
    let others = (1..<max(1, min(threads, count))).compactMap { number in
      try? WorkThread("labbook.part.\(number)", by: maker) { work.each(body) }
    }
    work.each(body)
    for thread in others { thread.join() }
  }

  /// The processors that this process may use.
  public static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private final class Countdown: Sendable {
    private let next = Atomic<Int>(0)
    private let count: Int

    init(_ count: Int) { self.count = count }

    func each(_ body: (Int) -> Void) {
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if number >= count { return }
        body(number)
      }
    }
  }
}
