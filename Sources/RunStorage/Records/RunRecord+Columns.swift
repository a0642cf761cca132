public import Tracking

extension RunRecord {
  /// What people call the column of the name that a program gave a run that it logged: as MLflow does,
  /// for a program may well have a parameter `name` or `run_name`.
  public static let nameColumn = "mlflow.runName"

  /// The columns of `run_table` by which people speak of a run, `tag` and the name among them.
  public static let columns = [
    "run", "key", "experiment", "sweep", "status", "current", "seed", "created_at", "started_at",
    "ended_at", "duration_s", "last_step", "last_epoch", "best_step", "best_epoch",
    "note", "tag", "message", "configuration", "objective", "direction", "data",
    nameColumn,
  ]

  /// What the run has in a column of `run_table`; off where it has nothing there, `nil` where there
  /// is no such column.
  public func value(ofColumn name: String) -> ParameterValue? {
    switch name {
    case "run": .text(id.description)
    case "key": .text(key)
    case "experiment": .text(sweep.experiment)
    case "sweep": .text(sweep.sweep)
    case "status": .text(status.rawValue)
    case "current": .integer(isCurrent ? 1 : 0)
    case "seed": .integer(seed)
    case "created_at": .text(createdAt)
    case "started_at": startedAt.map(ParameterValue.text) ?? .off
    case "ended_at": endedAt.map(ParameterValue.text) ?? .off
    case "duration_s": durationSeconds.map(ParameterValue.number) ?? .off
    case "last_step": step.map(ParameterValue.integer) ?? .off
    case "last_epoch": epoch.map(ParameterValue.integer) ?? .off
    case "best_step": bestStep.map(ParameterValue.integer) ?? .off
    case "best_epoch": bestEpoch.map(ParameterValue.integer) ?? .off
    case "note": note.map(ParameterValue.text) ?? .off
    case "message": message.map(ParameterValue.text) ?? .off
    case "configuration": .text(configuration)
    case "objective": .text(objective.metric.name)
    case "direction": .text(objective.direction.rawValue)
    case "data": data.map(ParameterValue.text) ?? .off
    case "tag": .list(tags.map(ParameterValue.text))
    case Self.nameColumn: self.name.map(ParameterValue.text) ?? .off
    default: nil
    }
  }
}
