import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Runs
import Sweeps
import Testing
import Tracking

/// From an experiment file to finished runs.
@Suite struct SweepJobsTests {
  private static let file = """
    data: {source: spiral, points_per_class: 30, split: {val: 0.2}}
    models:
      small: {mlp: {hidden: [4]}}
      large: {mlp: {hidden: [64, 64]}}
    train: {batch_size: 16, epochs: 2, lr: 0.01}
    notebook:
      - sweep: models
        over: {model: all}
        seeds: 2
      - sweep: rates
        with: {model: small}
        over: {lr: [0.01, 0.1]}
    """

  private func plan(_ place: Workplace, _ library: DataLibrary) throws -> RunPlan {
    let path = place.folder + "/experiment.yaml"
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    let experiment = try Experiment.read(path, overrides: [], library: library)
    return try RunPlan(experiment, facts: PlanFacts(library: library))
  }

  @Test func aFileIsTrained() throws {
    let place = Workplace()
    let library = DataLibrary()
    let plan = try plan(place, library)
    let sweeps = try SweepJobs.of(plan, facts: PlanFacts(library: library))
    #expect(sweeps.map(\.sweep) == ["models", "rates"])
    #expect(
      sweeps[0].jobs.map(\.label) == [
        "model=small, seed 1", "model=small, seed 2", "model=large, seed 1", "model=large, seed 2",
      ])
    #expect(sweeps[0].jobs.map(\.updates) == [10, 10, 10, 10])
    // Updates times a thousand and batch times parameters: 2 * 4 + 4 + 4 * 3 + 3 = 27 of the small
    // network, 2 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3 = 4547 of the large one.
    #expect(
      sweeps[0].jobs.map(\.cost) == [14_321, 14_321, 737_521, 737_521])
    #expect(sweeps[0].jobs.allSatisfy { $0.limit == nil && $0.request.updates == 10 })
    #expect(sweeps[0].jobs.map(\.request.seed) == [1, 2, 1, 2])
    #expect(sweeps[1].jobs.map(\.label) == ["lr=0.01", "lr=0.1"])
    #expect(sweeps[1].jobs[0].request == sweeps[0].jobs[0].request)

    let store = try place.store()
    let report = try SweepRunner(store).run(sweeps, experiment: "e", stop: StopSignal())
    #expect(report.total == 5)  // The small model at 0.01 with seed 1 is in both sweeps.
    #expect(report.ended == [.completed: 5])
    let runs = try store.runs(RunQuery(SweepName(experiment: "e", sweep: "models")))
    #expect(runs.count == 4)
    #expect(runs.groupedByConfiguration().map(\.runs.count) == [2, 2])
    #expect(runs[0].parameters["train.model"] == .text("small"))
    #expect(runs[0].parameters["train.lr"]?.asNumber == 0.01)
    #expect(runs.allSatisfy { $0.epoch == 2 && $0.step == 10 })
    #expect(try PlanStatus(keys: plan.runs.map(\.run.key), in: store).reused == 5)
  }

  @Test func onlyOneSweepIsTrained() throws {
    let place = Workplace()
    let library = DataLibrary()
    let plan = try plan(place, library)
    let facts = PlanFacts(library: library)
    let jobs = try SweepJobs.of(plan, facts: facts, only: ["rates"])
    #expect(jobs.map(\.sweep) == ["rates"])
    let near = #expect(throws: LabbookError.self) {
      try SweepJobs.of(plan, facts: facts, only: ["rates", "rate"])
    }
    #expect(near == .input("the file has no sweep 'rate'", hint: "did you mean 'rates'?"))
    let far = #expect(throws: LabbookError.self) {
      try SweepJobs.trials(of: plan, only: ["quite another"])
    }
    #expect(
      far
        == .input("the file has no sweep 'quite another'", hint: "its sweeps are 'models', 'rates'")
    )
  }

  @Test func everyConfigurationIsTriedOnce() throws {
    let place = Workplace()
    let library = DataLibrary()
    let jobs = try SweepJobs.trials(of: plan(place, library))
    #expect(jobs.map(\.label) == ["model=small", "model=large", "lr=0.1"])
    #expect(jobs.map(\.updates) == [2, 2, 2])
    let results = TryOut.run(jobs)
    #expect(results.allSatisfy { $0.failure == nil && $0.seconds > 0 })
    #expect(results.map(\.label) == ["model=small", "model=large", "lr=0.1"])
    let only = try SweepJobs.trials(of: plan(place, library), only: ["rates"])
    #expect(only.map(\.label) == ["lr=0.01", "lr=0.1"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["experiment.yaml"])
  }
}
