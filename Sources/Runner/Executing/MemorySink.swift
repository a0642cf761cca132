import Foundation
import Runs
import Synchronization
import Tracking

/// Keeps what one run tells in memory, for runs that no store is to have.
final class MemorySink: RunSink {
  private struct State {
    var points: [MetricPoint] = []
    var artifacts: [String: Data] = [:]
    var chosen: (step: Int, epoch: Int)?
  }

  private let state = Mutex(State())

  /// Every point but those of the clock, in the order in which they were told.
  var points: [MetricPoint] { state.withLock { $0.points } }
  /// The files by their names.
  var artifacts: [String: Data] { state.withLock { $0.artifacts } }
  /// Where the objective was best.
  var chosen: (step: Int, epoch: Int)? { state.withLock { $0.chosen } }

  var checkpointSeconds: Double? { nil }

  func begin(maker: String, restore: (Data) throws -> Void) {}

  func record(_ points: [MetricPoint]) {
    state.withLock { $0.points += points.filter { !$0.metric.isTiming } }
  }

  func choose(step: Int, epoch: Int, value: Double) {
    state.withLock { $0.chosen = (step, epoch) }
  }

  func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {}

  func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {}

  func writeArtifact(_ name: String, _ data: Data) throws {
    state.withLock { $0.artifacts[name] = data }
  }

  func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {}
}
