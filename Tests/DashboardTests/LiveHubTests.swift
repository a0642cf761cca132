import Dashboard
import Foundation
import Synchronization
import Testing
import Tracking
import Web

@Suite(.timeLimit(.minutes(2))) struct LiveHubTests {
  /// How often a feed was asked.
  private final class Asked: Sendable {
    let wholes = Atomic(0)
    let news = Atomic(0)
  }

  /// A feed that counts how often it is asked.
  private final class Counting: Feed {
    private let asked: Asked
    private var count = 0

    init(_ asked: Asked) { self.asked = asked }

    func whole() -> FeedEvent {
      asked.wholes.add(1, ordering: .relaxed)
      return FeedEvent(name: "whole", body: .whole(count))
    }

    func news() -> [FeedEvent] {
      asked.news.add(1, ordering: .relaxed)
      count += 1
      return [FeedEvent(name: "news", body: .whole(count))]
    }
  }

  @Test func eachMessageIsMadeOnceForAllReaders() async throws {
    let live = try LiveStore()
    let hub = LiveHub(live.store)
    let asked = Asked()
    let events = hub.events("view", lastID: nil) { Counting(asked) }
    var streams: [AsyncStream<Data>.Iterator] = []
    var first: Set<Data> = []
    for _ in 0..<100 {
      var stream = events.make().makeAsyncIterator()
      first.insert(try #require(await stream.next()))
      streams.append(stream)
    }
    #expect(try hub.readers("view") == 100)
    #expect(first.count == 1)
    #expect(asked.wholes.load(ordering: .relaxed) == 1)
    for round in 1...5 {
      try live.measure(live.runs[0], round...round) { Double($0) }
      for index in streams.indices {
        let told = String(decoding: try #require(await streams[index].next()), as: UTF8.self)
        #expect(told.contains("event: news"))
      }
    }
    // A transaction or two a round, whatever the number of readers.
    #expect(asked.news.load(ordering: .relaxed) <= 20)
    #expect(asked.wholes.load(ordering: .relaxed) == 1)
    #expect(try hub.made("view") <= 21)
  }

  @Test func whoIsGoneIsForgotten() async throws {
    let live = try LiveStore()
    let hub = LiveHub(live.store)
    let events = hub.events("view", lastID: nil) { Counting(Asked()) }
    let begun = AsyncStream<Void>.makeStream()
    let reading = Task {
      for await _ in events.make() { begun.continuation.yield() }
    }
    var starts = begun.stream.makeAsyncIterator()
    await starts.next()
    #expect(try hub.readers("view") == 1)
    reading.cancel()
    await reading.value
    // Who let go of its stream without a word, too.
    var lost: AsyncStream<Data>.Iterator? = events.make().makeAsyncIterator()
    _ = await lost?.next()
    lost = nil
    while try hub.readers("view") > 0 { try await Task.sleep(for: .milliseconds(1)) }
    let made = try hub.made("view")
    for step in 1...3 { try live.measure(live.runs[0], step...step) { Double($0) } }
    #expect(try hub.made("view") == made)
  }
}
