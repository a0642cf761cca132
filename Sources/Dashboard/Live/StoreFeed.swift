import Tracking

/// Says that somebody has written into the store, for pages that ask for what they show.
final class StoreFeed: Feed {
  private var count = 0

  func whole() -> FeedEvent {
    FeedEvent(name: "store", body: .object([("changes", .whole(count))]))
  }

  func news() -> [FeedEvent] {
    count += 1
    return [whole()]
  }
}
