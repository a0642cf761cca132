import RunStorage
import Tracking
import Web

/// What of a run's metrics was measured of models: `model_id` beside a metric, with its data set.
struct ModelMetrics {
  private var metrics: [String: [LoggedModelMetric]] = [:]

  /// Takes the metric of a request.
  init(_ fields: RequestFields, _ point: LoggedPoint, of run: RunID) {
    add(point, run, fields.value)
  }

  /// Takes the metrics of a batch.
  init(_ values: [JSON], _ points: [LoggedPoint], of run: RunID) {
    for (value, point) in zip(values, points) { add(point, run) { value[$0] } }
  }

  private mutating func add(
    _ point: LoggedPoint, _ run: RunID, _ field: (String) -> JSON?
  ) {
    let model = Self.text(field("model_id"))
    if model.isEmpty { return }
    metrics[model, default: []].append(
      LoggedModelMetric(
        name: point.key, run: run.description, datasetName: Self.text(field("dataset_name")),
        datasetDigest: Self.text(field("dataset_digest")), step: point.step, time: point.time,
        value: point.value))
  }

  private static func text(_ value: JSON?) -> String {
    if case .text(let text)? = value { text } else { "" }
  }

  /// Keeps them with their models; one that is not there is passed over, as the run has the value.
  func keep(in store: RunStore) async throws {
    if metrics.isEmpty { return }
    let metrics = metrics
    try await Blocking.run {
      for (model, values) in metrics { try store.addMetrics(values, ofModel: model) }
    }
  }
}
