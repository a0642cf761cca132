import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct PlanCareTests {
  private static let file = """
    data: {source: moons, points_per_class: 10, split: {val: 0.3}}
    model: {mlp: {hidden: [3]}}
    train: {epochs: 2}
    over: {lr: [0.1, 0.01]}
    seeds: 2
    """

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    return place
  }

  private func rows(_ place: Workplace, _ options: String...) throws -> Int {
    let output = try place.labbook(["runs", "--format", "csv"] + options).output
    return output.split(whereSeparator: \.isNewline).count - 1
  }

  @Test func aFinishedRunLeavesNothingBesideTheStore() throws {
    let place = try place()
    let beside = place.files().filter { $0.hasPrefix("labbook.sqlite") }
    #expect(beside == ["labbook.sqlite"])
  }

  @Test func runsOfAnEarlierFileAreLeftOutAndCanBeRemoved() throws {
    let place = try place()
    try place.write("e.yaml", Self.file.replacing("0.01]", with: "0.02]"))
    #expect(try place.labbook("check", "e.yaml").status == 0)
    #expect(try rows(place, "--sweep", "main") == 4)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    #expect(try place.labbook("run", "e.yaml", "--set", "train.epochs=3").status == 0)
    #expect(try rows(place, "--sweep", "main") == 4)
    #expect(try rows(place, "--sweep", "main", "--former") == 10)
    let listed = try place.labbook("runs", "--sweep", "main")
    #expect(listed.errors.contains("6 former runs are left out"))
    let asked = try place.labbook("rm", "--sweep", "main", "--former", "--dry-run")
    #expect(asked.output.contains("6 runs; nothing was removed"))
    #expect(try place.labbook("rm", "--sweep", "main", "--former").status == 0)
    #expect(try rows(place) == 4)
  }

  @Test func aRunThatAnotherExperimentHasIsKept() throws {
    let place = try place()
    try place.write("keep.yaml", "experiment: keep\n" + Self.file)
    #expect(try place.labbook("run", "keep.yaml").status == 0)
    let run = try #require(try RunStore(at: place.store, .existing).runs().first).id
    let single = try place.labbook("rm", run.short)
    #expect(single.status == 2)
    #expect(
      single.errors.hasPrefix(
        "error: nothing was removed: run \(run.short) is in e/main and keep/main\n"))
    let all = ["rm", "--sweep", "main", "--experiment", "e"]
    let asked = try place.labbook(all + ["--dry-run"])
    #expect(asked.output.contains("would take \(run.short) out of e/main; it stays in keep/main\n"))
    #expect(asked.output.hasSuffix("0 runs; nothing was removed\n"))
    let taken = try place.labbook(all)
    #expect(taken.status == 0)
    #expect(taken.output.contains("took \(run.short) out of e/main; it stays in keep/main\n"))
    #expect(try rows(place, "--experiment", "keep") == 4)
    #expect(try place.labbook("experiments").output.contains("e ") == false)
  }

  @Test func aCopyIsAStoreOfItsOwn() throws {
    let place = try place()
    #expect(try place.labbook("export", "store", "--out", "copy.sqlite").status == 0)
    #expect(try rows(place, "--db", "copy.sqlite") == 4)
    #expect(try place.labbook("export", "store", "--out", "copy.sqlite").status == 2)
  }

  /// The same file is run again, and what the user stopped stays so until it may go on.
  @Test func aStoppedRunStaysSoUntilItIsContinued() throws {
    let place = try Workplace()
    try place.write(
      "e.yaml", Self.file.replacing("epochs: 2", with: "epochs: 2000000"))
    let tool = try place.start(["run", "e.yaml", "--jobs", "1"])
    var stopped = try place.labbook("stop", "--sweep", "main")
    for _ in 0..<600 where stopped.status != 0 {
      Thread.sleep(forTimeInterval: 0.05)
      stopped = try place.labbook("stop", "--sweep", "main")
    }
    #expect(try tool.wait().status == 0)
    let store = try RunStore(at: place.store, .existing)
    #expect(try store.runs().map(\.status) == Array(repeating: .stopped, count: 4))
    #expect(try place.labbook("run", "e.yaml").status == 0)
    #expect(try store.runs().map(\.status) == Array(repeating: .stopped, count: 4))
    let run = try #require(try store.runs().last)
    try store.letGoOn([run.id])
    #expect(try store.currentRuns(ofKeys: [run.key])[run.key]?.isEnough(limit: nil) == false)
  }

  /// A file names its experiment: what of it is running or planned stops, whatever sweep it is of.
  @Test func aFileStopsTheRunsOfItsExperiment() throws {
    let place = try Workplace()
    try place.write(
      "e.yaml", "experiment: long\n" + Self.file.replacing("epochs: 2", with: "epochs: 2000000"))
    #expect(try place.labbook("stop", "e.yaml").status != 0)
    let tool = try place.start(["run", "e.yaml", "--jobs", "1"])
    var stopped = try place.labbook("stop", "e.yaml")
    for _ in 0..<600 where stopped.status != 0 {
      Thread.sleep(forTimeInterval: 0.05)
      stopped = try place.labbook("stop", "e.yaml")
    }
    #expect(try tool.wait().status == 0)
    #expect(stopped.output.split(separator: "\n").count == 4)
    let store = try RunStore(at: place.store, .existing)
    #expect(try store.runs().map(\.status) == Array(repeating: .stopped, count: 4))
    let again = try place.labbook("stop", "e.yaml")
    #expect(again.status == 1)
    #expect(again.errors.contains("no run of the experiment 'long' is running or planned"))
    #expect(try place.labbook("stop", "none.yaml").status == 2)
  }
}
