import Foundation
import RunStorage
import Tracking

/// `logged-models`: what is asked of models, each as the body of the request to the body of the reply.
struct ModelRequests: Sendable {
  let store: RunStore
  let keeper: ModelKeeper

  private struct Creation: Decodable {
    let experimentId: String?
    let name: String?
    let modelType: String?
    let sourceRunId: String?
    let params: [KeyedText]?
    let tags: [KeyedText]?
  }

  private struct Reply: Encodable { let model: ModelMessage }
  private struct Nothing: Encodable {}

  private static let hindering = "/:.%\"'"

  /// `POST logged-models`.
  func create(_ body: Data) throws -> Data {
    let sent = try Messages.decoded(body, as: Creation.self)
    guard let experiment = sent.experimentId.flatMap({ Int64($0) }) else {
      throw TrackingError(
        .invalid, "Missing value for required parameter 'experiment_id'.")
    }
    guard let known = try store.trackedExperiment(experiment), !known.isDeleted else {
      throw TrackingError(.missing, "No Experiment with id=\(experiment) exists")
    }
    let name = sent.name.flatMap { $0.isEmpty ? nil : $0 } ?? RunNames.random()
    guard !name.contains(where: Self.hindering.contains), name.utf8.count <= 500 else {
      throw TrackingError(
        .invalid,
        "Invalid model name ('\(name.prefix(100))') provided. Model name must be a non-empty string and "
          + "cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")")
    }
    let source = try sent.sourceRunId.flatMap { $0.isEmpty ? nil : $0 }.map { text in
      guard let run = RunID(text), try store.run(run) != nil else {
        throw TrackingError(.missing, "Run with id=\(text.prefix(100)) not found")
      }
      return run
    }
    let model = try store.addModel(
      experiment: experiment, name: name, kind: sent.modelType ?? "", source: source,
      parameters: KeyedText.texts(sent.params), tags: KeyedText.texts(sent.tags))
    return try reply(model)
  }

  /// `GET logged-models/ID`.
  func get(_ id: String, deletedToo: Bool) throws -> Data {
    try reply(try keeper.model(id, deletedToo: deletedToo))
  }

  /// `PATCH logged-models/ID`: its files are whole, or could not be uploaded.
  func finalize(_ id: String, _ body: Data) throws -> Data {
    struct Sent: Decodable { let status: StatusWord? }
    let sent = try Messages.decoded(body, as: Sent.self)
    guard let word = sent.status?.word, let status = LoggedModel.Status(message: word) else {
      throw TrackingError(.invalid, "'status' is none of a logged model")
    }
    _ = try keeper.model(id)
    try store.setStatus(status, ofModel: id)
    return try reply(try keeper.model(id))
  }

  /// `DELETE logged-models/ID`.
  func delete(_ id: String) throws -> Data {
    _ = try keeper.model(id)
    try store.deleteModel(id)
    return try Messages.encoded(Nothing())
  }

  /// `PATCH logged-models/ID/tags`.
  func setTags(_ id: String, _ body: Data) throws -> Data {
    struct Sent: Decodable { let tags: [KeyedText]? }
    let sent = try Messages.decoded(body, as: Sent.self)
    _ = try keeper.model(id)
    try store.setTags(KeyedText.texts(sent.tags).mapValues { $0 }, ofModel: id)
    return try reply(try keeper.model(id))
  }

  /// `DELETE logged-models/ID/tags/KEY`.
  func deleteTag(_ id: String, _ key: String) throws -> Data {
    guard try keeper.model(id).tags[key] != nil else {
      throw TrackingError(
        .missing,
        "No tag with key '\(key.prefix(100))' found for model with ID '\(id)'.")
    }
    try store.setTags([key: nil], ofModel: id)
    return try Messages.encoded(Nothing())
  }

  /// `POST logged-models/ID/params`.
  func addParameters(_ id: String, _ body: Data) throws -> Data {
    struct Sent: Decodable { let params: [KeyedText]? }
    let sent = try Messages.decoded(body, as: Sent.self)
    _ = try keeper.model(id)
    try store.setParameters(KeyedText.texts(sent.params), ofModel: id)
    return try Messages.encoded(Nothing())
  }

  /// `POST logged-models/search`.
  func search(_ body: Data) throws -> Data {
    struct Found: Encodable {
      let models: [ModelMessage]
      let nextPageToken: String?
    }
    let search = try ModelSearch(try Messages.decoded(body, as: ModelSearch.Sent.self))
    let (models, token) = try search.page(of: store)
    return try Messages.encoded(
      Found(models: models.map { message($0.model, $0.metrics) }, nextPageToken: token))
  }

  /// `GET logged-models/ID/artifacts/directories`.
  func list(_ id: String, _ path: String) throws -> [ArtifactEntry] {
    let model = try keeper.model(id)
    guard let run = try model.keeper.flatMap({ try store.run($0) }) else { return [] }
    let prefix = ModelKeeper.folder(of: id)
    let folder = try ArtifactName(parts: prefix + (try ArtifactName(text: path)).parts)
    let whole = prefix.joined(separator: "/") + "/"
    return try ArtifactFolder(store, run).list(folder).map {
      ArtifactEntry(path: String($0.path.dropFirst(whole.count)), bytes: $0.bytes)
    }
  }

  private func reply(_ model: LoggedModel) throws -> Data {
    try Messages.encoded(Reply(model: message(model, try store.metrics(ofModel: model.id))))
  }

  private func message(_ model: LoggedModel, _ metrics: [LoggedModelMetric]) -> ModelMessage {
    ModelMessage(model, metrics, in: String(model.experiment))
  }
}

/// A status as its word or its number.
struct StatusWord: Decodable {
  let word: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      word = String(number)
    } else {
      word = try container.decode(String.self)
    }
  }
}

extension ModelRequests {
  /// Where the files of a model are.
  func artifactURI(of id: String) throws -> String {
    let model = try keeper.model(id)
    return "mlflow-artifacts:/\(model.experiment)/models/\(id)/artifacts"
  }
}
