import RunStorage
import Web

/// Tags of experiments.
struct ExperimentTagEndpoints {
  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .post(
        "experiments/set-experiment-tag",
        [.required("experiment_id"), .required("key"), .optional("value")]
      ) { fields in
        let id = try Names.experiment(try fields.text("experiment_id"))
        let tag = try Texts.experimentTag(try fields.text("key"), try fields.text("value"))
        let log = try context.writer()
        if id == 0 { try await log.ensureDefault() }
        try await log.setTag(tag, ofExperiment: id)
        return .done
      },
      .post("experiments/delete-experiment-tag", Self.keyFields) { try await delete($0) },
      .post("experiments/delete-experiment-tag", method: "DELETE", Self.keyFields) {
        try await delete($0)
      },
    ]
  }

  private static var keyFields: [RequestFields.Known] {
    [.required("experiment_id"), .required("key")]
  }

  private func delete(_ fields: RequestFields) async throws -> WebReply {
    let id = try Names.experiment(try fields.text("experiment_id"))
    let log = try context.writer()
    if id == 0 { try await log.ensureDefault() }
    try await log.deleteTag(try fields.text("key"), ofExperiment: id)
    return .done
  }
}
