import Foundation
import RunStorage
import Tracking

/// A name with its text, as MLflow's messages have them.
struct KeyedText: Codable, Hashable {
  var key: String
  var value: String?

  static func list(_ values: [String: String]) -> [KeyedText] {
    values.sorted { $0.key < $1.key }.map { KeyedText(key: $0.key, value: $0.value) }
  }

  static func texts(_ list: [KeyedText]?) -> [String: String] {
    (list ?? []).reduce(into: [:]) { $0[$1.key] = $1.value ?? "" }
  }
}

/// A number that may come as a text, as 64 bits do in protobuf's JSON.
struct WholeNumber: Codable, Hashable {
  var value: Int64

  init(_ value: Int64) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      value = number
    } else if let number = Int64(try container.decode(String.self)) {
      value = number
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no whole number")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

/// A model as MLflow's messages have it.
struct ModelMessage: Encodable {
  struct Info: Encodable {
    let modelId: String
    let experimentId: String
    let name: String
    let creationTimestampMs: Int64
    let lastUpdatedTimestampMs: Int64
    let artifactUri: String
    let status: String
    let modelType: String?
    let sourceRunId: String?
    let tags: [KeyedText]
  }
  struct Measured: Encodable {
    let key: String
    let value: MeasuredNumber
    let timestamp: Int64
    let step: Int64
    let datasetName: String?
    let datasetDigest: String?
    let modelId: String
    let runId: String
  }
  struct Contents: Encodable {
    let params: [KeyedText]
    let metrics: [Measured]
  }

  let info: Info
  let data: Contents

  init(_ model: LoggedModel, _ metrics: [LoggedModelMetric], in experiment: String) {
    info = Info(
      modelId: model.id, experimentId: experiment, name: model.name,
      creationTimestampMs: model.createdAt, lastUpdatedTimestampMs: model.updatedAt,
      artifactUri: "mlflow-artifacts:/\(experiment)/models/\(model.id)/artifacts",
      status: model.status.message, modelType: model.kind.isEmpty ? nil : model.kind,
      sourceRunId: model.source?.description, tags: KeyedText.list(model.tags))
    data = Contents(
      params: KeyedText.list(model.parameters),
      metrics: metrics.map { metric in
        Measured(
          key: metric.name, value: MeasuredNumber(metric.value), timestamp: metric.time,
          step: metric.step, datasetName: metric.datasetName.isEmpty ? nil : metric.datasetName,
          datasetDigest: metric.datasetDigest.isEmpty ? nil : metric.datasetDigest,
          modelId: model.id, runId: metric.run)
      })
  }
}

/// A number that goes as a text where it is not finite.
struct MeasuredNumber: Encodable, Hashable {
  let value: Double

  init(_ value: Double) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite {
      try container.encode(value)
    } else {
      try container.encode(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
  }
}

extension LoggedModel.Status {
  /// The word of MLflow's messages.
  var message: String {
    switch self {
    case .pending: "LOGGED_MODEL_PENDING"
    case .ready: "LOGGED_MODEL_READY"
    case .failed: "LOGGED_MODEL_UPLOAD_FAILED"
    }
  }

  /// The status of a word, or of its number as a word.
  init?(message: String) {
    switch message {
    case "LOGGED_MODEL_PENDING", "1": self = .pending
    case "LOGGED_MODEL_READY", "2": self = .ready
    case "LOGGED_MODEL_UPLOAD_FAILED", "3": self = .failed
    default: return nil
    }
  }
}

/// Messages of MLflow's API to values and back.
enum Messages {
  /// - Throws: `TrackingError` where the body is no such message.
  static func decoded<Message: Decodable>(_ body: Data, as type: Message.Type) throws -> Message {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do { return try decoder.decode(type, from: body.isEmpty ? Data("{}".utf8) : body) } catch {
      throw TrackingError(.invalid, "The body is not as expected: \(words(error))")
    }
  }

  static func encoded(_ message: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return try encoder.encode(message)
  }

  private static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it is no JSON" }
    switch error {
    case .keyNotFound(let key, _): return "'\(snake(key.stringValue))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let place = context.codingPath.map { snake($0.stringValue) }.joined(separator: ".")
      return place.isEmpty ? "it is no object" : "'\(place)' is of another kind"
    default: return "it is no JSON"
    }
  }

  private static func snake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
