import Dashboard
import Foundation
import Synchronization
import Testing
import Tracking
import Web

@Suite(.timeLimit(.minutes(2))) struct LiveHubTests {
  /// A feed that counts how often it is asked.
  private final class Counting: Feed {
    struct Counts { var wholes = 0, news = 0 }
    static let asked = Mutex(Counts())
    private var count = 0

    func whole() -> FeedEvent {
      Self.asked.withLock { $0.wholes += 1 }
      return FeedEvent(name: "whole", body: .whole(count))
    }

    func news() -> [FeedEvent] {
      Self.asked.withLock { $0.news += 1 }
      count += 1
      return [FeedEvent(name: "news", body: .whole(count))]
    }
  }

  @Test func eachMessageIsMadeOnceForAllReaders() async throws {
    let live = try LiveStore()
    let hub = LiveHub(live.store)
    let events = hub.events("view", lastID: nil) { Counting() }
    var streams: [AsyncStream<Data>.Iterator] = []
    var first: Set<Data> = []
    for _ in 0..<100 {
      var stream = events.make().makeAsyncIterator()
      first.insert(try #require(await stream.next()))
      streams.append(stream)
    }
    #expect(hub.readers("view") == 100)
    #expect(first.count == 1)
    let before = Counting.asked.withLock { $0 }
    #expect(before.wholes == 1)
    for round in 1...5 {
      try live.measure(live.runs[0], round...round) { Double($0) }
      var told: Set<Data> = []
      for index in streams.indices { told.insert(try #require(await streams[index].next())) }
      #expect(told.count == 1, "all are told the same bytes")
    }
    let after = Counting.asked.withLock { $0 }
    #expect(after.news - before.news <= 10)
    #expect(after.wholes == 1)
    #expect(hub.made("view") <= 12)
  }

  @Test func whoIsGoneIsForgotten() async throws {
    let live = try LiveStore()
    let hub = LiveHub(live.store)
    let events = hub.events("view", lastID: nil) { Counting() }
    let begun = AsyncStream<Void>.makeStream()
    let reading = Task {
      for await _ in events.make() { begun.continuation.yield() }
    }
    var starts = begun.stream.makeAsyncIterator()
    await starts.next()
    #expect(hub.readers("view") == 1)
    reading.cancel()
    await reading.value
    // Who let go of its stream without a word, too.
    var lost: AsyncStream<Data>.Iterator? = events.make().makeAsyncIterator()
    _ = await lost?.next()
    lost = nil
    while hub.readers("view") > 0 { await Task.yield() }
    let made = hub.made("view")
    for step in 1...3 { try live.measure(live.runs[0], step...step) { Double($0) } }
    #expect(hub.made("view") == made)
  }
}
