import RunStorage
import Tracking
import Web

/// The search over runs.
struct RunSearchEndpoints {
  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .search(
        "runs/search",
        [
          .optional("experiment_ids", .texts), .optional("filter"),
          .optional("max_results", .whole), .optional("order_by", .texts),
          .optional("run_view_type", .word), .optional("page_token"),
        ]
      ) { try search($0) }
    ]
  }

  /// Refuses what would be too much for one statement of SQL, which is not the server's failure.
  private static func check(_ count: Int, _ what: String, most: Int) throws(TrackingError) {
    if count <= most { return }
    throw TrackingError(.invalid, "A search takes at most \(most) \(what), not \(count).")
  }

  private func search(_ fields: RequestFields) throws -> WebReply {
    let limit = try fields.whole("max_results") ?? 1000
    guard limit <= 50_000 else {
      throw RequestFields.invalid("max_results", .whole(limit))
    }
    guard limit >= 0 else {
      throw TrackingError(
        .invalid,
        "Invalid value \(limit) for parameter 'max_results' supplied. It must be at "
          + "least 0.")
    }
    var search = RunSearch(
      experiments: try fields.texts("experiment_ids").map { id in try Names.experiment(id) })
    search.limit = Int(limit)
    search.offset = try PageToken.offset(try fields.text("page_token"))
    switch try ViewType(try fields.word("run_view_type")) {
    case .active: search.deleted = false
    case .deleted: search.deleted = true
    case .all: search.deleted = nil
    }
    search.conditions = try RunFilterText.conditions(try fields.text("filter"))
    search.order = try fields.texts("order_by").map { text in try RunFilterText.order(text) }
    try Self.check(search.conditions.count, "conditions in 'filter'", most: 200)
    try Self.check(search.order.count, "entries in 'order_by'", most: 20)
    let found = try context.store.trackedRuns(search)
    var experiments: [Int64: TrackedExperiment] = [:]
    return try WebReply.object(reserving: 2048 * found.runs.count) { writer in
      if !found.runs.isEmpty {
        writer.name("runs")
        try writer.list(found.runs) { writer, run in
          let known = experiments[run.experiment]
          let experiment = try known ?? context.store.trackedExperiment(run.experiment)
          experiments[run.experiment] = experiment
          try writer.run(run, artifacts: run.artifactURI(experiment), context.additions)
        }
      }
      if found.hasMore {
        writer.field("next_page_token", PageToken.text(search.offset + search.limit))
      }
    }
  }
}
