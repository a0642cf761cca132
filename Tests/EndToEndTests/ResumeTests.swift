import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// Kills sweeps at random moments and proves that nothing is lost and nothing is done twice.
@Suite struct ResumeTests {
  /// Everything that a state has to hold: momentum, running statistics, dropout, a schedule.
  private static let file = """
    data: {source: spiral, points_per_class: 100, split: {val: 0.2}}
    models: {net: [{linear: 32}, relu, batch-norm, {dropout: 0.2}, {linear: classes}]}
    train:
      batch_size: 16
      epochs: EPOCHS
      lr: 0.01
      schedule: {name: plateau, patience: 20}
      log: {every: 7}
    over: {optimizer: [adam, {name: sgd, momentum: 0.9}]}
    seeds: 2
    """

  #if DEBUG
    private static let epochs = 800
  #else
    private static let epochs = 25_000
  #endif

  /// 30 kills where the environment asks for the long form.
  private static let kills =
    ProcessInfo.processInfo.environment["LABBOOK_LONG_TESTS"] == nil ? 6 : 30

  private static let interval = 0.1
  /// Keeps the last state of runs however short they are.
  private static let always = ["LABBOOK_STATE_SECONDS": "0"]
  private static let often = ["LABBOOK_CHECKPOINT_SECONDS": "\(interval)"]

