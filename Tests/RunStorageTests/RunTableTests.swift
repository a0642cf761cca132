import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunTableTests {
  /// 12 runs of four rates and three seeds; run k has the values 10 k, 10 k + 1, 10 k + 2 at its steps.
  private func filled(_ place: Workplace) throws -> (RunStore, [RunID]) {
    let store = try place.store()
    let requests = [0.1, 0.03, 0.01, 0.003].flatMap { rate in
      (1...3).map { seed in
        request(
          "\(rate)/\(seed)", configuration: "\(rate)", seed: seed,
          [
            Hyperparameter("train.lr", .number(rate)), Hyperparameter("train.seed", .integer(seed)),
            Hyperparameter("train.model", .text(rate > 0.02 ? "wide" : "deep")),
          ])
      }
    }
    let runs = try register(store, requests).map(\.id)
    let writer = RunWriter(store)
    for (place, run) in runs.enumerated() {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      let order = [1, 2, 0]
      recorder.record((1...3).map { point("score", $0, Double(10 * place + order[$0 - 1])) })
      recorder.choose(step: 2, epoch: 2)
      recorder.finish(place == 4 ? .diverged : .completed, durationSeconds: 1)
    }
    try writer.close()
    return (store, runs)
  }

  @Test func aMetricIsReducedInFourWays() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    let all = MetricReduction.allCases.map { ReducedMetric(Metric("score"), $0) }
    let values = try store.values(all, of: [runs[7]])[runs[7]]
    #expect(values?[ReducedMetric(Metric("score"), .last)] == 70)
    #expect(values?[ReducedMetric(Metric("score"), .best)] == 72)
    #expect(values?[ReducedMetric(Metric("score"), .min)] == 70)
    #expect(values?[ReducedMetric(Metric("score"), .max)] == 72)
    #expect(try store.values([ReducedMetric(Metric("absent"), .max)], of: runs)[runs[0]] == [:])
  }

  @Test func rowsAreRunsOrConfigurationsUnderHeadings() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    var query = RunQuery()
    query.order = .reduced(Metric("score"), .max, descending: true)
    let byRun = try store.arrangement(query)
    // The diverged one is the last.
    let order = [11, 10, 9, 8, 7, 6, 5, 3, 2, 1, 0, 4].map { runs[$0] }
    #expect(try store.records(byRun, at: Array(0..<12)).map { $0?.id } == order)
    #expect(byRun.entry(0).kind == .run && byRun.runs == 12)

    let byConfiguration = try store.arrangement(query, isByConfiguration: true)
    let summaries = try store.summaries(
      byConfiguration, 0..<4, of: [ReducedMetric(Metric("score"), .min)])
    #expect(summaries.map { $0?.first.configuration } == ["0.003", "0.01", "0.1", "0.03"])
    #expect(summaries[0]?.statistics.values.first?.mean == 100)
    #expect(summaries[0]?.statistics.values.first?.deviation == 10)
    // Of the one with a diverged run two count.
    #expect(summaries[3]?.statistics.values.first?.count == 2)
    #expect(summaries[3]?.statuses == [.completed: 2, .diverged: 1])

    let under = try store.arrangement(query, under: .parameter("train.model"))
    #expect(under.count == 14)
    #expect(under.entry(0).kind == .heading(.text("deep")) && under.entry(0).runs == 6)
    #expect(under.entry(7).kind == .heading(.text("wide")))
    let heading = try store.summaries(under, 0..<1, of: [ReducedMetric(Metric("score"))])[0]
    #expect(heading?.runs == 6 && heading?.statistics.values.first?.mean == 85)
    let absent = try store.arrangement(query, under: .parameter("train.absent"))
    #expect(absent.count == 13 && absent.entry(0).kind == .heading(.off))
  }

  @Test func valuesAreCounted() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    try store.tag(runs[0], "mine")
    try store.setNote("a note", of: runs[1])
    let tally = try store.tally(try store.arrangement(RunQuery()))
    #expect(tally.runs == 12)
    #expect(tally.differing == ["train.lr", "train.model"])
    #expect(tally.parameters == ["train.lr", "train.model"])
    let models = tally[.parameter("train.model")]
    #expect(models?.values.map(\.runs) == [6, 6] && models?.isCut == false && models?.having == 12)
    #expect(
      tally[.column("status")]?.values.map(\.value) == [.text("completed"), .text("diverged")])
    #expect(tally[.column("tag")]?.having == 1)
    #expect(tally.metrics == [Metric("score")] && tally.objectives == [Metric("val/loss")])
    #expect(tally.hasNotes && !tally.hasMessages)
  }

  @Test func aFieldOfManyValuesIsCutAndSaysSo() throws {
    let place = Workplace()
    let store = try place.store()
    try register(
      store,
      (0..<60).map { request("\($0)", [Hyperparameter("train.lr", .integer($0))]) })
    let tally = try store.tally(try store.arrangement(RunQuery()))
    let rates = tally[.parameter("train.lr")]
    #expect(rates?.isCut == true && rates?.values.count == RunTally.most && rates?.having == 60)
    #expect(tally.differing == ["train.lr"])
  }

  /// A row of a window costs the same in a store of any size.
  @Test func everyRowIsReadByIndices() throws {
    let place = Workplace()
    _ = try filled(place)
    let witness = Witness(place.path)
    for statement in RunStore.rowStatements {
      let sql = statement.replacing("?", with: "1")
      let plan = witness.rows("EXPLAIN QUERY PLAN " + sql).compactMap { $0.last ?? nil }
      #expect(!plan.isEmpty)
      for step in plan {
        #expect(!step.hasPrefix("SCAN") || step == "SCAN CONSTANT ROW", "\(statement): \(step)")
        #expect(!step.hasPrefix("error"), "\(statement): \(step)")
      }
    }
  }

  @Test func beginningsAreTheShortestThatAreNobodyElses() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, (0..<400).map { request("\($0)") }).map(\.id)
    let found = try store.beginnings(of: runs)
    for run in runs {
      let name = try #require(found[run])
      #expect(name.count >= 6 && run.description.hasPrefix(name))
      #expect(runs.count { $0.description.hasPrefix(name) } == 1)
      let shorter = name.dropLast()
      #expect(name.count == 6 || runs.count { $0.description.hasPrefix(shorter) } > 1)
      #expect(try store.runs(beginning: name, limit: 5) == [run])
    }
    let many = runs.filter { $0.description.hasPrefix("a") }.sorted {
      $0.description < $1.description
    }
    #expect(try store.runs(beginning: "A", limit: 100) == many)
    #expect(try store.runs(beginning: "a'", limit: 100).isEmpty)
    #expect(try store.configurations(beginning: "configuration of 12", limit: 100).count == 11)
  }
}
