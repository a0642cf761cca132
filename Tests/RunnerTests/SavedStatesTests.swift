import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Terminal
import Testing
import Tracking

/// Runs that go on from their own checkpoint or from a shorter run, or begin anew: with trainings whose
/// state is the number of the last update, so that what must come is known.
@Suite struct SavedStatesTests {
  /// What one training did: from which update it went on, which updates it did.
  private final class Diary: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private struct Counting: Sendable {
    var key = "k"
    var updates = 6
    var maker = "here"
    var lineage: String?
    /// The update after which it saves and is interrupted.
    var savesAt: Int?
    var cannotRestore = false
    let diary: Diary

    var job: TrainingJob {
      let request = RunRequest(
        key: key, configuration: key, seed: 1, objective: Objective(.valLoss, .minimize),
        parameters: [], lineage: lineage, updates: updates)
      return TrainingJob(request, label: key, updates: updates, cost: 1, work: train)
    }

    private func train(_ context: FakeContext) throws -> TrainingOutcome {
      var start = 0
      try context.begin(maker: maker) { state in
        if cannotRestore { throw LabbookError.failure("another network") }
        start = Int(String(decoding: state, as: UTF8.self)) ?? -1
      }
      diary.add("\(key) from \(start)")
      for update in start + 1...updates {
        context.record([
          MetricPoint(
            .valLoss, step: update, epoch: update, value: Double(100 - update),
            timeMilliseconds: 0)
        ])
        context.choose(step: update, epoch: update, value: Double(100 - update))
        if update == savesAt {
          context.save { state(update) }
          return TrainingOutcome(.interrupted, durationSeconds: 1)
        }
      }
      try context.keepForLonger { state(updates) }
      return TrainingOutcome(.completed, durationSeconds: 2)
    }

    private func state(_ update: Int) -> Checkpoint {
      Checkpoint(
        step: update, epoch: update, best: (update, update), points: update, maker: maker,
        state: Data("\(update)".utf8))
    }
  }

  private func run(
    _ place: Workplace, _ jobs: [TrainingJob], fresh: Bool = false
  ) throws -> (report: RunReport, text: String) {
    let path = place.folder + "/log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    var options = SweepRunner.Options()
    let cores = 1
    options.isFresh = fresh
    options.leastStateSeconds = 0
    let report = try SweepRunner(place.store(), options, cores: cores).run(
      [SweepJobs("main", jobs)], experiment: "e",
      printer: ProgressPrinter(descriptor: file.fileDescriptor, environment: [:]))
    try file.close()
    return (report, try String(contentsOfFile: path, encoding: .utf8))
  }

  private func expectWhole(_ place: Workplace, _ updates: Int = 6, key: String = "k") throws {
    let store = try place.store()
    let run = try #require(try store.runs().first { $0.key == key })
    #expect(run.status == .completed)
    let curve = try #require(try store.curves(of: [run.id], [.valLoss]).first)
    #expect(curve.steps == Array(1...updates))
    #expect(curve.values == (1...updates).map { Double(100 - $0) })
    #expect(run.bestStep == updates)
    #expect(run.value(of: .valLoss, .best) == Double(100 - updates))
  }

  @Test func aRunGoesOnFromItsOwnCheckpoint() throws {
    let place = Workplace()
    let diary = Diary()
    let first = try run(place, [Counting(savesAt: 4, diary: diary).job])
    #expect(first.report.ended == [.interrupted: 1])
    let status = try PlanStatus(keys: ["k"], in: place.store())
    #expect(status.resumed == 1 && status.toTrain == 1 && status.trainedAgain == 0)
    let second = try run(place, [Counting(diary: diary).job])
    #expect(diary.all == ["k from 0", "k from 4"])
    #expect(second.report.resumed == 1 && second.report.continued == 0)
    #expect(second.report.ended == [.completed: 1])
    #expect(second.text == second.report.summary + "\n")
    try expectWhole(place)
  }

  @Test(arguments: [true, false])
  func whatCannotBeUsedIsSaidAndTheRunBeginsAnew(_ isOtherMaker: Bool) throws {
    let place = Workplace()
    let diary = Diary()
    _ = try run(place, [Counting(savesAt: 4, diary: diary).job])
    let again = Counting(
      maker: isOtherMaker ? "there" : "here", cannotRestore: !isOtherMaker, diary: diary)
    let second = try run(place, [again.job])
    #expect(diary.all == ["k from 0", "k from 0"])
    #expect(second.report.resumed == 0)
    let why =
      isOtherMaker
      ? "the saved state was computed with here, here it is there" : "another network"
    #expect(second.text == "k: starts over: \(why)\n" + second.report.summary + "\n")
    try expectWhole(place)
  }

  @Test func aLongerRunGoesOnFromTheLongestShorterOne() throws {
    let place = Workplace()
    let diary = Diary()
    func family(_ key: String, _ updates: Int) -> TrainingJob {
      Counting(key: key, updates: updates, lineage: "family", diary: diary).job
    }
    _ = try run(place, [family("a", 3)])
    _ = try run(place, [family("b", 5)])
    let report = try run(place, [family("c", 4), family("d", 9)]).report
    #expect(diary.all == ["a from 0", "b from 3", "c from 3", "d from 5"])
    #expect(report.continued == 2 && report.resumed == 0)
    #expect(report.summary.hasSuffix(" s, 2 continued from shorter ones"))
    try expectWhole(place, 9, key: "d")
    try expectWhole(place, 4, key: "c")
    let fresh = try run(place, [family("d", 9)], fresh: true).report
    #expect(diary.all.last == "d from 0")
    #expect(fresh.continued == 0)
    let other = Counting(key: "x", updates: 9, lineage: "other", diary: diary).job
    _ = try run(place, [other])
    #expect(diary.all.last == "x from 0")
  }

  /// Its own checkpoint comes first, whatever shorter runs there are.
  @Test func theOwnCheckpointComesBeforeAShorterRun() throws {
    let place = Workplace()
    let diary = Diary()
    let long = Counting(key: "d", updates: 9, lineage: "family", savesAt: 7, diary: diary)
    let short = Counting(key: "b", updates: 5, lineage: "family", diary: diary)
    _ = try run(place, [short.job])
    _ = try run(place, [long.job])
    let rest = try run(
      place, [Counting(key: "d", updates: 9, lineage: "family", diary: diary).job])
    #expect(diary.all == ["b from 0", "d from 5", "d from 7"])
    #expect(rest.report.resumed == 1 && rest.report.continued == 0)
    try expectWhole(place, 9, key: "d")
  }
}
