import Foundation
import Machine
import Tracking

/// Work that is done one after the other, on a thread that is there only while there is some.
final class LiveQueue: @unchecked Sendable {
  private let condition = NSCondition()

  // Of who holds the condition.
  private var waiting: [@Sendable () -> Void] = []
  private var later: (due: Date, work: @Sendable () -> Void)?
  private var isRunning = false

  /// Does this as soon as what was added before is done.
  ///
  /// - Throws: `LabbookError` where no thread can be made; the work is not done then.
  func add(_ work: @escaping @Sendable () -> Void) throws(LabbookError) {
    condition.lock()
    defer { condition.unlock() }
    if !isRunning {
      _ = try WorkThread("labbook.live") { [self] in run() }
      isRunning = true
    }
    waiting.append(work)
    condition.signal()
  }

  /// Does this after a while; called by work that is being done, of which the last word counts.
  func add(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
    condition.lock()
    later = (Date(timeIntervalSinceNow: delay / .seconds(1)), work)
    condition.unlock()
  }

  /// What work finds out, which is waited for.
  ///
  /// - Throws: as `add` does.
  func answer(_ work: @escaping @Sendable () -> Int) throws(LabbookError) -> Int {
    let found = Answer()
    try add { found.tell(work()) }
    return found.wait()
  }

  private func run() {
    while let work = next() { work() }
  }

  private func next() -> (@Sendable () -> Void)? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty {
      guard let later else {
        isRunning = false
        return nil
      }
      if later.due <= Date() {
        self.later = nil
        return later.work
      }
      _ = condition.wait(until: later.due)
    }
    return waiting.removeFirst()
  }

  private final class Answer: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: Int?

    func tell(_ value: Int) {
      condition.lock()
      self.value = value
      condition.broadcast()
      condition.unlock()
    }

    func wait() -> Int {
      condition.lock()
      defer { condition.unlock() }
      while true {
        if let value { return value }
        condition.wait()
      }
    }
  }
}
