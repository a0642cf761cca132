import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct StopRequestTests {
  @Test func theProcessThatTrainsLearnsOfIt() throws {
    let place = Workplace()
    let mine = try place.store()
    let theirs = try place.store()
    let runs = try register(mine, ["a", "b", "c"].map { request($0) }).map(\.id)
    let writer = RunWriter(mine)
    let recorder = writer.recorder(for: try claimed(mine.claim(runs[0])))
    recorder.record([point("val/loss", 1, 1)])
    try writer.flush()
    #expect(try mine.takeStopRequests(among: runs).isEmpty)
    #expect(try theirs.requestStop(of: [runs[0], runs[1]]) == [runs[0]])
    #expect(try mine.takeStopRequests(among: [runs[0]]) == [runs[0]])
    #expect(try mine.takeStopRequests(among: [runs[2]]).isEmpty)
    recorder.finish(.stopped, durationSeconds: 1)
    try writer.close()
    #expect(try mine.runs().map(\.status) == [.stopped, .stopped, .planned])
  }

  @Test func aRunThatAUserStoppedStaysSoUntilItMayGoOn() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    #expect(try store.requestStop(of: [run]).isEmpty)
    guard case .finished(.stopped) = try store.claim(run) else {
      Issue.record("it was claimed")
      return
    }
    let known = try #require(try store.currentRuns(ofKeys: ["a"])["a"])
    #expect(known.isHalted && known.isEnough(limit: nil))
    try store.letGoOn([run])
    _ = try claimed(store.claim(run))
  }

  @Test func aResultIsNotStopped() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    let writer = RunWriter(store)
    writer.recorder(for: try claimed(store.claim(run))).finish(.completed, durationSeconds: 1)
    try writer.close()
    try store.requestStop(of: [run])
    #expect(try store.run(run)?.status == .completed)
  }

  /// Its process dies before it looks.
  @Test func aDeadOwnersRunIsStoppedAsItWasAsked() throws {
    let place = Workplace()
    let mine = try place.store()
    let theirs = try place.store()
    let run = try register(mine, [request("a")])[0].id
    do {
      let writer = RunWriter(mine)
      let recorder = writer.recorder(for: try claimed(mine.claim(run)))
      recorder.record([point("val/loss", 1, 1)])
      try writer.flush()
      try theirs.requestStop(of: [run])
      try writer.close()
    }
    #expect(try theirs.run(run)?.status == .stopped)
  }

  @Test func curvesAreReadSinceAStep() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record((0...4).map { point("val/loss", $0, Double($0)) })
    try writer.flush()
    let other = try place.store()
    #expect(try other.run(run)?.step == 4)
    #expect(try other.curves(of: [run], [.valLoss], since: 2).first?.values == [3, 4])
    #expect(try other.curves(of: [run], [.valLoss], since: 4).isEmpty)
    #expect(try other.curves(of: [run], [.valLoss]).first?.values.count == 5)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
  }
}
