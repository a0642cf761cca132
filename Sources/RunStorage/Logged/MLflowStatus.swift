public import Tracking

/// Where a run stands in MLflow's words.
public enum MLflowStatus: String, Sendable, CaseIterable {
  case running = "RUNNING"
  case scheduled = "SCHEDULED"
  case finished = "FINISHED"
  case failed = "FAILED"
  case killed = "KILLED"

  /// What MLflow calls a status; a run that diverged is one that failed.
  public init(_ status: RunStatus) {
    self =
      switch status {
      case .planned: .scheduled
      case .running: .running
      case .completed: .finished
      case .diverged, .failed: .failed
      case .stopped, .interrupted: .killed
      }
  }

  /// What the store has for a run that MLflow says it of.
  public var status: RunStatus {
    switch self {
    case .running: .running
    case .scheduled: .planned
    case .finished: .completed
    case .failed: .failed
    case .killed: .stopped
    }
  }

  /// The word of a row of `runs`, in SQL.
  static let sql: String = {
    let cases = RunStatus.allCases.map {
      "WHEN '\($0.rawValue)' THEN '\(MLflowStatus($0).rawValue)'"
    }
    return "CASE runs.status \(cases.joined(separator: " ")) END"
  }()
}
