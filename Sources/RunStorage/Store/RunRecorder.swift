public import Foundation
public import Runs
import Synchronization
public import Tracking

/// Takes what one claimed run measures and hands it to the writer, without waiting for the disk.
///
/// It is used by the run's worker; only the writer's thread empties it.
public final class RunRecorder: Sendable {
  /// The claim under which the run is trained.
  public let claim: RunClaim
  private let writer: RunWriter
  private let state = Mutex(State())

  private struct State {
    var buffer = PointBuffer()
    var chosen: ChosenEpoch?
    /// Files that are written already.
    var artifacts: [ArtifactRecord] = []
    /// Files that become rows of the store.
    var files: [SmallFile] = []
    /// Bytes of all files so far.
    var fileBytes = 0
    var start: RunStart?
    var began = ContinuousClock.now
    var checkpoint: AwaitedCheckpoint?
    var checkpoints = 0
    var lineage: Lineage?
  }

  init(_ claim: RunClaim, _ start: RunStart?, writer: RunWriter) {
    self.claim = claim
    self.writer = writer
    state.withLock { $0.start = start }
  }

  /// Says from where the run is trained, before anything is recorded; without it, anew.
  public func begin(_ start: RunStart) {
    state.withLock { state in
      state.start = state.start ?? start
      state.began = .now
    }
  }

  /// Takes points, in the store within half a second; those of one step that come together are
  /// stored together.
  ///
  /// A metric is recorded once a step.
  public func record(_ points: some Sequence<MetricPoint>) {
    let count = state.withLock { state in
      state.buffer.append(points)
      return state.buffer.count
    }
    if count >= Self.wakingCount { writer.wake() }
    if count >= Self.greatestCount { writer.waitForRoom() }
  }

  /// Notes that the objective is best so far at this epoch.
  public func choose(step: Int, epoch: Int) {
    state.withLock { $0.chosen = ChosenEpoch(step: step, epoch: epoch) }
  }

  /// Keeps a file of the run.
  ///
  /// As long as the run's files are small together they wait in memory, and go into the store with its
  /// next checkpoint or its end; otherwise they are written into its folder.
  ///
  /// - Throws: `LabbookError` where it cannot be written.
  public func writeArtifact(_ name: String, _ data: Data) throws {
    let file = SmallFile(name, data)
    let large = state.withLock { state -> [SmallFile] in
      state.fileBytes += data.count
      state.files.append(file)
      guard state.fileBytes > SmallFiles.greatestBytes else { return [] }
      defer { state.files = [] }
      return state.files
    }
    if large.isEmpty { return }
    claim.noteFolder()
    for file in large {
      let record = try writer.store.writeFile(file, of: claim.run)
      state.withLock { $0.artifacts.append(record) }
    }
  }

  /// The folder of what an outside program writes, made where it is not there.
  ///
  /// - Throws: `LabbookError` where it cannot be made.
  public func ownFolder() throws -> RunFolderPlace {
    claim.noteFolder()
    let folder = try writer.store.makeFolder(of: claim.run) + "/" + RunFolder.program
    if mkdir(folder, 0o777) != 0, !FileIdentity.isFolder(folder) {
      throw LabbookError.failure("the folder '\(folder)' cannot be made: \(systemReason(errno))")
    }
    return RunFolderPlace(run: claim.run.description, path: folder)
  }

  /// Moves a file to those of the run, without reading it into memory.
  ///
  /// - Throws: `LabbookError` where it cannot be moved or read.
  public func takeFile(_ name: String, at path: String) throws {
    claim.noteFolder()
    let record = try writer.store.moveFile(name, of: claim.run, from: path)
    state.withLock { $0.artifacts.append(record) }
  }

