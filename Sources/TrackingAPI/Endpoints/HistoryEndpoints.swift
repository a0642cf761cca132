import RunStorage
import Tracking
import Web

/// The values of a metric of one run or of several.
struct HistoryEndpoints {
  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .get(
        "metrics/get-history",
        [
          .required("run_id"), .required("metric_key"), .optional("page_token"),
          .optional("max_results", .whole),
        ]
      ) { try history($0) },
      .get(
        "metrics/get-history-bulk",
        [.optional("run_id", .texts), .optional("metric_key"), .optional("max_results", .whole)]
      ) { try bulk($0) },
      .get(
        "metrics/get-history-bulk-interval",
        [
          .required("run_ids", .texts), .required("metric_key"), .optional("start_step", .whole),
          .optional("end_step", .whole), .optional("max_results", .whole),
        ]
      ) { try interval($0) },
    ]
  }

  private func points(
    of word: String, _ metric: String, in steps: ClosedRange<Int64>? = nil
  ) throws -> (run: RunID, points: [LoggedPoint]) {
    let run = try Names.run(word)
    guard let points = try context.store.history(of: run, metric, in: steps) else {
      throw TrackingError(.missing, "Run with id=\(run) not found")
    }
    return (run, points)
  }

  private func history(_ fields: RequestFields) throws -> WebReply {
    let limit = try fields.whole("max_results")
    if let limit, limit <= 0 {
      throw TrackingError(
        .invalid,
        "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer."
      )
    }
    let offset = try PageToken.offset(try fields.text("page_token"))
    let all = try points(of: try fields.text("run_id"), try fields.text("metric_key")).points
    let rest = all.dropFirst(offset)
    let page = limit.map { rest.prefix(Int($0)) } ?? rest
    return .object(reserving: 80 * page.count) { writer in
      writer.name("metrics")
      writer.list(page) { $0.point($1) }
      if page.count < rest.count {
        writer.field("next_page_token", PageToken.text(offset + page.count))
      }
    }
  }

  private func bulk(_ fields: RequestFields) throws -> WebReply {
    let runs = try fields.texts("run_id")
    if runs.isEmpty {
      throw TrackingError(
        .invalid, "GetMetricHistoryBulk request must specify at least one run_id.")
    }
    if runs.count > 100 {
      throw TrackingError(
        .invalid,
        "GetMetricHistoryBulk request cannot specify more than 100 run_ids. Received \(runs.count) "
          + "run_ids.")
    }
    guard let metric = try fields.optionalText("metric_key") else {
      throw TrackingError(.invalid, "GetMetricHistoryBulk request must specify a metric_key.")
    }
    let limit = Int(min(max(try fields.whole("max_results") ?? 25_000, 0), 25_000))
    var found: [(run: RunID, point: LoggedPoint)] = []
    for word in Set(runs).sorted() where found.count < limit {
      let (run, points) = try points(of: word, metric)
      found += points.prefix(limit - found.count).map { (run, $0) }
    }
    return reply(found)
  }

  private func interval(_ fields: RequestFields) throws -> WebReply {
    let runs = try fields.texts("run_ids")
    if runs.count > 100 {
      throw TrackingError(
        .invalid,
        "GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received "
          + "\(runs.count) run_ids.")
    }
    let limit = try fields.whole("max_results") ?? 2500
    guard (1...2500).contains(limit) else {
      throw TrackingError(.invalid, "max_results must be between 1 and 2500.")
    }
    let steps = try steps(fields)
    let metric = try fields.text("metric_key")
    var found: [(run: RunID, point: LoggedPoint)] = []
    for word in runs {
      let (run, points) = try points(of: word, metric, in: steps)
      let sorted = points.sorted { ($0.step, $0.time) < ($1.step, $1.time) }
      found += Self.sample(sorted, Int(limit)).map { (run, $0) }
    }
    return reply(found)
  }

  private func steps(_ fields: RequestFields) throws(TrackingError) -> ClosedRange<Int64>? {
    switch (try fields.whole("start_step"), try fields.whole("end_step")) {
    case (nil, nil): return nil
    case (let start?, let end?):
      if start <= end { return start...end }
      throw TrackingError(
        .invalid,
        "end_step must be greater than start_step. Found start_step=\(start) and end_step=\(end).")
    default:
      throw TrackingError(
        .invalid, "If either start step or end step are specified, both must be specified.")
    }
  }

  /// At most so many points: the first of each of as many parts of equal size, and the last of all in
  /// place of the last of these, as MLflow has it since 3.12.
  static func sample(_ points: [LoggedPoint], _ limit: Int) -> [LoggedPoint] {
    guard points.count > limit, let last = points.last else { return points }
    let (size, longer) = points.count.quotientAndRemainder(dividingBy: limit)
    return (0..<limit - 1).map { points[$0 * size + min($0, longer)] } + [last]
  }

  private func reply(_ found: [(run: RunID, point: LoggedPoint)]) -> WebReply {
    .object(reserving: 120 * found.count) { writer in
      writer.name("metrics")
      writer.list(found) { $0.point($1.point, of: $1.run) }
    }
  }
}
