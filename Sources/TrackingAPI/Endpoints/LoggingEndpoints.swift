import RunStorage
import Tracking
import Web

/// What programs log to a run: metrics, parameters and tags, one by one or many at once.
struct LoggingEndpoints {
  /// As many bytes as MLflow takes in one batch.
  private static let greatestBatch = 1_000_000

  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .post("runs/log-metric", Self.metricFields) { fields in
        let run = try Names.run(try fields.text("run_id"))
        let point = try Points.point(fields)
        try await context.writer().log(LoggedBatch(points: [point]), to: run)
        try await ModelMetrics(fields, point, of: run).keep(in: context.store)
        return .done
      },
      .post("runs/log-parameter", [.required("run_id"), .required("key"), .optional("value")]) {
        fields in
        let run = try Names.run(try fields.text("run_id"))
        let parameter = try Texts.parameter(
          try fields.text("key"), try fields.text("value"), at: "key")
        try await context.writer().log(LoggedBatch(parameters: [parameter]), to: run)
        return .done
      },
      .post("runs/set-tag", [.required("run_id"), .required("key"), .optional("value")]) { fields in
        let run = try Names.run(try fields.text("run_id"))
        let tag = try Texts.tag(try fields.text("key"), try fields.text("value"), at: "key")
        try await context.writer().log(LoggedBatch(tags: [tag]), to: run)
        return .done
      },
      .post("runs/delete-tag", [.required("run_id"), .required("key")]) { fields in
        let run = try Names.run(try fields.text("run_id"))
        try await context.writer().deleteTag(try fields.text("key"), of: run)
        return .done
      },
      .post("runs/log-batch", limit: Self.greatestBatch, Self.batchFields) { fields in
        let run = try Names.run(try fields.text("run_id"))
        let batch = try Self.batch(fields)
        try await context.writer().log(batch, to: run)
        try await ModelMetrics(try fields.list("metrics"), batch.points, of: run)
          .keep(in: context.store)
        return .done
      },
    ]
  }

  private static var metricFields: [RequestFields.Known] {
    [
      .required("run_id"), .required("key"), .required("value", .number),
      .required("timestamp", .whole), .optional("step", .whole),
    ]
  }

  private static var batchFields: [RequestFields.Known] {
    [
      .required("run_id"), .optional("metrics", .list), .optional("params", .list),
      .optional("tags", .list),
    ]
  }

  /// Reads a batch.
  ///
  /// - Throws: `TrackingError` where it has more than MLflow takes, or one of its parts is none.
  private static func batch(_ fields: RequestFields) throws(TrackingError) -> LoggedBatch {
    let metrics = try fields.list("metrics")
    let (parameters, tags) = (try fields.list("params"), try fields.list("tags"))
    var batch = LoggedBatch()
    batch.points.reserveCapacity(metrics.count)
    for (place, value) in metrics.enumerated() {
      batch.points.append(try Points.point(value, place))
    }
    for (place, value) in parameters.enumerated() {
      let (key, text) = try Texts.pair(value, at: "params[\(place)]")
      batch.parameters.append(try Texts.parameter(key, text, at: "params[\(place)].key"))
    }
    for (place, value) in tags.enumerated() {
      let (key, text) = try Texts.pair(value, at: "tags[\(place)]")
      batch.tags.append(
        try Texts.tag(key, text, at: "tags[\(place)].key", named: "tags[\(place)].key"))
    }
    try check(metrics.count, "metrics", limit: 1000)
    try check(parameters.count, "params", limit: 100)
    try check(tags.count, "tags", limit: 100)
    try check(
      metrics.count + parameters.count + tags.count, "metrics, params, and tags", limit: 1000)
    try check(batch.parameters)
    return batch
  }

  private static func check(_ count: Int, _ what: String, limit: Int) throws(TrackingError) {
    if count <= limit { return }
    throw TrackingError(
      .invalid,
      "A batch logging request can contain at most \(limit) \(what). Got \(count) \(what). Please "
        + "split up \(what) across multiple requests and try again.")
  }

  /// A parameter may stand in a batch twice only with the same text.
  private static func check(_ parameters: [LoggedText]) throws(TrackingError) {
    var known: [String: String] = [:]
    for parameter in parameters {
      guard let before = known.updateValue(parameter.value, forKey: parameter.key) else {
        continue
      }
      if before == parameter.value { continue }
      throw TrackingError(
        .invalid,
        "Duplicate parameter keys have been submitted: \(parameter.key). Please ensure the request "
          + "contains only one param value per param key.")
    }
  }
}
