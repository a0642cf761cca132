import Datasets
import Experiments
import Foundation
import RunStorage
import Runner
import Sweeps
import Testing
import Tracking

/// A plan that grows while it is trained: a halving search for the greatest accuracy, then its best
/// configuration with more seeds.
@Suite struct PlanWorkTests {
  private static let file = """
    data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
    model: {mlp: {hidden: [8]}}
    objective: {maximize: val/accuracy}
    train: {epochs: 8, batch_size: 16}
    notebook:
      - sweep: search
        over: {lr: [0.00001, 0.001, 0.01, 0.03]}
        stop: {name: asha, min_epochs: 2, reduction: 2}
      - sweep: again
        from: {best: 1, of: search}
        seeds: 3
    """

  private func work(
    _ place: Workplace, only: [String] = [], fresh: Bool = false
  ) throws -> PlanWork {
    let library = DataLibrary()
    let path = place.folder + "/e.yaml"
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    let experiment = try Experiment.read(path, overrides: [], library: library)
    let facts = PlanFacts(library: library)
    return try PlanWork(
      GrowingPlan(experiment, facts: facts), facts: facts, only: only,
      in: place.store(), isFresh: fresh)
  }

  private func run(_ place: Workplace, _ work: PlanWork, fresh: Bool = false) throws -> RunReport {
    var options = SweepRunner.Options()
    let cores = 2
    options.isFresh = fresh
    return try SweepRunner(place.store(), options, cores: cores).run(
      work, experiment: "e", title: "Halving")
  }

  @Test func theBetterHalfGoesOnAndTheBestGetsMoreSeeds() throws {
    let place = Workplace()
    let work = try work(place)
    #expect(work.total == 4 + 3)
    let report = try run(place, work)
    #expect(report.total == 4 + 2)  // The best of the search has its first seed already.
    #expect(report.ended == [.completed: 3, .stopped: 3])
    let store = try place.store()
    #expect(try store.sweeps().map(\.title) == ["Halving", "Halving"])
    let search = try store.runs(RunQuery(SweepName(experiment: "e", sweep: "search")))
    // Two epochs for all, four for the better two, eight for the best.
    #expect(search.compactMap(\.epoch).sorted() == [2, 2, 4, 8])
    func best(_ run: RunRecord, upTo epoch: Int) throws -> Double {
      let curve = try #require(try store.curves(of: [run.id], [.valAccuracy]).first)
      return zip(curve.epochs, curve.values).filter { (1...epoch).contains($0.0) }
        .map(\.1).max() ?? 0
    }
    for (rung, stopped) in [(2, 2), (4, 4)] {
      let ended = search.filter { $0.epoch == stopped }
      let further = search.filter { $0.epoch ?? 0 > stopped }
      let worst = try further.map { try best($0, upTo: rung) }.min() ?? 0
      for run in ended { #expect(try best(run, upTo: rung) <= worst) }
    }
    let winner = try #require(search.first { $0.epoch == 8 })
    let again = try store.runs(RunQuery(SweepName(experiment: "e", sweep: "again")))
    #expect(again.map(\.seed).sorted() == [1, 2, 3])
    #expect(again.allSatisfy { $0.parameters["train.lr"] == winner.parameters["train.lr"] })
    #expect(again.contains { $0.id == winner.id })
    #expect(again.allSatisfy { $0.epoch == 8 })

    // Everything is there: nothing is trained again, and the same number is known at once.
    let second = try self.work(place)
    let reused = try run(place, second)
    #expect(reused.trained == 0 && reused.reused == 6 && reused.total == 6)
    // Anew everything is trained once more, and comes to the same.
    let fresh = try run(place, try self.work(place, fresh: true), fresh: true)
    #expect(fresh.ended == [.completed: 3, .stopped: 3] && fresh.reused == 0)
    #expect(try store.count() == 6)
    var query = RunQuery()
    query.includesReplaced = true
    #expect(try store.count(query) == 12)
  }

  @Test func aSweepWithoutItsSourceSaysSo() throws {
    let place = Workplace()
    let only = try work(place, only: ["again"])
    #expect(only.total == 3)
    let error = #expect(throws: LabbookError.self) { try run(place, only) }
    #expect(
      error
        == .failure(
          "the sweep 'again' begins with the best of 'search', which is not done",
          hint: "run it too, with --only search or without --only"))
    let search = try run(place, work(place, only: ["search"]))
    #expect(search.total == 4)
    #expect(try run(place, work(place, only: ["again"])).ended == [.completed: 2])
    #expect(throws: LabbookError.self) { try work(place, only: ["serch"]) }
  }
}
