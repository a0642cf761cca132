import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Runs
import Sweeps
import Testing
import Tracking

/// What running a plan would do, for runs that stand in every way there is: the counts all differ.
@Suite struct PlanStatusTests {
  private static let file = """
    data: {source: spiral, points_per_class: 10}
    model: {mlp: {hidden: [4]}}
    train: {batch_size: 10, epochs: 6}
    seeds: 40
    """

  private struct Prepared {
    let place: Workplace
    let store: RunStore
    let facts: PlanFacts
    let runs: [PlannedRun]
    /// What is held while it is looked at.
    var held: [RunClaim] = []
    var writer: RunWriter?
  }

  private func prepared() throws -> Prepared {
    let library = DataLibrary()
    let place = Workplace()
    let path = place.folder + "/e.yaml"
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    let experiment = try Experiment.read(path, overrides: [], library: library)
    let facts = PlanFacts(library: library)
    let plan = try RunPlan(experiment, facts: facts)
    let runs = plan.runs.map(\.run)
    return Prepared(place: place, store: try place.store(), facts: facts, runs: runs)
  }

  /// Two completed, one diverged; five stopped after 3 epochs, three of them with a checkpoint;
  /// seven interrupted, four of them with one; one failed; one in training; two abandoned; one that a
  /// shorter run leads to; the rest new.
  @Test func everyRunIsCountedWhereItStands() throws {
    var sample = try prepared()
    let endings: [(RunStatus, hasCheckpoint: Bool)] =
      [(.completed, false), (.completed, false), (.diverged, false)]
      + [true, true, true, false, false].map { (.stopped, $0) }
      + [true, true, true, true, false, false, false].map { (.interrupted, $0) }
      + [(.failed, false)]
    try end(sample, endings)
    try leave(&sample, after: endings.count)
    let status = try status(sample, limit: nil)
    #expect(status.total == 40)
    #expect(status.reused == 3)
    #expect(status.resumed == 7)
    #expect(status.trainedAgain == 2 + 3 + 1 + 2)
    #expect(status.elsewhere == 1)
    #expect(status.continued == 2)
    #expect(status.new == 40 - 16 - 3 - 2)
    #expect(status.toTrain == 40 - 3 - 1)
    // As far as three epochs the stopped ones are enough.
    let short = try self.status(sample, limit: 3)
    #expect(short.reused == 8 && short.resumed == 4 && short.trainedAgain == 6)
    let further = try self.status(sample, limit: 4)
    #expect(further.reused == 3 && further.resumed == 7)
    let fresh = try PlanStatus(sample.runs, facts: sample.facts, in: sample.store, fresh: true)
    #expect(fresh.new == 40 && fresh.toTrain == 40 && fresh.reused == 0)
    let none = try PlanStatus(sample.runs, facts: sample.facts, in: nil)
    #expect(none.new == 40 && none.total == 40)
    // By their keys alone: nobody knows of shorter runs, and each key counts once.
    let keys = sample.runs.map(\.key)
    let byKey = try PlanStatus(keys: keys + keys, in: sample.store)
    #expect(byKey.total == 40 && byKey.continued == 0 && byKey.new == 21)
    try sample.writer?.close()
  }

  private func status(_ sample: Prepared, limit: Int?) throws -> PlanStatus {
    try PlanStatus(sample.runs, facts: sample.facts, in: sample.store) { _ in limit }
  }

  private func request(_ run: PlannedRun) -> RunRequest {
    RunRequest(
      key: run.key, configuration: run.configurationKey, seed: run.seed,
      objective: run.configuration.objective, parameters: [])
  }

  private func claim(_ sample: Prepared, _ run: PlannedRun) throws -> RunClaim? {
    let id = try sample.store.register([("main", [request(run)])], experiment: "e")[0][0].id
    guard case .claimed(let claim) = try sample.store.claim(id) else { return nil }
    return claim
  }

  private func point(_ epoch: Int) -> MetricPoint {
    MetricPoint(.trainLoss, step: epoch * 3, epoch: epoch, value: 1, timeMilliseconds: 0)
  }

  private func end(_ sample: Prepared, _ endings: [(RunStatus, hasCheckpoint: Bool)]) throws {
    let writer = RunWriter(sample.store)
    for (run, ending) in zip(sample.runs, endings) {
      let recorder = writer.recorder(for: try #require(try claim(sample, run)))
      recorder.record([point(3)])
      if ending.hasCheckpoint {
        recorder.writeCheckpoint(
          {
            Checkpoint(
              step: 9, epoch: 3, best: nil, points: 1, maker: "m", state: Data())
          }, failed: { Issue.record($0) })
      }
      recorder.finish(ending.0, durationSeconds: 1)
    }
    try writer.close()
  }

  /// One run in training, two whose process died, and the states of shorter runs of two others.
  private func leave(_ sample: inout Prepared, after count: Int) throws {
    let writer = RunWriter(sample.store)
    let living = try #require(try claim(sample, sample.runs[count]))
    sample.held.append(living)
    let dead = RunWriter(sample.store)
    do {
      for run in sample.runs[count + 1...count + 2] {
        _ = dead.recorder(for: try #require(try claim(sample, run)))
      }
      try dead.flush()
      try dead.close()
    }
    _ = writer.recorder(for: living)
    for (run, updates) in zip(sample.runs[count + 3...count + 5], [12, 17, 18]) {
      let asked = RunRequest(
        key: "shorter \(run.key)", configuration: "shorter", seed: run.seed,
        objective: run.configuration.objective, parameters: [])
      let id = try sample.store.register([("other", [asked])], experiment: "e")[0][0].id
      guard case .claimed(let claim) = try sample.store.claim(id) else { continue }
      let recorder = writer.recorder(for: claim)
      recorder.record([point(1)])
      let state = Checkpoint(
        step: updates, epoch: 1, best: nil, points: 1, maker: "m", state: Data())
      try recorder.writeState(state, lineage: #require(run.lineage))
      recorder.finish(.completed, durationSeconds: 1)
    }
    try writer.flush()
    sample.writer = writer
  }
}
