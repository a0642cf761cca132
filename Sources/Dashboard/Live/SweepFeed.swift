import RunStorage
import Tracking
import Web

/// The runs of a sweep at work: where each stands, how far it is, the last value of a metric.
final class SweepFeed: Feed {
  private let store: RunStore
  private let sweep: SweepName
  private let metric: Metric?
  private var told: [RunPlace]

  /// - Throws: `LabbookError` where the address names no sweep of the store.
  init(_ query: WebQuery, in store: RunStore) throws {
    self.store = store
    sweep = try ChosenRuns.name(query["sweep"] ?? "")
    metric = query["metric"].map { Metric($0) }
    guard try store.sweepNames().contains(sweep) else {
      throw LabbookError.input("there is no sweep '\(sweep)'", hint: "/ lists them")
    }
    told = try store.places(in: sweep, metric)
  }

  func whole() -> FeedEvent {
    FeedEvent(name: "sweep", body: .object([("runs", .list(told.map(\.json)))]))
  }

  func news() throws -> [FeedEvent] {
    let now = try store.places(in: sweep, metric)
    let before = told
    told = now
    // Runs that left the plan leave the page.
    guard now.count >= before.count, zip(before, now).allSatisfy({ $0.run == $1.run }) else {
      return [whole()]
    }
    let changed = now.indices.filter { $0 >= before.count || before[$0] != now[$0] }
    if changed.isEmpty { return [] }
    return [
      FeedEvent(
        name: "runs",
        body: .list(changed.map { .list([.whole($0), now[$0].json]) }))
    ]
  }
}

extension RunPlace {
  /// The run as pages read it: id, status, step, epoch, whether a user stopped it, value.
  var json: JSONValue {
    .list([
      .text(run.description), .text(status.rawValue), step.map(JSONValue.whole) ?? .null,
      epoch.map(JSONValue.whole) ?? .null, .flag(isHalted), .number(of: value),
    ])
  }
}
