import Machine
import Synchronization
import Testing
import Tracking

struct WorkThreadTests {
  @Test func aThreadWorksAndIsWaitedFor() throws {
    let done = Mutex(false)
    let thread = try WorkThread("a name that is longer than fifteen bytes") {
      done.withLock { $0 = true }
    }
    thread.join()
    #expect(done.withLock { $0 })
  }

  @Test func whoWaitsIsToldWhetherItHasEnded() throws {
    let isOpen = Atomic(false)
    let thread = try WorkThread("waits") {
      while !isOpen.load(ordering: .relaxed) { try? pause() }
    }
    #expect(!thread.hasEnded(within: 0.02))
    isOpen.store(true, ordering: .relaxed)
    #expect(thread.hasEnded(within: 30))
  }

  /// 6 MB of stack: a hundred frames of 60 kB each, more than a quarter of what a thread has by default
  /// under `ulimit -s 16`.
  @Test func itsStackIsAsLargeAsAsked() throws {
    let depth = Mutex(0)
    let thread = try WorkThread("deep", stackBytes: 16 << 20) {
      let reached = descend(100)
      depth.withLock { $0 = reached }
    }
    thread.join()
    #expect(depth.withLock { $0 } == 100)
  }

  @Test func aRefusedThreadIsAnErrorWithTheReason() {
    let refusing = ThreadMaker { _ in 11 }  // EAGAIN
    let error = #expect(throws: LabbookError.self) {
      try WorkThread("none", by: refusing) {}
    }
    #expect(error?.message.hasPrefix("no thread can be made: Resource temporarily") == true)
    #expect(error?.hint.contains("ulimit -u") == true && error?.status == 1)
  }

  /// More stack than a processor can address: the system itself refuses.
  @Test func theSystemsRefusalIsAnErrorToo() {
    #expect(throws: LabbookError.self) { try WorkThread("none", stackBytes: 1 << 50) {} }
  }

  @Test(arguments: [0, 1, 7, 100])
  func everyNumberIsVisitedOnce(count: Int) {
    let seen = Mutex([Int]())
    Parallel.forEach(count, threads: 4) { number in seen.withLock { $0.append(number) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<count))
  }

  @Test func whereNoThreadCanBeMadeTheCallingOneDoesTheWork() {
    let seen = Mutex([Int]())
    Parallel.forEach(20, threads: 4, by: ThreadMaker { _ in 11 }) { number in
      seen.withLock { $0.append(number) }
    }
    #expect(seen.withLock { $0 } == Array(0..<20))
  }
}

private func pause() throws {
  let until = ContinuousClock.now + .milliseconds(1)
  while ContinuousClock.now < until {}
}

private func descend(_ left: Int) -> Int {
  withUnsafeTemporaryAllocation(byteCount: 60_000, alignment: 16) { bytes in
    bytes.initializeMemory(as: UInt8.self, repeating: UInt8(truncatingIfNeeded: left))
    return left == 0 ? 0 : descend(left - 1) + (bytes[9] == UInt8(left) ? 1 : 0)
  }
}
