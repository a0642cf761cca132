import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunQueryTests {
  /// Six runs: three rates, two seeds each; the last one never began.
  private func filled(_ place: Workplace) throws -> (RunStore, [RunID]) {
    let store = try place.store()
    let requests = [0.1, 0.01, 0.001].flatMap { rate in
      [1, 2].map { seed in
        request(
          "\(rate)/\(seed)", configuration: "\(rate)", seed: seed,
          [
            Hyperparameter("train.lr", .number(rate)), Hyperparameter("train.seed", .integer(seed)),
            Hyperparameter("train.model", .text("net")),
          ])
      }
    }
    let runs = try register(store, requests).map(\.id)
    let writer = RunWriter(store)
    for (place, run) in runs.dropLast().enumerated() {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record((1...3).map { point("val/loss", $0, Double((place + $0) % 3)) })
      recorder.record([point("val/accuracy", 3, place == 2 ? .nan : 0.9 + Double(place) / 100)])
      recorder.choose(step: 3, epoch: 3)
      recorder.finish(place == 3 ? .diverged : .completed, durationSeconds: Double(place))
    }
    try writer.close()
    return (store, runs)
  }

  @Test func runsAreOrderedByAMetricWithMissingOnesLast() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    var query = RunQuery()
    query.order = .metric(.valAccuracy, .last, descending: true)
    // The one that diverged has no place among those with a value, whatever it had reached.
    #expect(try store.runs(query).map(\.id) == [4, 1, 0, 2, 3, 5].map { runs[$0] })
    query.order = .metric(.valAccuracy, .best, descending: false)
    query.limit = 2
    #expect(try store.runs(query).map(\.id) == [0, 1].map { runs[$0] })
    query.offset = 2
    #expect(try store.runs(query).map(\.id) == [4, 2].map { runs[$0] })
    #expect(try store.count(query) == 6)
  }

  @Test func runsAreOrderedByParametersAndColumns() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    var query = RunQuery()
    query.order = .parameter("train.lr", descending: false)
    #expect(try store.runs(query).map(\.id) == [4, 5, 2, 3, 0, 1].map { runs[$0] })
    query.order = .column(.durationSeconds, descending: true)
    #expect(try store.runs(query).map(\.id) == [4, 3, 2, 1, 0, 5].map { runs[$0] })
  }

  @Test func aFilterSeesColumnsParametersAndMetricsAndIsCutAfterwards() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    let fields: [RunFilter.Field] = [
      .parameter("train.lr"), .metric(.valAccuracy), .column("status"), .column("experiment"),
      .column("last_epoch"), .parameter("absent"),
    ]
    let last = RunFilter(fields) { $0[0] == .number(0.001) && $0[1] == .off }
    #expect(try store.runs(where: last).map(\.id) == [runs[5]])
    let strange = RunFilter(fields) { if case .number(let v) = $0[1] { v.isNaN } else { false } }
    // A diverged run has no number for its last value, as one that was measured so.
    #expect(try store.runs(where: strange).map(\.id) == [runs[2], runs[3]])
    let rest = RunFilter(fields) {
      $0[2] == .text("completed") && $0[3] == .text("e") && $0[4] == .integer(3)
        && $0[5] == .off
    }
    var query = RunQuery()
    query.order = .metric(.valAccuracy, .last, descending: true)
    #expect(try store.runs(query, where: rest).map(\.id) == [4, 1, 0, 2].map { runs[$0] })
    query.limit = 2
    query.offset = 1
    #expect(try store.runs(query, where: rest).map(\.id) == [1, 0].map { runs[$0] })
    query.limit = 4
    #expect(try store.runs(query, where: rest).map(\.id) == [1, 0, 2].map { runs[$0] })
  }

  @Test func configurationsRankByTheMeanOverSeedsBadOnesLast() throws {
    let place = Workplace()
    let (store, _) = try filled(place)
    var query = RunQuery()
    #expect(try store.configurations(query) == ["0.1", "0.01", "0.001"])
    // 0.01 has a run that is not a number and one that diverged.
    query.order = .metric(.valAccuracy, .last, descending: true)
    #expect(try store.configurations(query) == ["0.001", "0.1", "0.01"])
    query.order = .metric(.valAccuracy, .last, descending: false)
    #expect(try store.configurations(query) == ["0.1", "0.001", "0.01"])
    query.order = .parameter("train.lr", descending: false)
    #expect(try store.configurations(query) == ["0.001", "0.01", "0.1"])
    let some = RunFilter([.parameter("train.lr")]) { $0[0] != .number(0.01) }
    #expect(try store.configurations(query, where: some) == ["0.001", "0.1"])
    query.configurations = ["0.1", "0.01"]
    #expect(try store.count(query) == 4)
  }

  @Test func runsAreNarrowed() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    var query = RunQuery(SweepName(experiment: "e", sweep: "main"))
    #expect(try store.count(query) == 6)
    query.statuses = [.diverged, .planned]
    #expect(try store.runs(query).map(\.id) == [runs[3], runs[5]])
    query.statuses = []
    query.keys = ["0.1/1", "0.001/1", "absent"]
    #expect(try store.runs(query).map(\.id) == [runs[0], runs[4]])
    query.runs = [runs[4]]
    #expect(try store.runs(query).map(\.id) == [runs[4]])
    query.runs = nil
    query.keys = nil
    query.after = runs[3]
    #expect(try store.runs(query).map(\.id) == [runs[4], runs[5]])
    query.sweep = "another"
    #expect(try store.runs(query).isEmpty)
  }

  @Test func curvesCarryEpochsAndTimes() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    let curves = try store.curves(of: [runs[1], runs[5], runs[2]], [.valLoss, .valAccuracy])
    #expect(curves.map(\.run) == [runs[1], runs[1], runs[2], runs[2]])
    #expect(curves[0].steps == [1, 2, 3])
    #expect(curves[0].epochs == [1, 2, 3])
    #expect(curves[0].values == [2, 0, 1])
    #expect(curves[0].times == [1_000_001, 1_000_002, 1_000_003])
    #expect(curves[1].steps == [3])
    #expect(curves[1].epochs == [3])
    #expect(curves[3].values.first?.isNaN == true)
    #expect(try store.metrics(of: runs) == [.valAccuracy, .valLoss])
  }

  @Test func aRunIsFoundByItsBeginning() throws {
    let place = Workplace()
    let (store, runs) = try filled(place)
    #expect(try store.run(beginning: runs[2].description).id == runs[2])
    #expect(try store.run(beginning: runs[2].description.prefix(20).uppercased()).id == runs[2])
    for (wrong, part) in [
      ("xyz", "is not the beginning"), ("", "is not the beginning"), ("00000000", "no run of"),
      ("' OR 1=1 --", "is not the beginning"),
    ] where !runs.contains(where: { $0.description.hasPrefix(wrong) && !wrong.isEmpty }) {
      do {
        _ = try store.run(beginning: wrong)
        Issue.record("\(wrong) was found")
      } catch let error as LabbookError {
        #expect(error.status == 2)
        #expect(error.message.contains(part), "\(error)")
      }
    }
  }

  /// Twelve runs with ids that a test gives them; ten are listed, with as many digits as tell them
  /// apart.
  @Test func anAmbiguousBeginningListsTheRuns() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, (0..<12).map { request("k\($0)", seed: $0) })
    let digits = Array("0123456789ab")
    let ids = digits.map { "abc" + String(repeating: "0", count: 9) + "\($0)" }
      .map { $0 + String(repeating: "f", count: 32 - $0.count) }
    let witness = Witness(place.path)
    for (run, id) in zip(runs, ids) {
      #expect(witness.run("UPDATE runs SET run = '\(id)' WHERE run = '\(run.id)'"))
    }
    let long = #expect(throws: LabbookError.self) { try store.run(beginning: "ABC000000") }
    let lines = (0..<10).map { "  abc000000000\(digits[$0])  e/main  planned  seed \($0)\n" }
    #expect(
      long
        == .input(
          "'ABC000000' is the beginning of several runs:\n" + lines.joined() + "  ...",
          hint: "write more of its digits"))
    let short = #expect(throws: LabbookError.self) { try store.run(beginning: "a") }
    #expect(
      short?.message.hasPrefix(
        "'a' is the beginning of several runs:\n  abc000000000  e/main  planned  seed 0\n") == true)
    #expect(try store.run(beginning: "abc000000000b").seed == 11)
    #expect(try store.run(beginning: ids[3]).seed == 3)
    let none = #expect(throws: LabbookError.self) { try store.run(beginning: "abd") }
    #expect(
      none
        == .input(
          "no run of '\(place.path)' begins with 'abd'", hint: "`labbook runs` lists them"))
  }

  @Test func sweepsAreListedWithTheirCounts() throws {
    let place = Workplace()
    let (store, _) = try filled(place)
    let sweep = try #require(try store.sweeps(of: "e").first)
    #expect(sweep.counts == [.completed: 4, .diverged: 1, .planned: 1])
    #expect(sweep.runs == 6)
    #expect(sweep.durationSeconds == 10)
    #expect(sweep.lastEndedAt != nil)
    #expect(try store.sweeps(of: "other").isEmpty)
  }

  @Test func configurationsAreSummarisedOverTheirSeeds() throws {
    let place = Workplace()
    let (store, _) = try filled(place)
    let runs = try store.runs()
    let groups = runs.groupedByConfiguration()
    #expect(groups.map(\.runs.count) == [2, 2, 2])
    let first = try #require(groups[0].statistics(of: .valAccuracy, .last))
    #expect(abs(first.mean - 0.905) < 1e-12)
    #expect(abs((first.deviation ?? 0) - 0.00707106781) < 1e-9)
    #expect(groups[1].hasBadRun)
    #expect(groups[0].ranksBefore(groups[1], by: .valLoss, .minimize, .last))
    #expect(!groups[1].ranksBefore(groups[0], by: .valLoss, .minimize, .last))
    #expect(runs.differingPaths == ["train.lr"])
    let byRate = runs.grouped(by: ["train.lr", "train.absent"])
    #expect(byRate.map(\.values) == [0.1, 0.01, 0.001].map { [.number($0), nil] })
  }
}
