import Foundation
package import RunStorage
import Tracking
package import Web

/// Follows the store for all pages that are open.
///
/// One thread looks whether anybody has written, asks each view's feed once for what is new, and hands the
/// same message to all who follow the view. It looks the less often the longer nothing changes and the
/// more a look costs, so that it takes at most a tenth of one core, and not at all while nobody follows.
/// Who reads slowly keeps nothing here but a place in a channel.
package final class LiveHub: @unchecked Sendable {
  private let store: RunStore
  private let thread = LiveQueue()

  // Of the thread alone.
  private var channels: [String: Channel] = [:]
  private var channelOfReader: [Int: String] = [:]
  private var mark: Int64?
  private var isLooking = false
  private var delay = LiveHub.shortest
  private var lastBeat = ContinuousClock.now
  private var lastCare = ContinuousClock.now

  /// A changed store is looked at so often.
  private static let shortest = Duration.milliseconds(250)
  /// A store in which nothing happens is looked at so often.
  private static let longest = Duration.milliseconds(800)
  /// So often those who hear nothing are told that the server is still there.
  private static let beatEvery = Duration.seconds(15)
  /// A channel that nobody follows is kept so long, for those who come back.
  private static let keptFor = Duration.seconds(60)

  /// Makes a hub that looks at a store as long as somebody follows it.
  package init(_ store: RunStore) { self.store = store }

  /// The events of a view.
  ///
  /// - Parameters:
  ///   - view: equal for views that are the same.
  ///   - lastID: what the reader says that it had last, where it comes back.
  ///   - make: makes the view's feed, where nobody follows it yet.
  package func events(
    _ view: String, lastID: String?, _ make: @escaping @Sendable () throws -> any Feed
  ) -> WebEvents {
    WebEvents { [self] in
      let reader = Reader(lastID: lastID) { [weak self] number in self?.leave(number) }
      return AsyncStream(unfolding: { [self] in await next(reader, view, make) })
    }
  }

  /// How many messages were made for a view, however many follow it.
  package func made(_ view: String) throws -> Int {
    try thread.answer { [self] in channels[view]?.made ?? 0 }
  }

  /// How many follow a view.
  package func readers(_ view: String) throws -> Int {
    try thread.answer { [self] in channels[view]?.readers.count ?? 0 }
  }

  // MARK: Readers

  private func next(
    _ reader: Reader, _ view: String, _ make: @escaping @Sendable () throws -> any Feed
  ) async -> Data? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waiting = Channel.Waiting(reader: reader, continuation: continuation)
        do {
          try thread.add { [self] in serve(waiting, view, make) }
        } catch { tell(error, to: waiting) }
      }
    } onCancel: {
      // Where no thread can be made nobody is followed, and there is nothing to forget.
      try? thread.add { [self] in
        reader.hasLeft = true
        forget(reader.number)
      }
    }
  }

  private func serve(_ waiting: Channel.Waiting, _ view: String, _ make: () throws -> any Feed) {
    let reader = waiting.reader
    // Its task may have been cancelled before it came to wait.
    if reader.hasLeft { return waiting.continuation.resume(returning: nil) }
    // What is written from now on is news.
    if !isLooking { mark = try? store.dataVersion() }
    do {
      let channel = try channels[view] ?? Channel(make())
      channels[view] = channel
      if channel.readers.isEmpty { channel.look() }
      channel.readers.insert(reader.number)
      channelOfReader[reader.number] = view
      if let untold = try channel.untold(reader) {
        waiting.continuation.resume(returning: untold)
      } else {
        channel.waiting[reader.number] = waiting
      }
      if !isLooking { begin() }
    } catch {
      tell(error, to: waiting)
    }
  }

  /// Says once what is wrong; nothing follows.
  private func tell(_ error: any Error, to waiting: Channel.Waiting) {
    guard waiting.reader.place != .lost else { return waiting.continuation.resume(returning: nil) }
    waiting.reader.place = .lost
    let body = JSONValue.object([("error", .text(Problem.described(error).description))])
    waiting.continuation.resume(returning: WebEvents.event("problem", body.compact))
  }

  private func leave(_ number: Int) { try? thread.add { [self] in forget(number) } }

  private func forget(_ number: Int) {
    guard let view = channelOfReader.removeValue(forKey: number), let channel = channels[view]
    else { return }
    channel.readers.remove(number)
    channel.lastFollowed = .now
    channel.waiting.removeValue(forKey: number)?.continuation.resume(returning: nil)
  }

  // MARK: Looking

  private func begin() {
    isLooking = true
    delay = Self.shortest
    lastBeat = .now
    schedule(after: delay)
  }

  private func schedule(after delay: Duration) {
    thread.add(after: delay) { [weak self] in self?.look() }
  }

  private func look() {
    let begun = ContinuousClock.now
    let spent = Self.spent()
    for (view, channel) in channels
    where channel.readers.isEmpty && begun - channel.lastFollowed > Self.keptFor {
      channels[view] = nil
    }
    let followed = channels.values.filter { !$0.readers.isEmpty }
    guard !followed.isEmpty else {
      isLooking = false
      return
    }
    let hasChanged = hasChanged()
    for channel in followed where hasChanged || channel.looksBesideTheStore { channel.look() }
    if begun - lastBeat > Self.beatEvery {
      for channel in followed { channel.beat() }
      lastBeat = begun
    }
    let cost = Self.spent() - spent
    delay = hasChanged ? Self.shortest : min(Self.longest, delay * 1.5)
    schedule(after: max(delay, cost * 9))
  }

  /// The processor's time that this thread has had.
  private static func spent() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Whether anybody has written since the last look; where the store cannot be read, feeds say why.
  private func hasChanged() -> Bool {
    let now = ContinuousClock.now
    if now - lastCare > .seconds(5) {
      // A trainer that was killed has written nothing.
      lastCare = now
      try? store.lookForAbandonedRuns()
    }
    guard let found = try? store.dataVersion() else { return true }
    defer { mark = found }
    return found != mark
  }
}
