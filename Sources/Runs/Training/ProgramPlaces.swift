import Foundation

/// How what belongs to a program's run is called in the run's own folder.
public struct ProgramPlaces: Hashable, Sendable {
  /// The absolute path of the folder.
  public let path: String

  /// Names the places in a folder.
  public init(_ path: String) { self.path = path }

  /// The folder that the program is given for its own files: `{run_dir}`.
  public var files: String { path + "/files" }
  /// The folder of what it hands to MLflow's tracking API, where only the server writes.
  public var uploads: String { path + "/uploads" }
  /// Where a program keeps the state it goes on from.
  public var checkpoint: String { path + "/checkpoint" }
  /// The parameters as JSON.
  public var parameters: String { path + "/params.json" }
  /// What an attempt prints, output and errors together.
  public func log(_ attempt: Int) -> String { path + "/output.\(attempt)" }
  /// What an attempt appends to `$LABBOOK_METRICS`.
  public func metrics(_ attempt: Int) -> String { path + "/metrics.\(attempt)" }
  /// What an attempt logs to MLflow's tracking API, as lines of JSON that the server appends; there where
  /// the run's metrics come from there.
  public func logged(_ attempt: Int) -> String { path + "/logged.\(attempt)" }

  /// The attempt that is at work, or was the last, from 1: the first that printed nothing yet.
  public func nextAttempt() -> Int {
    var attempt = 1
    while FileManager.default.fileExists(atPath: log(attempt)) { attempt += 1 }
    return attempt
  }

  /// Where the attempt that is at work logs to; `nil` where none does.
  public func loggedAtWork() -> String? {
    let attempt = nextAttempt()
    return [attempt, attempt - 1].filter { $0 > 0 }.map(logged)
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