  private func place(epochs: Int = Self.epochs) throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file.replacing("EPOCHS", with: "\(epochs)"))
    return place
  }

  private func store(_ place: Workplace) throws -> RunStore {
    try RunStore(at: place.store, .existing)
  }

  @Test func killsAtRandomMomentsChangeNoBitAndRepeatLittle() throws {
    let epochs = Self.epochs * Self.kills / 6
    let undisturbed = try place(epochs: epochs)
    #expect(try undisturbed.labbook("run", "e.yaml", "--jobs", "1").status == 0)
    let place = try place(epochs: epochs)
    var kept = 0
    var before: [RunID: [Int64]] = [:]
    for round in 0..<Self.kills {
      let tool = try place.start(["run", "e.yaml", "--jobs", "3"], environment: Self.often)
      // Every third time while it still gets ready, however slow the machine is.
      if round % 3 != 2, try !tool.reaches({ place.hasNewCheckpoint(of: tool) }) { break }
      usleep(.random(in: 0...500_000))
      kill(tool.process.processIdentifier, SIGKILL)
      _ = tool.wait()
      let now = try state(place)
      // What the process found before its checkpoint is what stood there: it was not done again.
      for (run, old) in before {
        let found = now[run]?.prefix(old.count) ?? []
        #expect(Array(found) == old, "points of \(run.short) were measured again")
        kept += old.count
      }
      before = now
    }
    let last = try place.labbook(["run", "e.yaml"], environment: Self.often)
    #expect(last.status == 0, "\(last.errors)")
    #expect(kept > 0)
    #expect(try contents(store(place)) == contents(store(undisturbed)))
  }

  /// When the points up to its checkpoint were measured, of every run that has one; of a finished
  /// run all of them.
  private func state(_ place: Workplace) throws -> [RunID: [Int64]] {
    guard let store = try? store(place) else { return [:] }
    var kept: [RunID: [Int64]] = [:]
    for run in try store.runs() {
      #expect(run.status != .running)
      let saved = try store.checkpoint(of: run.id)?.checkpoint.step
      guard let step = run.status.isResult ? run.step : saved,
        let curve = try store.curves(of: [run.id], [.batchLoss]).first
      else { continue }
      let count = curve.steps.prefix { $0 <= step }.count
      kept[run.id] = Array(curve.times.prefix(count))
    }
    return kept
  }

  @Test func ctrlCWritesACheckpointAndThePlanSaysSo() throws {
    let place = try place()
    let tool = try begun(place, [:])
    kill(tool.process.processIdentifier, SIGINT)
    #expect(tool.wait().status == 130)
    let plan = try place.labbook("run", "e.yaml", "--dry-run", "--jobs", "2").output
    #expect(plan.contains("resumed"))
    #expect(
      plan.split(separator: "\n").last?.split(separator: " ").map(String.init).suffix(7) == [
        "4", "2", "0", "2", "0", "0", "0",
      ])
    #expect(try place.labbook("check", "e.yaml").output.contains("resumed"))
    let again = try place.labbook("run", "e.yaml")
    #expect(again.errors.contains("2 resumed"))
  }

  @Test func aSecondCtrlCEndsAtOnceAndNothingIsLost() throws {
    let place = try place()
    let tool = try begun(place, Self.often)
    kill(tool.process.processIdentifier, SIGINT)
    kill(tool.process.processIdentifier, SIGINT)
    #expect(tool.wait().status == 130)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    #expect(try store(place).runs().allSatisfy { $0.status == .completed })
  }

  @Test func aDamagedCheckpointStartsTheRunOverAndSaysSo() throws {
    let place = try place()
    let tool = try begun(place, [:])
    kill(tool.process.processIdentifier, SIGINT)
    _ = tool.wait()
    let files = place.files().filter { $0.hasSuffix("/checkpoint") }
    #expect(files.count == 2)
    let path = place.path + "/" + (try #require(files.first))
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count - 100] ^= 4
    try bytes.write(to: URL(filePath: path))
    let again = try place.labbook("run", "e.yaml")
    #expect(again.status == 0)
    #expect(again.errors.contains("starts over: the checkpoint"))
    #expect(again.errors.contains("its checksum is wrong"))
    #expect(again.errors.contains("1 resumed"))
    let undisturbed = try self.place()
    #expect(try undisturbed.labbook("run", "e.yaml", "--jobs", "1").status == 0)
    #expect(try contents(store(place)) == contents(store(undisturbed)))
  }

  @Test func moreEpochsGoOnFromTheShorterRun() throws {
    let place = try place(epochs: 20)
    #expect(try place.labbook("run", "e.yaml", environment: Self.always).status == 0)
    try place.write("e.yaml", Self.file.replacing("EPOCHS", with: "30"))
    let plan = try place.labbook("run", "e.yaml", "--dry-run").output
    #expect(
      plan.split(separator: "\n").last?.split(separator: " ").map(String.init).suffix(7) == [
        "4", "0", "0", "0", "4", "0", "0",
      ])
    let longer = try place.labbook("run", "e.yaml", environment: Self.always)
    #expect(longer.errors.contains("4 continued from shorter ones"))
    let undisturbed = try self.place(epochs: 30)
    #expect(try undisturbed.labbook("run", "e.yaml", environment: Self.always).status == 0)
    let keys = Set(try store(undisturbed).runs().map(\.key))
    #expect(
      try contents(store(place), of: keys) == contents(store(undisturbed), of: keys))
    let reader = try StoreReader(place.store)
    #expect(
      try reader.number("SELECT COUNT(*) FROM run_environment WHERE key = 'continued_from'") == 4)
    let anew = try place.labbook("run", "e.yaml", "--fresh")
    #expect(!anew.errors.contains("continued"))
  }

  @Test func verifySaysIdenticalOrWhereItDiffers() throws {
    let place = try place(epochs: 3)
    #expect(try place.labbook("run", "e.yaml").status == 0)
    let run = try #require(try store(place).runs().first)
    let same = try place.labbook("verify", run.id.short)
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output.contains("is identical: "))
    let writer = try StoreWriter(place.store)
    try writer.execute("UPDATE points SET v0 = v0 + 1e-9 WHERE step = 14")
    let other = try place.labbook("verify", run.id.short)
    #expect(other.status == 1)
    #expect(other.output.contains("differs first in batch/loss at step 14, epoch 1: "))
  }

  /// The tool with two runs that have been measured, after which it is still at work.
  private func begun(
    _ place: Workplace, _ environment: [String: String]
  ) throws -> RunningTool {
    let tool = try place.start(["run", "e.yaml", "--jobs", "2"], environment: environment)
    let isMeasured = try tool.reaches {
      guard let store = try? store(place) else { return false }
      defer { store.close() }
      return try store.runs().count { ($0.epoch ?? 0) > 3 } >= 2
    }
    guard isMeasured else { throw LabbookError.failure("no two runs: \(tool.wait().errors)") }
    return tool
  }
}

/// What must be the same however the runs were trained.
func contents(_ store: RunStore, of keys: Set<String>? = nil) throws -> [String] {
  let runs = try store.runs().filter { keys?.contains($0.key) ?? true }
  return try runs.sorted { $0.key < $1.key }.flatMap { run in
    let metrics = try store.metrics(of: [run.id]).filter { !$0.isTiming }
    let curves = try store.curves(of: [run.id], metrics)
    let points = curves.map {
      "\($0.metric) \($0.steps) \($0.epochs) \($0.values.map(\.bitPattern))"
    }
    let files = try store.artifacts(of: run.id).map { "\($0.name) \($0.sha256)" }
    let best = metrics.map { "\($0) \(run.metrics[$0]?.best?.bitPattern ?? 0)" }
    let place = "\(run.step ?? -1) \(run.epoch ?? -1) \(run.bestStep ?? -1)"
    return ["\(run.key) \(run.status) \(place)"] + points + files + best.sorted()
  }
}