  /// Hands over a checkpoint, which the writer's thread makes and writes; it takes its name once
  /// everything that was recorded before is committed.
  ///
  /// - Parameters:
  ///   - make: gives the checkpoint; dropped uncalled where a later one comes first.
  ///   - failed: takes what kept it from being made or written, on the writer's thread.
  public func writeCheckpoint(
    _ make: @escaping @Sendable () throws -> Checkpoint,
    failed: @escaping @Sendable (any Error) -> Void
  ) {
    let (store, run) = (writer.store, claim.run)
    let name = store.checkpointPath(run)
    claim.noteFolder()
    state.withLock { state in
      state.checkpoints += 1
      let place = UnnamedCheckpoint(name: name, path: "\(name).\(state.checkpoints)")
      state.checkpoint = AwaitedCheckpoint(
        place: place, prepare: { try store.makeFolder(of: run) }, make: make, failed: failed)
    }
    writer.wake()
  }

  /// Whether the run has trained for so long, counted from its beginning, that a longer one saves time
  /// by going on from its last state; a run that itself went on has.
  public var isWorthGoingOn: Bool {
    let (start, began) = state.withLock { ($0.start, $0.began) }
    return start?.checkpoint != nil
      || ContinuousClock.now - began >= .seconds(writer.leastStateSeconds)
  }

  /// Keeps the last state, from which longer runs of the same lineage go on.
  ///
  /// - Throws: `LabbookError` where it cannot be written.
  public func writeState(_ checkpoint: Checkpoint, lineage: String) throws {
    try writeArtifact(RunFile.state, checkpoint.encoded())
    state.withLock { $0.lineage = Lineage(key: lineage, updates: checkpoint.step) }
  }

  /// Ends the run; its status is committed together with its last points, or after them, and then
  /// the claim is given up.
  public func finish(_ status: RunStatus, durationSeconds: Double?, message: String? = nil) {
    writer.finish(
      RunEnding(
        recorder: self, status: status, durationSeconds: durationSeconds, message: message))
  }

  /// What came since the last call; files where a checkpoint takes them for granted, or at the end.
  func drain(into batch: inout RunBatch, isLast: Bool) {
    let awaited = state.withLock { state in
      defer { state.checkpoint = nil }
      if isLast || state.checkpoint != nil {
        batch.files += state.files
        state.files = []
      }
      swap(&batch.buffer, &state.buffer)
      batch.chosen = state.chosen
      batch.artifacts += state.artifacts
      batch.lineage = state.lineage
      batch.start = state.start
      state.chosen = nil
      state.artifacts = []
      state.lineage = nil
      return state.checkpoint
    }
    if let written = awaited?.write() {
      batch.checkpoint?.remove()
      batch.checkpoint = written
    }
  }

  /// So many waiting points are worth a transaction of their own.
  private static let wakingCount = 8_192
  /// So many are too many to wait for a slow disk.
  private static let greatestCount = 2_000_000
}

/// What a run and its longer and shorter kin have in common, and how long this one is.
struct Lineage: Sendable {
  let key: String
  let updates: Int
}

/// A checkpoint that the writer's thread is yet to make and write.
private struct AwaitedCheckpoint: Sendable {
  let place: UnnamedCheckpoint
  let prepare: @Sendable () throws -> Void
  let make: @Sendable () throws -> Checkpoint
  let failed: @Sendable (any Error) -> Void

  /// Writes it without a name; `nil` where that failed.
  func write() -> UnnamedCheckpoint? {
    do {
      let checkpoint = try make()
      try prepare()
      try place.write(checkpoint)
      return place
    } catch {
      failed(error)
      return nil
    }
  }
}

/// A checkpoint that has been written and waits for the points it rests on.
struct UnnamedCheckpoint: Sendable {
  let name: String
  let path: String

  func write(_ checkpoint: Checkpoint) throws {
    try FileWriting.write(checkpoint.encoded(), to: path, as: path)
  }

  /// Gives it its name; where that fails the one before stays.
  func takeName() { if rename(path, name) != 0 { remove() } }

  func remove() { unlink(path) }
}

/// The epoch that the objective chose.
struct ChosenEpoch: Sendable {
  let step: Int
  let epoch: Int
}

/// How a run ended.
struct RunEnding: Sendable {
  let recorder: RunRecorder
  let status: RunStatus
  let durationSeconds: Double?
  let message: String?
}
