import Foundation
import RunStorage
import Runs
import Tracking

/// Brings the work of a plan into the store and hands it out: wave after wave, and between them what a
/// search proposes when there is time for a run.
///
/// Whoever asks holds its lock, as the work may be asked by one thread at a time.
final class WaveSource: @unchecked Sendable {
  private let work: any SweepWork
  private let shared: SharedWork
  private let experiment: String
  private let title: String?
  private let tags: [String]
  private let lock = NSLock()
  private var renewed: [String: RegisteredRun] = [:]
  private var isFirst = true
  private var keys: [(sweep: String, keys: [String])] = []

  init(
    _ work: any SweepWork, _ shared: SharedWork, experiment: String, title: String?, tags: [String]
  ) {
    (self.work, self.shared) = (work, shared)
    (self.experiment, self.title, self.tags) = (experiment, title, tags)
  }

  /// Whether more may become known while a wave is at work.
  var growsOnArrival: Bool { work.proposesOnArrival }

  /// The next wave, with all runs that it registered; `nil` where all is done.
  ///
  /// - Throws: what keeps it from being known or stored.
  func wave() throws -> (Assignment, [RegisteredRun])? {
    try lock.withLock {
      let sweeps: [SweepJobs]
      do { sweeps = try work.next() } catch {
        // What was not begun has no result from which more could follow; why is said already.
        if shared.board.hindrances.isEmpty { throw error }
        return nil
      }
      return sweeps.isEmpty ? nil : try assign(sweeps)
    }
  }

  /// The runs that a search proposes now; none where it has no more, or the work is to end.
  ///
  /// - Throws: what keeps them from being known or stored.
  func more() throws -> [AssignedRun] {
    try lock.withLock {
      while shared.letsBegin, shared.board.hindrances.isEmpty {
        try shared.writer.flush()
        let sweeps = try work.more()
        if sweeps.isEmpty { return [] }
        let (assignment, _) = try assign(sweeps)
        // One that is in the store already is no work.
        if !assignment.toTrain.isEmpty { return assignment.toTrain }
      }
      return []
    }
  }

  /// The sweeps and the runs of theirs that are known, those of all waves.
  var sweeps: [Wave.SweepKeys] {
    lock.withLock { keys.map { Wave.SweepKeys(sweep: $0.sweep, keys: $0.keys) } }
  }

  private func assign(_ sweeps: [SweepJobs]) throws -> (Assignment, [RegisteredRun]) {
    let registered = try shared.store.register(
      sweeps.map { ($0.sweep, $0.jobs.map(\.request)) }, experiment: experiment, title: title,
      tags: tags, fresh: shared.options.isFresh, renewed: &renewed, as: work.mark, isFirst: isFirst)
    isFirst = false
    for sweep in sweeps {
      let added = sweep.jobs.map(\.request.key)
      if let place = keys.firstIndex(where: { $0.sweep == sweep.sweep }) {
        keys[place].keys += added
      } else {
        keys.append((sweep.sweep, added))
      }
    }
    shared.judge.know(work.arrivals)
    let assignment = Assignment(sweeps, registered)
    shared.board.expect(total: work.total, assignment)
    return (assignment, Array(registered.joined()))
  }
}
