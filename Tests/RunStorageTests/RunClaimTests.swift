import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct RunClaimTests {
  @Test func aRunIsClaimedOnce() throws {
    let place = Workplace()
    let mine = try place.store()
    let theirs = try place.store()
    let run = try register(mine, [request("k")])[0]
    let claim = try claimed(mine.claim(run.id))
    guard case .busy = try theirs.claim(run.id) else {
      Issue.record("claimed twice")
      return
    }
    let writer = RunWriter(mine)
    let recorder = writer.recorder(for: claim)
    try writer.flush()
    #expect(try theirs.run(run.id)?.status == .running)
    try writer.close()
    _ = recorder
  }

  /// Threads of one process share a store, and with it the open lock file.
  @Test func aRunIsClaimedOnceWithinOneStore() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    do {
      let claim = try claimed(store.claim(run.id))
      guard case .busy = try store.claim(run.id) else {
        Issue.record("claimed twice")
        return
      }
      #expect(store.isTrained(run.id))
      withExtendedLifetime(claim) {}
    }
    #expect(!store.isTrained(run.id))
    _ = try claimed(store.claim(run.id))
  }

  @Test func aDeadOwnersRunIsFreeAtOnce() throws {
    let place = Workplace()
    let mine = try place.store()
    let theirs = try place.store()
    let run = try register(mine, [request("k")])[0]
    let writer = RunWriter(mine)
    do {
      let recorder = writer.recorder(for: try claimed(mine.claim(run.id)))
      recorder.record([point("val/loss", 1, 0.5), point("val/loss", 2, 0.25)])
      recorder.choose(step: 1, epoch: 1)
      try writer.close()
    }  // the lock goes with its owner
    let record = try #require(try theirs.run(run.id))
    #expect(record.status == .interrupted)
    #expect(record.endedAt == "1970-01-01T00:16:40.002Z")
    #expect(record.metrics[.valLoss]?.best == 0.5)
    _ = try claimed(theirs.claim(run.id))
  }

  @Test func trainingAgainBeginsWithoutTheOldPoints() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    for status in [RunStatus.interrupted, .failed, .completed] {
      let writer = RunWriter(store)
      let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
      recorder.record([point("val/loss", 1, 0.5)])
      recorder.finish(status, durationSeconds: 1, message: "because")
      try writer.close()
    }
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM points") == "1")
    #expect(witness.value("SELECT message FROM run_table") == "because")
  }

  @Test(arguments: [RunStatus.completed, .diverged])
  func aResultIsNotClaimed(_ status: RunStatus) throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    writer.recorder(for: try claimed(store.claim(run.id))).finish(status, durationSeconds: 1)
    try writer.close()
    guard case .finished(let found) = try store.claim(run.id) else {
      Issue.record("claimed again")
      return
    }
    #expect(found == status)
    #expect(!FileManager.default.fileExists(atPath: store.folder(of: run.id)))
  }

  @Test func aStoppedRunIsClaimedWhereMoreOfItIsAsked() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0]
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
    recorder.record([point("val/loss", 1, 0.5), point("val/loss", 2, 0.25)])
    recorder.finish(.stopped, durationSeconds: 1)
    try writer.close()
    let epoch = try #require(try store.run(run.id)?.epoch)
    guard case .finished(.stopped) = try store.claim(run.id, limit: epoch) else {
      Issue.record("claimed though it went far enough")
      return
    }
    let known = try #require(try store.currentRuns(ofKeys: ["k"])["k"])
    #expect(known.isEnough(limit: epoch) && !known.isEnough(limit: epoch + 1))
    #expect(!known.isEnough(limit: nil))
    _ = try claimed(store.claim(run.id, limit: epoch + 1))
  }

  /// Whether a run need not be trained, for every status and limit; it has done five epochs.
  @Test func whatIsEnough() throws {
    let enough: [RunStatus: [Int?]] = [
      .completed: [nil, 4, 5, 6], .diverged: [nil, 4, 5, 6], .stopped: [4, 5],
    ]
    for status in RunStatus.allCases where status != .planned && status != .running {
      let place = Workplace()
      let store = try place.store()
      let run = try register(store, [request("k")])[0]
      #expect(run.isNew && run.status == .planned && run.epoch == nil)
      #expect(!run.isEnough(limit: nil) && !run.isEnough(limit: 0))
      let writer = RunWriter(store)
      let recorder = writer.recorder(for: try claimed(store.claim(run.id)))
      recorder.record([point("val/loss", 50, 1, epoch: 5)])
      recorder.finish(status, durationSeconds: 1)
      try writer.close()
      let known = try register(store, [request("k")])[0]
      #expect(known.status == status && known.epoch == 5 && !known.isNew && known.id == run.id)
      for limit in [nil, 4, 5, 6] {
        let expected = enough[status]?.contains(limit) ?? false
        #expect(known.isEnough(limit: limit) == expected, "\(status), \(limit ?? -1)")
        let outcome = try store.claim(run.id, limit: limit)
        if case .finished(let found) = outcome {
          #expect(expected && found == status)
        } else {
          let claim = try claimed(outcome)
          #expect(!expected && claim.isAgain)
        }
      }
    }
  }

  /// A process that died before it measured anything ended when it began.
  @Test func aDeadOwnersRunWithoutPointsEndedWhenItBegan() throws {
    let place = Workplace()
    let mine = try place.store()
    let run = try register(mine, [request("k")])[0].id
    do {
      let writer = RunWriter(mine)
      _ = writer.recorder(for: try claimed(mine.claim(run)))
      try writer.flush()
      #expect(try mine.run(run)?.status == .running)
      try writer.close()
    }
    let record = try #require(try mine.run(run))
    #expect(record.status == .interrupted)
    #expect(record.endedAt == record.startedAt && record.endedAt != nil)
    #expect(try mine.count(RunQuery()) == 1)
  }

  /// Times are of the clock on the wall, in UTC, to the millisecond.
  @Test func timesAreWrittenInUTC() throws {
    let place = Workplace()
    let store = try place.store()
    let before = Date()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    writer.recorder(for: try claimed(store.claim(run))).finish(.completed, durationSeconds: 0)
    try writer.close()
    let after = Date()
    let record = try #require(try store.run(run))
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for text in [record.createdAt, record.startedAt, record.endedAt] {
      let time = try format.parse(#require(text))
      // Milliseconds are cut off.
      #expect(
        time >= before.addingTimeInterval(-0.0011) && time <= after.addingTimeInterval(0.0005))
      #expect(text?.count == 24 && text?.hasSuffix("Z") == true)
    }
  }

  @Test func theEnvironmentIsKeptOnceAndReadPerRun() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("a"), request("b")])
    let environment = ["host": "x'; DROP TABLE runs; --", "BLAS": "OpenBLAS 0.3.21"]
    let writer = RunWriter(store)
    for run in runs {
      _ = writer.recorder(for: try claimed(store.claim(run.id, environment: environment)))
    }
    try writer.close()
    #expect(try store.environment(of: runs[1].id) == environment)
    let witness = Witness(place.path)
    #expect(witness.value("SELECT COUNT(*) FROM environments") == "1")
    #expect(witness.value("SELECT COUNT(*) FROM run_environment") == "4")
    // Another value is another environment, and none is none.
    let more = try register(store, [request("c"), request("d")])
    let second = RunWriter(store)
    let other = ["host": "y", "BLAS": "OpenBLAS 0.3.21"]
    _ = second.recorder(for: try claimed(store.claim(more[0].id, environment: other)))
    _ = second.recorder(for: try claimed(store.claim(more[1].id)))
    try second.close()
    #expect(try store.environment(of: more[0].id) == other)
    #expect(try store.environment(of: more[1].id).isEmpty)
    #expect(try store.environment(of: runs[0].id) == environment)
  }

  @Test func manyThreadsNeverHoldOneRunTogether() throws {
    let place = Workplace()
    let path = place.path
    let runs = try register(place.store(), (0..<20).map { request("k\($0)") })
    let tally = Tally()
    let group = DispatchGroup()
    for _ in 0..<6 {
      group.enter()
      Thread {
        defer { group.leave() }
        do {
          let store = try RunStore(at: path, .existing)
          let writer = RunWriter(store)
          for run in runs {
            guard case .claimed(let claim) = try store.claim(run.id) else { continue }
            tally.add(run.id)
            writer.recorder(for: claim).finish(.completed, durationSeconds: 0)
          }
          try writer.close()
        } catch {
          tally.fail("\(error)")
        }
      }.start()
    }
    group.wait()
    #expect(tally.errors.isEmpty)
    #expect(tally.counts == Dictionary(uniqueKeysWithValues: runs.map { ($0.id, 1) }))
  }
}

/// Counts what several threads report.
private final class Tally: @unchecked Sendable {
  private let lock = NSLock()
  private var runs: [RunID: Int] = [:]
  private var messages: [String] = []

  var counts: [RunID: Int] { lock.withLock { runs } }
  var errors: [String] { lock.withLock { messages } }

  func add(_ run: RunID) { lock.withLock { runs[run, default: 0] += 1 } }
  func fail(_ message: String) { lock.withLock { messages.append(message) } }
}
