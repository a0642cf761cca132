import Foundation
import GRDB
public import Runs
public import Tracking

/// A state from which a run can go on.
public struct SavedState: Sendable {
  /// What was saved.
  public let checkpoint: Checkpoint
  /// The shorter run that left it; `nil` where it is the run's own.
  public let source: RunID?

  /// Makes a saved state.
  ///
  /// - Parameter source: the run that left it; `nil` where it is the run's own.
  public init(checkpoint: Checkpoint, source: RunID?) {
    (self.checkpoint, self.source) = (checkpoint, source)
  }

  /// The start that it stands for.
  public var start: RunStart {
    source.map { .continued(checkpoint, from: $0) } ?? .resumed(checkpoint)
  }
}

extension RunStore {
  /// The checkpoint of a run that is not trained at the moment; `nil` where it has none.
  ///
  /// - Throws: `LabbookError` that says why it cannot be used: it is damaged, or points that it rests
  ///   on are not in the store, which a power cut can cost.
  public func checkpoint(of run: RunID) throws -> SavedState? {
    let path = checkpointPath(run)
    let stored = {
      try self.read { db in
        try Data.fetchOne(
          db,
          sql: "SELECT data FROM checkpoints WHERE run = (SELECT id FROM runs WHERE run = ?)",
          arguments: [run.description])
      }
    }
    guard let file = try FileManager.default.contents(atPath: path) ?? stored() else { return nil }
    return SavedState(
      checkpoint: try checked({ try Checkpoint(file) }, path, pointsOf: run), source: nil)
  }

  /// The longest finished run that a longer run of the same lineage goes on from.
  ///
  /// - Throws: `LabbookError` that says why its last state cannot be used.
  public func continuation(of lineage: String, updates: Int) throws -> SavedState? {
    guard let source = try continuationSource(of: lineage, updates: updates) else { return nil }
    let path = folder(of: source) + "/" + RunFile.state
    let read = { try Checkpoint(try self.artifact(RunFile.state, of: source)) }
    return SavedState(checkpoint: try checked(read, path, pointsOf: source), source: source)
  }

  /// The run that `continuation` would go on from; reads no file.
  public func continuationSource(of lineage: String, updates: Int) throws -> RunID? {
    let name = try look { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT runs.run FROM states JOIN runs ON runs.id = states.run
            WHERE states.lineage = ? AND states.updates < ? AND runs.status = 'completed'
            ORDER BY states.updates DESC LIMIT 1
            """), arguments: [lineage, updates])
    }
    return name.flatMap(RunID.init)
  }

  /// The lineage of a run that keeps its last state for longer ones; `nil` where it keeps none.
  public func lineage(of run: RunID) throws -> String? {
    try look { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: "SELECT lineage FROM states WHERE run = (SELECT id FROM runs WHERE run = ?)"),
        arguments: [run.description])
    }
  }

  func checkpointPath(_ run: RunID) -> String { folder(of: run) + "/checkpoint" }

  private func checked(
    _ read: () throws -> Checkpoint, _ path: String, pointsOf run: RunID
  ) throws -> Checkpoint {
    let checkpoint: Checkpoint
    do { checkpoint = try read() } catch {
      throw LabbookError.failure("the checkpoint '\(path)' cannot be used: \(error)")
    }
    let points = try self.read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM metric_points WHERE run = ? AND step <= ?",
        arguments: [run.description, checkpoint.step]) ?? 0
    }
    guard points == checkpoint.points else {
      throw LabbookError.failure(
        "the checkpoint '\(path)' cannot be used: the store has \(points) of the "
          + "\(checkpoint.points) points before it")
    }
    return checkpoint
  }
}
