public import Foundation
public import Tracking

/// A job as another process is handed it: with the states from which its run may go on.
public struct TrainingOrder: Hashable, Codable, Sendable {
  /// What is to be trained.
  public let job: TrainingJob
  /// Seconds of training between two checkpoints; `nil` where none are kept.
  public let checkpointSeconds: Double?
  let states: [OfferedState]

  /// A saved state, or why it cannot be used.
  struct OfferedState: Hashable, Codable, Sendable {
    let origin: StateOrigin
    var file: Data?
    var problem: String?
  }

  /// Makes the order of a job.
  ///
  /// - Parameter sink: what the run's events will be told here, which knows its saved states.
  public init(_ job: TrainingJob, for sink: any RunSink) {
    self.init(job, checkpointSeconds: sink.checkpointSeconds) { try sink.savedState($0) }
  }

  /// Makes the order of a job that nobody has opened.
  ///
  /// - Parameter state: the saved state of an origin; what it throws is said where the run starts over.
  public init(
    _ job: TrainingJob, checkpointSeconds: Double?,
    state: (StateOrigin) throws -> Checkpoint?
  ) {
    self.job = job
    self.checkpointSeconds = checkpointSeconds
    states = StateOrigin.allCases.compactMap { origin in
      do {
        return try state(origin).map { OfferedState(origin: origin, file: $0.encoded()) }
      } catch {
        return OfferedState(origin: origin, problem: String(describing: error))
      }
    }
  }

  /// One line of JSON with its line break.
  public func line() throws -> Data { try EventLine.encoded(self) }

  /// Reads a line.
  ///
  /// - Throws: `LabbookError` that shows how it begins.
  public init(line: Data) throws(LabbookError) {
    self = try EventLine.decoded(line, as: "job")
  }

  /// The state of an origin.
  ///
  /// - Throws: what was said where the order was made, or why the file is none.
  public func state(_ origin: StateOrigin) throws -> Checkpoint? {
    guard let offered = states.first(where: { $0.origin == origin }) else { return nil }
    if let problem = offered.problem { throw LabbookError.failure(problem) }
    return try offered.file.map { try Checkpoint($0) }
  }
}
