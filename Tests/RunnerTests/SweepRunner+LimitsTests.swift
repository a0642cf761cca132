import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Terminal
import Testing
import Tracking

/// Runs of several sweeps, each with its own limit, and what is said at the end.
@Suite struct SweepRunnerLimitsTests {
  /// Trains one epoch an update, as far as its limit; tells how far it was asked.
  private func job(
    _ key: String, limit: Int?, epochs: Int = 8, _ asked: Asked
  ) -> TrainingJob {
    let request = RunRequest(
      key: key, configuration: key, seed: 1, objective: Objective(.valAccuracy, .maximize),
      parameters: [])
    return TrainingJob(
      request, label: key + (limit.map { " up to \($0)" } ?? ""), updates: limit ?? epochs,
      cost: 1, limit: limit
    ) { context in
      asked.add(key, limit)
      var start = 0
      try context.begin(maker: "m") { start = Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
      let end = min(limit ?? epochs, epochs)
      for epoch in start + 1...max(start + 1, end) where epoch <= end {
        context.record([
          MetricPoint(
            .valAccuracy, step: epoch, epoch: epoch, value: Double(epoch) / 10,
            timeMilliseconds: 0)
        ])
        context.choose(step: epoch, epoch: epoch, value: Double(epoch) / 10)
      }
      if end < epochs {
        context.save {
          Checkpoint(
            step: end, epoch: end, best: (end, end), points: end, maker: "m",
            state: Data("\(end)".utf8))
        }
        return TrainingOutcome(.stopped, durationSeconds: 1)
      }
      return TrainingOutcome(.completed, durationSeconds: 1)
    }
  }

  private final class Asked: Sendable {
    private let limits = Mutex<[String]>([])
    var all: [String] { limits.withLock { $0 } }
    func add(_ key: String, _ limit: Int?) {
      limits.withLock { $0.append(key + " " + (limit.map(String.init) ?? "whole")) }
    }
  }

  private func run(_ place: Workplace, _ sweeps: [SweepJobs]) throws -> RunReport {
    let options = SweepRunner.Options()
    let cores = 1
    return try SweepRunner(place.store(), options, cores: cores).run(
      sweeps, experiment: "e", stop: StopSignal())
  }

  /// Whatever the order of the sweeps, a run is trained once and as far as any of them asks for.
  @Test func aRunOfSeveralSweepsGoesAsFarAsAnyOfThemAsks() throws {
    let cases: [([Int?], String, Int)] = [
      ([2, nil], "k whole", 8), ([nil, 2], "k whole", 8), ([2, 5, 3], "k 5", 5),
      ([5, 2], "k 5", 5), ([3, 3], "k 3", 3),
    ]
    for (limits, expected, epoch) in cases {
      let place = Workplace()
      let asked = Asked()
      let report = try run(
        place,
        limits.enumerated().map { SweepJobs("s\($0)", [job("k", limit: $1, asked)]) })
      #expect(asked.all == [expected], "\(limits)")
      #expect(report.total == 1 && report.trained == 1)
      let found = try #require(try place.store().runs().first)
      #expect(found.epoch == epoch)
      #expect(found.status == (epoch == 8 ? .completed : .stopped))
      #expect(try place.store().sweeps().map(\.runs) == limits.map { _ in 1 })
    }
  }

  @Test func aStoppedRunIsReusedUpToItsEpochAndGoesOnBeyond() throws {
    let place = Workplace()
    let asked = Asked()
    _ = try run(place, [SweepJobs("s", [job("k", limit: 3, asked)])])
    let reused = try run(
      place, [SweepJobs("s", [job("k", limit: 2, asked), job("k", limit: 3, asked)])])
    #expect(reused.reused == 1 && reused.trained == 0)
    #expect(asked.all == ["k 3"])
    let further = try run(place, [SweepJobs("s", [job("k", limit: 6, asked)])])
    #expect(further.resumed == 1 && further.ended == [.stopped: 1])
    let whole = try run(place, [SweepJobs("t", [job("k", limit: nil, asked)])])
    #expect(whole.resumed == 1 && whole.ended == [.completed: 1])
    #expect(asked.all == ["k 3", "k 6", "k whole"])
    let store = try place.store()
    let found = try #require(try store.runs().first)
    let curve = try #require(try store.curves(of: [found.id], [.valAccuracy]).first)
    #expect(curve.values == (1...8).map { Double($0) / 10 })
    #expect(found.value(of: .valAccuracy, .best) == 0.8)
  }

  @Test func theStandardIsThatResultsAreReused() {
    let options = SweepRunner.Options()
    #expect(options.checkpointSeconds == 1.5)
    #expect(!options.isFresh && options.environment.isEmpty)
  }

  /// Every word of the last line, its duration aside.
  @Test func theSummaryCountsEveryEnding() throws {
    let place = Workplace()
    let stop = StopSignal()
    _ = try run(place, [SweepJobs("main", [FakeTraining(seed: 1).job("a")])])
    let asked = Asked()
    let jobs =
      (1...3).map { FakeTraining(seed: $0).job("a") } + [
        job("s", limit: 2, asked), FakeTraining(seed: 4, ending: .diverged).job("a"),
        FakeTraining(seed: 5, error: .failure("no")).job("a"),
        FakeTraining(seed: 6, ending: .diverged).job("a"),
        FakeTraining(
          seed: 7, microsecondsPerUpdate: 50_000, before: { if $0 == 3 { stop.raise() } }
        ).job("a"),
        FakeTraining(seed: 8).job("a"), FakeTraining(seed: 9).job("a"),
      ]
    let options = SweepRunner.Options()
    let cores = 1
    let report = try SweepRunner(place.store(), options, cores: cores).run(
      [SweepJobs("main", jobs)], experiment: "e", stop: stop)
    #expect(report.total == 10 && report.reused == 1 && report.begun == 7)
    // Neither the one that failed nor the one that was interrupted.
    #expect(report.trained == 5)
    #expect(
      report.summary
        == "5 runs trained in \(Quantity.elapsed(report.seconds)) (1 reused), 1 stopped, "
        + "2 diverged, 1 failed, 1 interrupted, 2 not begun")
    #expect(report.exitStatus == 130)
    #expect(report.failures.map(\.message) == ["no"])
    let one = try run(place, [SweepJobs("main", [FakeTraining(seed: 8).job("a")])])
    #expect(one.summary == "1 run trained in \(Quantity.elapsed(one.seconds))")
    #expect(one.exitStatus == 0)
  }

