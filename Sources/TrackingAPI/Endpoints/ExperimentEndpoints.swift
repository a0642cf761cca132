import Foundation
import RunStorage
import Tracking
import Web

/// Experiments: made, asked for, renamed, deleted and restored, searched.
struct ExperimentEndpoints {
  private let context: TrackingContext

  init(_ context: TrackingContext) { self.context = context }

  var all: [Endpoint] {
    [
      .post(
        "experiments/create",
        [.required("name"), .optional("artifact_location"), .optional("tags", .list)]
      ) { try await create($0) },
      .get("experiments/get", [.required("experiment_id")]) { fields in
        let id = try Names.experiment(try fields.text("experiment_id"))
        guard let found = try context.store.trackedExperiment(id) else {
          throw TrackingError(.missing, "No Experiment with id=\(id) exists")
        }
        return reply(found)
      },
      .get("experiments/get-by-name", [.required("experiment_name")]) { fields in
        let name = try fields.text("experiment_name")
        guard let found = try context.store.trackedExperiment(named: name) else {
          throw TrackingError(.missing, "Could not find experiment with name '\(name)'")
        }
        return reply(found)
      },
      .post("experiments/update", [.required("experiment_id"), .required("new_name")]) { fields in
        let id = try Names.experiment(try fields.text("experiment_id"))
        let name = try Self.checked(name: try fields.text("new_name"))
        let log = try context.writer()
        if id == 0 { try await log.ensureDefault() }
        try await log.renameExperiment(id, to: name)
        return .done
      },
      .post("experiments/delete", [.required("experiment_id")]) { fields in
        let id = try Names.experiment(try fields.text("experiment_id"))
        if id == 0 {
          throw TrackingError(.denied, "The experiment Default cannot be deleted.")
        }
        try await context.writer().setExperiment(id, deleted: true)
        return .done
      },
      .post("experiments/restore", [.required("experiment_id")]) { fields in
        let id = try Names.experiment(try fields.text("experiment_id"))
        try await context.writer().setExperiment(id, deleted: false)
        return .done
      },
      .search("experiments/search", Self.searchFields) { try search($0) },
      .get("experiments/search", Self.searchFields) { try search($0) },
    ]
  }

  private static var searchFields: [RequestFields.Known] {
    [
      .optional("view_type", .word), .optional("max_results", .whole),
      .optional("order_by", .texts),
      .optional("filter"), .optional("page_token"),
    ]
  }

  private func reply(_ experiment: TrackedExperiment) -> WebReply {
    .object {
      $0.name("experiment")
      $0.experiment(experiment)
    }
  }

  private func create(_ fields: RequestFields) async throws -> WebReply {
    let name = try Self.checked(name: try fields.text("name"))
    let tags = try fields.list("tags").enumerated().map { place, tag in
      try Texts.experimentTag(tag, at: "tags[\(place)]")
    }
    let place = try fields.text("artifact_location")
    try Names.check("artifact_location", place, limit: 2048)
    let log = try context.writer()
    try await log.ensureDefault()
    let id = try await log.createExperiment(
      name, artifacts: place.isEmpty ? nil : Self.absolute(place), tags: tags)
    return .object { $0.field("experiment_id", String(id)) }
  }

  static func checked(name: String) throws(TrackingError) -> String {
    if name.isEmpty {
      throw TrackingError(.invalid, "Invalid experiment name: ''")
    }
    try Names.check("name", name, limit: 500)
    return name
  }

  /// A path of files is meant from the folder in which the server was started.
  private static func absolute(_ place: String) -> String {
    place.contains(":") || place.hasPrefix("/")
      ? place : FileManager.default.currentDirectoryPath + "/" + place
  }

  private func search(_ fields: RequestFields) throws -> WebReply {
    let limit = try fields.whole("max_results") ?? 1000
    guard (1...50_000).contains(limit) else {
      throw TrackingError(
        .invalid,
        "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer "
          + "of at most 50000.")
    }
    let offset = try PageToken.offset(try fields.text("page_token"))
    let view = try ViewType(try fields.word("view_type"))
    let filter = try ExperimentFilter(try fields.text("filter"))
    let order = try ExperimentOrder(try fields.texts("order_by"))
    let found = try context.store.trackedExperiments()
      .filter { view.shows(deleted: $0.isDeleted) && filter.holds($0) }
      .sorted { order.isBefore($0, $1) }
    let page = found.dropFirst(offset).prefix(Int(limit))
    return .object { writer in
      writer.name("experiments")
      writer.list(page) { $0.experiment($1) }
      if found.count > offset + page.count {
        writer.field("next_page_token", PageToken.text(offset + page.count))
      }
    }
  }
}
