import Foundation
import RunStorage
import Runner
import Runs
import Testing
import Tracking

@Suite struct SweepRunnerTests {
  private func run(
    _ store: RunStore, _ jobs: [TrainingJob], threads: Int = 2, fresh: Bool = false,
    stop: StopSignal = StopSignal()
  ) throws -> RunReport {
    var options = SweepRunner.Options()
    let cores = threads
    options.isFresh = fresh
    options.environment = ["version": "test"]
    return try SweepRunner(store, options, cores: cores).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: stop)
  }

  @Test func everyRunIsTrainedAndKept() throws {
    let place = Workplace()
    let store = try place.store()
    let report = try run(store, (1...10).map { FakeTraining(seed: $0).job("a") })
    #expect(report.ended == [.completed: 10])
    #expect(report.exitStatus == 0)
    for record in try store.runs() {
      let fake = FakeTraining(seed: record.seed)
      #expect(record.status == .completed)
      #expect(record.durationSeconds == 0.25)
      let curve = try #require(try store.curves(of: [record.id], [.valLoss]).first)
      #expect(curve.values == (1...20).map { fake.value($0) })
      #expect(record.value(of: .valLoss, .best) == curve.values.min())
      #expect(try store.environment(of: record.id) == ["version": "test"])
      #expect(
        try store.artifact(RunFile.weights, of: record.id) == Data("weights of \(record.seed)".utf8)
      )
    }
  }

  @Test func resultsDoNotDependOnTheNumberOfJobs() throws {
    let places = [Workplace(), Workplace()]
    let found = try zip(places, [1, 4]).map { place, threads in
      let store = try place.store()
      let jobs = (1...24).map { FakeTraining(seed: $0, updates: 10 * $0).job("a") }
      _ = try run(store, jobs, threads: threads)
      return try contents(store)
    }
    #expect(found[0] == found[1])
    #expect(found[0].count >= 24 * 4)
  }

  @Test func resultsAreNotMadeAgain() throws {
    let place = Workplace()
    let store = try place.store()
    let tally = Tally()
    func jobs(_ seeds: ClosedRange<Int>, _ ending: RunStatus = .completed) -> [TrainingJob] {
      seeds.map { FakeTraining(seed: $0, ending: ending, tally: tally).job("a") }
    }
    _ = try run(store, jobs(1...3))
    _ = try run(store, jobs(4...4, .diverged))
    let again = try run(store, jobs(1...6))
    #expect(again.reused == 4)
    #expect(again.ended == [.completed: 2])
    #expect(tally.counts == [1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1])
    let fresh = try run(store, jobs(1...6), fresh: true)
    #expect(fresh.reused == 0)
    #expect(tally.counts == [1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2])
    #expect(try store.count() == 6)
    var query = RunQuery()
    query.includesReplaced = true
    #expect(try store.count(query) == 12)
  }

  @Test func aRunOfTwoSweepsIsTrainedOnce() throws {
    let place = Workplace()
    let store = try place.store()
    let tally = Tally()
    let job = FakeTraining(seed: 1, tally: tally).job("a")
    let report = try SweepRunner(store).run(
      [SweepJobs("one", [job]), SweepJobs("two", [job])], experiment: "e", stop: StopSignal())
    #expect(report.total == 1)
    #expect(tally.counts == [1: 1])
    #expect(try store.sweeps().map(\.runs) == [1, 1])
  }

  @Test func aFailureLetsTheOthersGoOnAndIsTriedAgain() throws {
    let place = Workplace()
    let store = try place.store()
    let wrong = FakeTraining(seed: 2, error: .failure("no weights at 'x'", hint: "make them"))
    let jobs = [FakeTraining(seed: 1).job("a"), wrong.job("a"), FakeTraining(seed: 3).job("a")]
    let report = try run(store, jobs)
    #expect(report.ended == [.completed: 2, .failed: 1])
    #expect(report.exitStatus == 1)
    #expect(report.failures.map(\.label) == ["a, seed 2"])
    let failed = try #require(try store.runs().first { $0.seed == 2 })
    #expect(failed.status == .failed)
    #expect(failed.message?.contains("no weights at 'x'") == true)
    let second = try run(store, [FakeTraining(seed: 2).job("a")])
    #expect(second.ended == [.completed: 1])
  }

  @Test func divergedRunsAreResults() throws {
    let place = Workplace()
    let store = try place.store()
    let report = try run(store, [FakeTraining(seed: 1, ending: .diverged).job("a")])
    #expect(report.ended == [.diverged: 1])
    #expect(report.exitStatus == 0)
    #expect(try store.runs().map(\.message) == ["not finite"])
    #expect(report.summary.contains("1 diverged"))
  }

  @Test func stoppingKeepsWhatWasMeasured() throws {
    let place = Workplace()
    let store = try place.store()
    let stop = StopSignal()
    let under = Tally()
    let jobs = (1...4).map { seed in
      // Each waits at its twentieth update for the other one to come there too.
      FakeTraining(seed: seed, updates: 100_000_000) { update in
        guard update == 20 else { return }
        under.add(seed)
        let end = Date(timeIntervalSinceNow: 60)
        while under.counts.count < 2, Date() < end { usleep(1000) }
        stop.raise()
      }.job("a")
    }
    let report = try run(store, jobs, threads: 2, stop: stop)
    #expect(report.wasInterrupted)
    #expect(report.exitStatus == 130)
    #expect(report.ended == [.interrupted: 2])
    let runs = try store.runs()
    #expect(runs.map(\.status).filter { $0 == .planned }.count == 2)
    for run in runs where run.status == .interrupted {
      let curve = try #require(try store.curves(of: [run.id], [.valLoss]).first)
      #expect(curve.values.count > 10)
      #expect(run.value(of: .valLoss, .best) == curve.values.min())
    }
    let quick = (1...4).map { FakeTraining(seed: $0).job("a") }
    let again = try self.run(store, quick)
    #expect(again.ended == [.completed: 4])
    #expect(
      try store.runs().allSatisfy { try store.curves(of: [$0.id], [.valLoss])[0].steps.count == 20 }
    )
  }

  @Test func twoProcessesShareTheWork() throws {
    let place = Workplace()
    let tally = Tally()
    let jobs = (1...30).map {
      FakeTraining(seed: $0, microsecondsPerUpdate: 200, tally: tally).job("a")
    }
    let group = DispatchGroup()
    let reports = Reports()
    for _ in 0..<3 {
      group.enter()
      Thread {
        defer { group.leave() }
        do { reports.add(try run(place.store(), jobs)) } catch { Issue.record(error) }
      }.start()
    }
    group.wait()
    #expect(tally.counts == Dictionary(uniqueKeysWithValues: (1...30).map { ($0, 1) }))
    #expect(reports.all.map { $0.trained + $0.reused } == [30, 30, 30])
    #expect(reports.all.map(\.trained).reduce(0, +) == 30)
  }

  @Test func aPlanIsForeseen() throws {
    let place = Workplace()
    let store = try place.store()
    _ = try run(store, [FakeTraining(seed: 1).job("a")])
    _ = try run(store, [FakeTraining(seed: 2, error: .failure("no")).job("a")])
    let keys = ["a/1", "a/2", "a/3", "a/3"]
    let status = try PlanStatus(keys: keys, in: store)
    #expect(status.total == 3)
    #expect(status.reused == 1)
    #expect(status.trainedAgain == 1)
    #expect(status.new == 1)
    #expect(status.toTrain == 2)
    #expect(try PlanStatus(keys: keys, in: store, fresh: true).new == 3)
    #expect(try PlanStatus(keys: keys, in: nil).new == 3)
  }

  @Test func tryingStoresNothingAndTellsWhatFails() {
    let jobs = [
      FakeTraining(seed: 1).job("a"), FakeTraining(seed: 2, error: .failure("no")).job("a"),
      FakeTraining(seed: 3, ending: .diverged).job("a"),
      TrainingJob(FakeTraining(seed: 4).job("a").request, label: "mute", updates: 1, cost: 1) { _ in
        TrainingOutcome(.diverged, durationSeconds: 0)
      },
    ]
    let results = TryOut.run(jobs)
    #expect(results.map(\.failure) == [nil, "no", "not finite", "its loss is not finite"])
    #expect(results.map(\.label) == ["a, seed 1", "a, seed 2", "a, seed 3", "mute"])
  }
}

/// Gathers the reports of several threads.
private final class Reports: @unchecked Sendable {
  private let lock = NSLock()
  private var reports: [RunReport] = []

  var all: [RunReport] { lock.withLock { reports } }

  func add(_ report: RunReport) { lock.withLock { reports.append(report) } }
}