  /// Where there is no terminal: what ended badly at once, the summary last.
  @Test func whatIsPrintedWithoutATerminal() throws {
    let place = Workplace()
    let path = place.folder + "/log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    let printer = ProgressPrinter(descriptor: file.fileDescriptor, environment: [:])
    let options = SweepRunner.Options()
    let cores = 1
    let jobs = [
      FakeTraining(seed: 1).job("a"), FakeTraining(seed: 2, error: .failure("no data")).job("a"),
      FakeTraining(seed: 3, ending: .diverged).job("a"),
    ]
    let report = try SweepRunner(place.store(), options, cores: cores).run(
      [SweepJobs("main", jobs)], experiment: "e", title: "T", printer: printer)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "a, seed 2: failed: no data\na, seed 3: diverged: not finite\n\(report.summary)\n")
    // Where everything is there already nothing is said.
    let before = try file.offset()
    _ = try SweepRunner(place.store(), options, cores: cores).run(
      [SweepJobs("main", [jobs[0]])], experiment: "e", printer: printer)
    #expect(try file.offset() == before)
    #expect(try place.store().sweeps().map(\.title) == [nil])
  }

  /// Somebody removes a run that is yet to be trained.
  @Test func aRunThatIsRemovedMeanwhileIsLeftOut() throws {
    let place = Workplace()
    let store = try place.store()
    let path = place.folder + "/log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    let options = SweepRunner.Options()
    let cores = 1
    let first = FakeTraining(
      seed: 1,
      before: { update in
        guard update == 1, let run = try? store.runs().first(where: { $0.seed == 2 }) else {
          return
        }
        _ = try? store.remove([run.id])
      })
    let tally = Tally()
    let report = try SweepRunner(store, options, cores: cores).run(
      [SweepJobs("main", [first.job("a"), FakeTraining(seed: 2, tally: tally).job("a")])],
      experiment: "e",
      printer: ProgressPrinter(descriptor: file.fileDescriptor, environment: [:]))
    #expect(tally.counts.isEmpty)
    #expect(report.ended == [.completed: 1] && report.reused == 1)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "a, seed 2: was removed from the store meanwhile\n\(report.summary)\n")
  }
}
