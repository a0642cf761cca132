public import Tracking

/// Tells a sink here what a run told elsewhere, event by event, in order; one thread uses it.
public final class RunReplay {
  private let sink: any RunSink
  private let control: RunControl
  /// Whether the run's end has been told.
  public private(set) var hasEnded = false

  /// Makes the replay of one run.
  ///
  /// - Parameter control: takes how far the run is.
  public init(into sink: any RunSink, _ control: RunControl) {
    self.sink = sink
    self.control = control
  }

  /// Tells one event; what comes after the end is not told.
  ///
  /// - Throws: what the sink throws; the run must then be ended with `end`.
  public func take(_ event: RunEvent) throws {
    if hasEnded { return }
    switch event {
    case .began(let origin, let refused): try sink.begin(from: origin, refused: refused)
    case .progress(let progress): control.report(progress)
    case .points(let points): sink.record(points)
    case .chosen(let step, let epoch, let value):
      sink.choose(step: step, epoch: epoch, value: value)
    case .checkpoint(let file): sink.save { try Checkpoint(file) }
    case .noCheckpoint(let why): sink.save { throw LabbookError.failure(why) }
    case .lastState(let file): try sink.keepForLonger { try Checkpoint(file) }
    case .artifact(let name, let data): try sink.writeArtifact(name, data)
    case .ended(let status, let seconds, let message):
      finish(status, durationSeconds: seconds, message: message)
    }
  }

  /// Ends a run of which no more comes, such as one whose process was killed: what it told stays.
  public func end(as status: RunStatus, message: String?) {
    if !hasEnded { finish(status, durationSeconds: nil, message: message) }
  }

  private func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    hasEnded = true
    sink.finish(status, durationSeconds: durationSeconds, message: message)
  }
}
