package import Tracking

/// One view of the store that readers follow: all of it first, then only what is new.
///
/// A feed is asked on one thread at a time. What `news` has told belongs to what `whole` tells from then
/// on, and nothing else does: so a reader who begins with `whole` misses nothing and is told nothing twice.
package protocol Feed: AnyObject {
  /// Everything that was told so far, as one event.
  func whole() throws -> FeedEvent

  /// What came since the last call; none where nothing did.
  func news() throws -> [FeedEvent]

  /// Whether it is asked for news also while nothing is written into the store, as of files that grow.
  var looksBesideTheStore: Bool { get }
}

extension Feed {
  /// It is not, unless a feed says otherwise.
  package var looksBesideTheStore: Bool { false }
}

/// One event: its name and what it carries.
package struct FeedEvent: Sendable {
  /// What browsers listen for.
  package let name: String
  /// What it carries, in one line.
  package let body: JSONValue

  /// Makes an event.
  package init(name: String, body: JSONValue) { (self.name, self.body) = (name, body) }
}
