import Datasets
import Foundation
import RunStorage
import Tracking
import Web

/// `/events?view=...`: server-sent events of what changes.
///
/// - `curves` with what `/curves.json` takes: `curves` (all), `points`, `lines`, `status`;
/// - `sweep` with `sweep=EXPERIMENT/SWEEP` and `metric`: `sweep` (all), `runs`;
/// - `log` with `run=ID`: `log`;
/// - `store`: `store` whenever somebody has written.
///
/// `problem` says why there is nothing to follow. Each view begins with all of it, or goes on after
/// `Last-Event-ID`.
struct EventsView: WebService {
  let store: RunStore
  let library: DataLibrary
  let hub: LiveHub

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path == ["events"], head.access.seesPages else {
      return .other
    }
    return .reply { try Problem.told { try reply(head) } }
  }

  private func reply(_ head: WebHead) throws -> WebReply {
    let query = WebQuery(head.query.items.filter { $0.name != "token" })
    let make = try Self.feed(query, store, library)
    let events = hub.events(query.text, lastID: head.headers["last-event-id"], make)
    return WebReply(
      200, type: "text/event-stream", headers: [("Cache-Control", "no-store")],
      body: .events(events))
  }

  /// What makes the feed of a view.
  private static func feed(
    _ query: WebQuery, _ store: RunStore, _ library: DataLibrary
  ) throws(LabbookError) -> @Sendable () throws -> any Feed {
    switch query["view"] ?? "" {
    case "curves": { try CurvesFeed(query, in: store, library) }
    case "sweep": { try SweepFeed(query, in: store) }
    case "log": { try LogFeed(query, in: store) }
    case "store": { StoreFeed() }
    case let other:
      throw .input("view: expected curves, sweep, log or store, found '\(other)'")
    }
  }
}
