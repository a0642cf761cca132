import Foundation
import RunStorage
import Tracking
import Web

/// Runs: begun, asked for, changed, deleted and restored.
struct RunEndpoints {
  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .post(
        "runs/create",
        [
          .optional("experiment_id"), .optional("start_time", .whole), .optional("run_name"),
          .optional("user_id"), .optional("tags", .list),
        ]
      ) { try await create($0) },
      .get("runs/get", [.required("run_id")]) { fields in
        let found = try run(try Names.run(try fields.text("run_id")))
        return try WebReply.object(reserving: 2048) { writer in
          writer.name("run")
          try writer.run(
            found, artifacts: try artifacts(of: found), context.additions)
        }
      },
      .post(
        "runs/update",
        [
          .required("run_id"), .optional("end_time", .whole), .optional("status", .word),
          .optional("run_name"),
        ]
      ) { try await update($0) },
      .post("runs/delete", [.required("run_id")]) { fields in
        try await context.writer().setRun(
          try Names.run(try fields.text("run_id")), deleted: true)
        return .done
      },
      .post("runs/restore", [.required("run_id")]) { fields in
        try await context.writer().setRun(
          try Names.run(try fields.text("run_id")), deleted: false)
        return .done
      },
    ]
  }

  private func run(_ id: RunID) throws -> TrackedRun {
    if let found = try context.store.trackedRun(id) { return found }
    throw TrackingError(.missing, "Run with id=\(id) not found")
  }

  private func artifacts(of run: TrackedRun) throws -> String {
    run.artifactURI(try context.store.trackedExperiment(run.experiment))
  }

  private func create(_ fields: RequestFields) async throws -> WebReply {
    let word = try fields.text("experiment_id")
    let experiment = try Names.experiment(word.isEmpty ? "0" : word)
    var tags: [LoggedText] = []
    for (place, value) in try fields.list("tags").enumerated() {
      let (key, text) = try Texts.pair(value, at: "tags[\(place)]")
      tags.append(try Texts.tag(key, text, at: "tags[\(place)].key"))
    }
    let name = try name(try fields.text("run_name"), &tags)
    let given = try fields.text("user_id")
    let user = tags.last { $0.key == "mlflow.user" }?.value ?? given
    let log = try context.writer()
    if experiment == 0 { try await log.ensureDefault() }
    let id = try await log.createRun(
      in: experiment,
      LoggedStart(
        name: name, user: given.isEmpty ? user : given,
        started: try fields.whole("start_time") ?? Int64(Date().timeIntervalSince1970 * 1000),
        tags: tags))
    let made = try await Blocking.run { try run(id) }
    return try WebReply.object(reserving: 1024) { writer in
      writer.name("run")
      try writer.run(made, artifacts: try artifacts(of: made), context.additions)
    }
  }

  /// What a run is called: as it was sent, as its tag says, or something that can be told apart; the tag
  /// says it in each case.
  private func name(_ sent: String, _ tags: inout [LoggedText]) throws(TrackingError) -> String {
    let tagged = tags.last { $0.key == "mlflow.runName" }?.value ?? ""
    if !sent.isEmpty, !tagged.isEmpty, sent != tagged {
      throw TrackingError(
        .invalid,
        "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values "
          + "(run_name='\(sent)', mlflow.runName='\(tagged)').")
    }
    if !tagged.isEmpty { return tagged }
    let name = sent.isEmpty ? RunNames.random() : sent
    tags.append(LoggedText("mlflow.runName", name))
    return name
  }

  private func update(_ fields: RequestFields) async throws -> WebReply {
    let id = try Names.run(try fields.text("run_id"))
    var status: RunStatus?
    if let value = fields.value("status") {
      let word = try fields.word("status")
      let order: [MLflowStatus] = [.running, .scheduled, .finished, .failed, .killed]
      let place = (Int(word) ?? 0) - 1
      let found = order.indices.contains(place) ? order[place] : MLflowStatus(rawValue: word)
      guard let found else { throw RequestFields.invalid("status", value) }
      status = found.status
    }
    let name = try fields.text("run_name")
    let change = LoggedChange(
      status: status, ended: try fields.whole("end_time"), name: name.isEmpty ? nil : name)
    try await context.writer().updateRun(id, change)
    let changed = try await Blocking.run { try run(id) }
    return try WebReply.object { writer in
      writer.name("run_info")
      writer.info(changed, artifacts: try artifacts(of: changed))
    }
  }
}
