import Foundation
import RunStorage
import Tracking

/// What a run took and made: `runs/log-inputs` and `runs/outputs`.
struct RunLinks: Sendable {
  let store: RunStore

  struct DatasetMessage: Codable {
    var name: String?
    var digest: String?
    var sourceType: String?
    var source: String?
    var schema: String?
    var profile: String?
  }
  struct DatasetInput: Codable {
    var tags: [KeyedText]?
    var dataset: DatasetMessage?
  }
  struct ModelInput: Codable { var modelId: String }
  struct ModelOutput: Codable {
    var modelId: String
    var step: WholeNumber?
  }

  private struct Nothing: Encodable {}

  /// `POST runs/log-inputs`.
  func logInputs(_ body: Data) throws -> Data {
    struct Sent: Decodable {
      let runId: String?
      let datasets: [DatasetInput]?
      let models: [ModelInput]?
    }
    let sent = try Messages.decoded(body, as: Sent.self)
    let run = try run(sent.runId)
    let known = try store.datasets(of: run)
    let datasets = try (sent.datasets ?? []).map { sent in
      var dataset = try Self.dataset(sent)
      // Said again without its tags, as a metric of a data set does, it keeps those that it has.
      let before = known.first { ($0.name, $0.digest) == (dataset.name, dataset.digest) }
      dataset.tags.merge(before?.tags ?? [:]) { new, _ in new }
      return dataset
    }
    try store.addInputs(
      datasets, (sent.models ?? []).map { RunModel(model: $0.modelId, step: 0) }, to: run)
    return try Messages.encoded(Nothing())
  }

  /// `POST runs/outputs`.
  func logOutputs(_ body: Data) throws -> Data {
    struct Sent: Decodable {
      let runId: String?
      let models: [ModelOutput]?
    }
    let sent = try Messages.decoded(body, as: Sent.self)
    try store.addOutputs(
      (sent.models ?? []).map { RunModel(model: $0.modelId, step: $0.step?.value ?? 0) },
      to: try run(sent.runId))
    return try Messages.encoded(Nothing())
  }

  private func run(_ text: String?) throws -> RunID {
    guard let text, !text.isEmpty else {
      throw TrackingError(.invalid, "Missing value for required parameter 'run_id'.")
    }
    guard let run = RunID(text), try store.run(run) != nil else {
      throw TrackingError(.missing, "Run with id=\(text.prefix(100)) not found")
    }
    return run
  }

  private static func dataset(_ sent: DatasetInput) throws -> LoggedDataset {
    guard let dataset = sent.dataset, let name = dataset.name, let digest = dataset.digest,
      !name.isEmpty, !digest.isEmpty
    else {
      throw TrackingError(
        .invalid, "Each dataset input needs a dataset with a name and a digest.")
    }
    // MLflow's own limits.
    let limits = [(name, 500, "name"), (digest, 36, "digest")]
    for (text, most, word) in limits where text.count > most {
      throw TrackingError(
        .invalid, "A dataset's \(word) has at most \(most) characters.")
    }
    guard (dataset.schema?.utf8.count ?? 0) <= 1_048_575,
      (dataset.profile?.utf8.count ?? 0) <= 16_777_215
    else {
      throw TrackingError(.invalid, "The dataset's schema or profile is too long.")
    }
    return LoggedDataset(
      name: name, digest: digest, sourceType: dataset.sourceType ?? "",
      source: dataset.source ?? "", schema: dataset.schema, profile: dataset.profile,
      tags: KeyedText.texts(sent.tags))
  }
}
