public import Foundation
import Synchronization
public import Tracking

/// Writes what one run tells as events, for a process that has the store, or for one that takes the
/// file in later.
///
/// How far the run is goes out with `tellProgress`, which any thread calls now and then. Where nobody
/// reads any more the run is asked to end.
public final class EventSink: RunSink {
  private let order: TrainingOrder
  private let control: RunControl
  private let writer: EventWriter
  private let told = Mutex<RunProgress?>(nil)

  /// Makes the sink of one run.
  ///
  /// - Parameters:
  ///   - order: what is trained.
  ///   - control: says how far it is.
  ///   - writer: takes the events, among those of other runs.
  public init(_ order: TrainingOrder, _ control: RunControl, to writer: EventWriter) {
    self.order = order
    self.control = control
    self.writer = writer
  }

  private func tell(_ event: RunEvent) {
    writer.write(KeyedEvent(key: order.job.request.key, event))
    if writer.isBroken { control.end(as: .interrupted) }
  }

  /// Tells how far the run is, where that has changed.
  public func tellProgress() {
    let progress = control.progress
    let isNews = told.withLock { told in
      defer { told = progress }
      return told != progress
    }
    if isNews { tell(.progress(progress)) }
  }

  /// As the one who has the store asks for it.
  public var checkpointSeconds: Double? { order.checkpointSeconds }

  /// The states that came with the order.
  public func savedState(_ origin: StateOrigin) throws -> Checkpoint? { try order.state(origin) }

  /// Tells from where the run is trained.
  public func begin(from origin: StateOrigin?, refused: [String]) {
    tell(.began(from: origin, refused: refused))
  }

  /// Tells points.
  public func record(_ points: [MetricPoint]) { tell(.points(points)) }

  /// Tells the epoch that the objective chose.
  public func choose(step: Int, epoch: Int, value: Double) {
    tell(.chosen(step: step, epoch: epoch, value: value))
  }

  /// Tells a checkpoint, made on the thread that calls, or why it could not be made.
  public func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {
    do { tell(.checkpoint(try checkpoint().encoded())) } catch {
      tell(.noCheckpoint(String(describing: error)))
    }
  }

  /// Tells the last state, where a longer run could go on from it.
  public func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {
    guard order.job.request.lineage != nil, let checkpoint = try checkpoint() else { return }
    tell(.lastState(checkpoint.encoded()))
  }

  /// Tells a file.
  public func writeArtifact(_ name: String, _ data: Data) { tell(.artifact(name: name, data)) }

  /// Tells the end, and nothing more.
  public func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    tellProgress()
    tell(.ended(status, durationSeconds: durationSeconds, message: message))
  }
}
