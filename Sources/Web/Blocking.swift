import Foundation
import Machine
import Tracking

/// Work that waits for a disk: beside the threads on which answers are made.
public enum Blocking {
  /// Does the work on a thread that may wait.
  ///
  /// - Throws: what the work throws, or `LabbookError` where no thread can be made.
  public static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { waiting in
      do throws(LabbookError) {
        try BlockingThreads.shared.take { waiting.resume(with: Result(catching: work)) }
      } catch {
        waiting.resume(throwing: error)
      }
    }
  }
}

/// Threads that wait for disks, made where work finds none free, and kept.
private final class BlockingThreads: @unchecked Sendable {
  static let shared = BlockingThreads()

  /// More would only wait for the same disk.
  private static let most = 32

  private let condition = NSCondition()
  private var queue: [@Sendable () -> Void] = []
  private var next = 0
  private var idle = 0
  private var count = 0

  /// Hands work to a thread.
  ///
  /// - Throws: `LabbookError` where there is no thread and none can be made.
  func take(_ work: @escaping @Sendable () -> Void) throws(LabbookError) {
    condition.lock()
    defer { condition.unlock() }
    queue.append(work)
    if idle >= queue.count - next { return condition.signal() }
    guard count < Self.most else { return }
    do throws(LabbookError) {
      _ = try WorkThread("blocking", stackBytes: 2 << 20) { self.work() }
      count += 1
    } catch {
      // Those that there are take it.
      guard count == 0 else { return }
      queue.removeLast()
      throw error
    }
  }

  private func work() {
    while true {
      condition.lock()
      while next == queue.count {
        idle += 1
        condition.wait()
        idle -= 1
      }
      let work = queue[next]
      next += 1
      if next == queue.count {
        queue.removeAll(keepingCapacity: true)
        next = 0
      }
      condition.unlock()
      work()
    }
  }
}
