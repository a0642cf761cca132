package import Foundation
package import Runs
import Synchronization
package import Tracking

/// Keeps what one run tells in memory, for runs that no store is to have.
package final class MemorySink: RunSink {
  private struct State {
    var points: [MetricPoint] = []
    var artifacts: [String: Data] = [:]
    var chosen: (step: Int, epoch: Int)?
    var ending: RunStatus?
    var folder: String?
    var notes: [String] = []
  }

  private let state = Mutex(State())

  /// Makes a sink that was told nothing.
  package init() {}

  /// Every point but those of the clock, in the order in which they were told.
  package var points: [MetricPoint] { state.withLock { $0.points } }
  /// The files by their names.
  package var artifacts: [String: Data] { state.withLock { $0.artifacts } }
  /// Where the objective was best.
  package var chosen: (step: Int, epoch: Int)? { state.withLock { $0.chosen } }
  /// How the run ended; `nil` while it has not.
  package var ending: RunStatus? { state.withLock { $0.ending } }

  /// What was to be said to people.
  package var notes: [String] { state.withLock { $0.notes } }

  /// The beginning of what a program has printed at its first attempt; empty for a network.
  package var output: String {
    guard let folder = state.withLock({ $0.folder }),
      let file = FileHandle(forReadingAtPath: folder + "/output.1")
    else { return "" }
    return String(decoding: (try? file.read(upToCount: 1 << 18)) ?? Data(), as: UTF8.self)
  }

  deinit {
    if let folder = state.withLock({ $0.folder }) {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  package func note(_ text: String) { state.withLock { $0.notes.append(text) } }

  /// A folder for as long as the sink is there.
  package func ownFolder() throws -> RunFolderPlace {
    let id = UUID().uuidString
    let folder = NSTemporaryDirectory() + "/labbook-" + id
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    state.withLock { $0.folder = folder }
    return RunFolderPlace(run: id, path: folder)
  }

  package func takeFile(_ name: String, at path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    state.withLock { $0.artifacts[name] = data }
  }

  package var checkpointSeconds: Double? { nil }

  package func savedState(_ origin: StateOrigin) -> Checkpoint? { nil }

  package func begin(from origin: StateOrigin?, refused: [String]) {}

  package func record(_ points: [MetricPoint]) {
    state.withLock { $0.points += points.filter { !$0.metric.isTiming } }
  }

  package func choose(step: Int, epoch: Int, value: Double) {
    state.withLock { $0.chosen = (step, epoch) }
  }

  package func save(_ checkpoint: @escaping @Sendable () throws -> Checkpoint) {}

  package func keepForLonger(_ checkpoint: () throws -> Checkpoint?) throws {}

  package func writeArtifact(_ name: String, _ data: Data) throws {
    state.withLock { $0.artifacts[name] = data }
  }

  package func finish(_ status: RunStatus, durationSeconds: Double?, message: String?) {
    state.withLock { $0.ending = status }
  }
}
