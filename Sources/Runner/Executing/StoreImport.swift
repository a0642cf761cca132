import Foundation
public import RunStorage
import Runs
import Synchronization
import Tracking

/// The runs of another store that have a result, for a store that may lack them: they come with their
/// points, files, tags and notes, as they are.
public final class StoreImport: Sendable {
  private let other: RunStore
  private let left = Mutex((withoutConfiguration: 0, logged: 0))

  /// Reads another store.
  public init(_ other: RunStore) { self.other = other }

  /// How many runs were left out, since their store keeps no configuration of them: those of 0.1.0.
  public var leftOut: Int { left.withLock { $0.withoutConfiguration } }

  /// How many runs were left out, since they were logged through MLflow: their store has neither their network
  /// nor their command, and no file asks for them.
  public var loggedLeftOut: Int { left.withLock { $0.logged } }

  /// The other store's experiments.
  ///
  /// - Throws: what keeps it from being read.
  public func experiments() throws -> [String] {
    var seen: Set<String> = []
    return try other.sweeps().map(\.name.experiment).filter { seen.insert($0).inserted }
  }

  /// The sweeps of an experiment with those of their runs that have a result.
  ///
  /// - Throws: what keeps them from being read.
  public func sweeps(of experiment: String) throws -> [SweepJobs] {
    try other.sweeps(of: experiment).map { sweep in
      var query = RunQuery(sweep.name)
      query.includesFormer = true
      let all = try other.runs(query)
      left.withLock { $0.logged += all.count(where: \.isLogged) }
      let runs = all.filter { $0.status.isResult && !$0.isLogged }
      return SweepJobs(sweep.name.sweep, try runs.compactMap(job))
    }.filter { !$0.jobs.isEmpty }
  }

  private func job(of run: RunRecord) throws -> TrainingJob? {
    let stored = try other.configuration(of: run.id)
    guard let files = stored.files else {
      left.withLock { $0.withoutConfiguration += 1 }
      return nil
    }
    let request = RunRequest(
      key: run.key, configurationKey: run.configuration, lineage: try other.lineage(of: run.id),
      configuration: stored.configuration, files: files, updates: nil)
    return TrainingJob(request, label: "\(run.sweep), seed \(run.seed)", updates: nil, cost: 1)
  }

  /// Brings the runs over.
  public var executor: any Executor { Bringing(other) }

  /// Marks the runs of a store as the other one has them marked.
  ///
  /// - Parameter store: the one that they were brought to.
  /// - Throws: what keeps it from being written.
  public func bringRemarks(to store: RunStore) throws {
    for run in try other.runs() where !run.tags.isEmpty || run.note != nil {
      guard let ours = try store.currentRuns(ofKeys: [run.key])[run.key] else { continue }
      let known = try store.run(ours.id)
      for tag in run.tags where known?.tags.contains(tag) == false {
        try store.tag(ours.id, tag)
      }
      if let note = run.note, known?.note == nil { try store.setNote(note, of: ours.id) }
    }
  }
}

/// Tells a wave what another store has of its runs.
private final class Bringing: Executor {
  private let other: RunStore

  init(_ other: RunStore) { self.other = other }

  func run(_ wave: Wave) {
    for run in wave.runs where !wave.isStopping {
      do { try bring(run, wave) } catch { wave.hinder("\(run.job.label): \(error)") }
    }
  }

  private func bring(_ run: AssignedRun, _ wave: Wave) throws {
    let key = run.job.request.key
    var query = RunQuery()
    query.keys = [key]
    guard let found = try other.runs(query).first else { return }
    let environment = try other.environment(of: found.id)
    // A store that was changed meanwhile, or is damaged, is seen before anything is written.
    let points = try self.points(of: found)
    let files = try other.artifacts(of: found.id).map {
      ($0.name, try other.artifact($0.name, of: found.id))
    }
    guard case .opened(let sink, _) = wave.open(run, RunAttempt(environment: environment)) else {
      return
    }
    do {
      try sink.begin(from: nil, refused: [])
      for step in points { sink.record(step) }
      if let step = found.bestStep, let epoch = found.bestEpoch,
        let value = found.value(of: found.objective.metric, .best)
      {
        sink.choose(step: step, epoch: epoch, value: value)
      }
      for (name, data) in files { try write(name, data, run, sink) }
      sink.finish(
        found.status, durationSeconds: found.durationSeconds, message: found.message)
    } catch {
      sink.finish(.failed, durationSeconds: nil, message: String(describing: error))
    }
  }

  /// Longer runs go on from a last state here too.
  private func write(
    _ name: String, _ data: Data, _ run: AssignedRun, _ sink: any RunSink
  ) throws {
    if name == RunFile.state, run.job.request.lineage != nil, let state = try? Checkpoint(data) {
      try sink.keepForLonger { state }
    } else {
      try sink.writeArtifact(name, data)
    }
  }

  /// The points of a run, those of one step together, in order.
  private func points(of run: RunRecord) throws -> [[MetricPoint]] {
    var steps: [Int: [MetricPoint]] = [:]
    for curve in try other.curves(of: [run.id], try other.metrics(of: [run.id])) {
      for (place, step) in curve.steps.enumerated() {
        steps[step, default: []].append(
          MetricPoint(
            curve.metric, step: step, epoch: curve.epochs[place], value: curve.values[place],
            timeMilliseconds: curve.times[place]))
      }
    }
    return steps.sorted { $0.key < $1.key }.map(\.value)
  }
}
