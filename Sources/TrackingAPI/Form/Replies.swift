import RunStorage
import Tracking

/// Experiments and runs in MLflow's JSON.
extension JSONWriter {
  mutating func experiment(_ experiment: TrackedExperiment) {
    object { writer in
      writer.field("experiment_id", String(experiment.id))
      writer.field("name", experiment.name)
      writer.field("artifact_location", experiment.artifactLocation)
      writer.field("lifecycle_stage", experiment.isDeleted ? "deleted" : "active")
      writer.field("last_update_time", experiment.updated)
      writer.field("creation_time", experiment.created)
      if !experiment.tags.isEmpty { writer.texts("tags", experiment.tags) }
    }
  }

  mutating func run(
    _ run: TrackedRun, artifacts: String, _ additions: [any RunAddition]
  ) throws {
    try object { writer in
      writer.name("info")
      writer.info(run, artifacts: artifacts)
      writer.name("data")
      writer.object { writer in
        if !run.metrics.isEmpty {
          writer.name("metrics")
          writer.list(run.metrics) { $0.point($1) }
        }
        if !run.parameters.isEmpty { writer.texts("params", run.parameters) }
        if !run.tags.isEmpty { writer.texts("tags", run.tags) }
      }
      for addition in additions { try addition.write(run, to: &writer) }
    }
  }

  mutating func info(_ run: TrackedRun, artifacts: String) {
    object { writer in
      writer.field("run_id", run.id.description)
      writer.field("run_uuid", run.id.description)
      writer.field("experiment_id", String(run.experiment))
      writer.field("run_name", run.name)
      writer.field("user_id", run.user)
      writer.field("status", MLflowStatus(run.status).rawValue)
      writer.field("start_time", run.started ?? 0)
      if let ended = run.ended { writer.field("end_time", ended) }
      writer.field("artifact_uri", artifacts)
      writer.field("lifecycle_stage", run.isDeleted ? "deleted" : "active")
    }
  }

  mutating func point(_ point: LoggedPoint, of run: RunID? = nil) {
    object { writer in
      writer.field("key", point.key)
      writer.name("value")
      writer.number(point.value)
      writer.field("timestamp", point.time)
      writer.field("step", point.step)
      if let run { writer.field("run_id", run.description) }
    }
  }

  mutating func texts(_ name: String, _ texts: [LoggedText]) {
    self.name(name)
    list(texts) { writer, text in
      writer.object {
        $0.field("key", text.key)
        $0.field("value", text.value)
      }
    }
  }
}

extension TrackedExperiment {
  /// Where its artifacts go: what was asked for, else this server.
  var artifactLocation: String { artifacts ?? "mlflow-artifacts:/\(id)" }
}

extension TrackedRun {
  /// Where its artifacts go, below its experiment's place.
  func artifactURI(_ experiment: TrackedExperiment?) -> String {
    let base = experiment?.artifactLocation ?? "mlflow-artifacts:/\(self.experiment)"
    return base + (base.hasSuffix("/") ? "" : "/") + "\(id)/artifacts"
  }
}
