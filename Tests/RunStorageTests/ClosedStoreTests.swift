import Foundation
import RunStorage
import Synchronization
import Testing
import Tracking

/// A store that is closed while threads still use it, as a server does that ends.
@Suite struct ClosedStoreTests {
  @Test func whatIsAskedOfAClosedStoreIsAnError() throws {
    let place = Workplace()
    let store = try place.store()
    try register(store, [request("key")])
    store.close()
    let asked: [(String, () throws -> Void)] = [
      ("read", { _ = try store.runs() }), ("look", { _ = try store.dataVersion() }),
      ("write", { try register(store, [request("other")]) }),
    ]
    for (what, ask) in asked {
      let error = #expect(throws: LabbookError.self, "\(what)") { try ask() }
      #expect(error?.status == 1, "\(what)")
    }
    store.close()
    #expect(try place.store().runs().map(\.key) == ["key"])
  }

  private final class Counts: Sendable {
    let reading = Atomic(0)
    let told = Atomic(0)
  }

  @Test func threadsThatReadOnAreToldAndNothingElse() throws {
    for _ in 0..<20 {
      let place = Workplace()
      let store = try place.store()
      try register(store, (0..<20).map { request("key \($0)") })
      let counts = Counts()
      let threads = (0..<4).map { number in
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
          defer { ended.signal() }
          counts.reading.add(1, ordering: .sequentiallyConsistent)
          do {
            while true {
              if number % 2 == 0 {
                _ = try store.runs().count
              } else {
                _ = try store.dataVersion()
              }
            }
          } catch { counts.told.add(1, ordering: .sequentiallyConsistent) }
        }
        return ended
      }
      let end = Date(timeIntervalSinceNow: 60)
      while counts.reading.load(ordering: .sequentiallyConsistent) < 4, Date() < end {
        usleep(100)
      }
      usleep(2000)
      store.close()
      for thread in threads { thread.wait() }
      #expect(counts.told.load(ordering: .sequentiallyConsistent) == 4)
    }
  }
}
