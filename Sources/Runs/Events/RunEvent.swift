public import Foundation
public import Tracking

/// What one run tells, as a value: what a `RunSink` is told in another process comes as such events,
/// over a pipe or from a file, and is told again here.
public enum RunEvent: Hashable, Codable, Sendable {
  /// It is trained from here on: from a saved state, or anew; why other states were not used.
  case began(from: StateOrigin?, refused: [String])
  /// How far it is.
  case progress(RunProgress)
  /// Points of one step.
  case points([MetricPoint])
  /// The objective is best so far at this epoch.
  case chosen(step: Int, epoch: Int, value: Double)
  /// A checkpoint's file; every point up to it has been told.
  case checkpoint(Data)
  /// Why no checkpoint could be made.
  case noCheckpoint(String)
  /// The last state for runs that train longer, as a checkpoint's file.
  case lastState(Data)
  /// A file of the run.
  case artifact(name: String, Data)
  /// Its end, after all that was told before.
  case ended(RunStatus, durationSeconds: Double?, message: String?)
}

/// An event with the key of the run that told it, as several runs share a pipe or a file.
public struct KeyedEvent: Hashable, Codable, Sendable {
  /// The run's key.
  public let key: String
  /// What it told.
  public let event: RunEvent

  /// Makes an event of a run.
  public init(key: String, _ event: RunEvent) {
    self.key = key
    self.event = event
  }

  /// One line of JSON with its line break.
  public func line() throws -> Data { try EventLine.encoded(self) }

  /// Reads a line.
  ///
  /// - Throws: `LabbookError` that shows how it begins.
  public init(line: Data) throws(LabbookError) {
    self = try EventLine.decoded(line, as: "event of a run")
  }
}
