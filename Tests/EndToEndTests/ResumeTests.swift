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

  /// So many that a run can be killed several times before its end.
  #if DEBUG
    private static let epochs = 200
  #else
    private static let epochs = 3_000
  #endif

  /// More than any test waits for: such a run is always found at work.
  private static let endless = 1_000_000

  /// 30 kills where the environment asks for the long form.
  private static let kills =
    ProcessInfo.processInfo.environment["LABBOOK_LONG_TESTS"] == nil ? 6 : 30

  /// Keeps the last state of runs however short they are.
  private static let always = ["LABBOOK_STATE_SECONDS": "0"]
  private static let often = ["LABBOOK_CHECKPOINT_SECONDS": "0.02", "LABBOOK_STATE_SECONDS": "0"]

  /// The sweep that nothing disturbs, trained once for all tests that compare with it.
  private static let undisturbed = Result {
    let place = try Self.place(epochs: Self.epochs)
    let outcome = try place.labbook(
      "run", "e.yaml", "--only", "main", "--jobs", "1", environment: always)
    #expect(outcome.status == 0)
    return place
  }

  private static func place(epochs: Int) throws -> Workplace {
    let place = try Workplace()
    try place.write("e.yaml", Self.file.replacing("EPOCHS", with: "\(epochs)"))
    return place
  }

  private func store(_ place: Workplace) throws -> RunStore {
    try RunStore(at: place.store, .existing)
  }

  /// A random moment later, and early enough that runs are still at work.
  private func idle() { usleep(.random(in: 0...100_000)) }

  @Test func killsAtRandomMomentsChangeNoBitAndRepeatLittle() throws {
    let place = try Self.place(epochs: Self.epochs)
    var kept = 0
    var before: [RunID: [Int64]] = [:]
    for round in 0..<Self.kills {
      let threads = ["auto", "3", "1", "16"][round % 4]
      let tool = try place.start(
        ["run", "e.yaml", "--only", "main", "--jobs", "3", "--threads", threads],
        environment: Self.often)
      // Every third time while it still gets ready, however slow the machine is.
      if round % 3 != 2, try !tool.reaches({ place.hasNewCheckpoint(of: tool) }) { break }
      idle()
      kill(tool.id, SIGKILL)
      _ = try tool.wait()
      let now = try state(place)
      // What the process found before its checkpoint is what stood there: it was not done again.
      for (run, old) in before {
        let found = now[run]?.prefix(old.count) ?? []
        #expect(Array(found) == old, "points of \(run.short) were measured again")
        kept += old.count
      }
      before = now
    }
    let last = try place.labbook(["run", "e.yaml", "--only", "main"], environment: Self.often)
    #expect(last.status == 0, "\(last.errors)")
    #expect(kept > 0)
    #expect(try contents(store(place)) == contents(store(Self.undisturbed.get())))
  }

  /// When the points up to its checkpoint were measured, of every run that has one; of a finished
  /// run all of them.
  ///
  /// - Parameter damaged: the path of a checkpoint that cannot be read.
  private func state(_ place: Workplace, damaged: String = "") throws -> [RunID: [Int64]] {
    guard let store = try? store(place) else { return [:] }
    var kept: [RunID: [Int64]] = [:]
    for run in try store.runs() where !damaged.contains(run.id.description) {
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
    let place = try Self.place(epochs: Self.endless)
    let tool = try begun(place, [:])
    kill(tool.id, SIGINT)
    #expect(try tool.wait().status == 130)
    let plan = try place.labbook("run", "e.yaml", "--dry-run", "--jobs", "2").output
    #expect(plan.contains("resumed"))
    #expect(
      plan.split(separator: "\n").last?.split(separator: " ").map(String.init).suffix(7) == [
        "4", "2", "0", "2", "0", "0", "0",
      ])
    #expect(try place.labbook("check", "e.yaml").output.contains("resumed"))
    let before = try state(place)
    let again = try begun(place, [:])
    kill(again.id, SIGINT)
    let outcome = try again.wait()
    #expect(
      outcome.errors.contains(
        /0 runs trained in [0-9.]+ s, 2 resumed, 2 interrupted, 2 not begun/), "\(outcome.errors)")
    try expectKept(before, place)
    try expectBeginnings(place)
  }

  @Test func aSecondCtrlCEndsAtOnceAndNothingIsLost() throws {
    let place = try Self.place(epochs: Self.endless)
    let tool = try begun(place, Self.often)
    kill(tool.id, SIGINT)
    kill(tool.id, SIGINT)
    #expect(try tool.wait().status == 130)
    let before = try state(place)
    #expect(before.values.contains { $0.count > 3 })
    let again = try begun(place, Self.often)
    kill(again.id, SIGINT)
    #expect(try again.wait().status == 130)
    try expectKept(before, place)
    try expectBeginnings(place)
  }

  @Test func aDamagedCheckpointStartsTheRunOverAndSaysSo() throws {
    let place = try Self.place(epochs: Self.endless)
    let tool = try begun(place, [:])
    kill(tool.id, SIGINT)
    _ = try tool.wait()
    let files = place.files().filter { $0.hasSuffix("/checkpoint") }
    #expect(files.count == 2)
    let damaged = try #require(files.first)
    var bytes = try Data(contentsOf: URL(filePath: place.path + "/" + damaged))
    bytes[bytes.count - 100] ^= 4
    try bytes.write(to: URL(filePath: place.path + "/" + damaged))
    var before = try state(place, damaged: damaged)
    #expect(before.count == 1)
    let again = try begun(place, [:])
    kill(again.id, SIGINT)
    let outcome = try again.wait()
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("starts over: the checkpoint"))
    #expect(outcome.errors.contains("its checksum is wrong"))
    #expect(outcome.errors.contains(", 1 resumed, 2 interrupted"))
    try expectKept(before, place)
    let start = Int64(again.start.timeIntervalSince1970 * 1000)
    for (run, times) in try state(place) where before[run] == nil {
      #expect(damaged.contains(run.description))
      #expect(times.first ?? 0 >= start, "points of \(run.short) were not measured anew")
      before[run] = times
    }
    #expect(before.count == 2)
    try expectBeginnings(place)
  }

  /// Gradient descent with momentum on the mean of (w x - 2 x)^2 with x = 1 and -1.
  ///
  /// With v the velocity, v = 0.9 v + 2 (w - 2), w = w - rate v, from w = 0; the rate falls by a ten-thousandth an
  /// epoch. Interrupted twice, every loss and rate is that of these two lines.
  @Test func anInterruptedRunFollowsTheClosedForm() throws {
    let place = try Workplace()
    let rows = (0..<4_000).map { $0 % 2 == 0 ? "1,2" : "-1,-2" }
    try place.write("d.csv", (["x,y"] + rows).joined(separator: "\n") + "\n")
    try place.write(
      "e.yaml",
      """
      data: {source: csv, path: d.csv, target: y}
      model: [{linear: 1, bias: false}]
      train:
        init: zeros
        optimizer: {name: sgd, momentum: 0.9}
        lr: 3e-5
        schedule: {name: exponential, gamma: 0.9999}
        batch_size: full
        epochs: \(Self.endless)
      """)
    for _ in 0..<3 {
      let tool = try begun(place, Self.often, runs: 1)
      kill(tool.id, SIGINT)
      #expect(try tool.wait().status == 130)
    }
    let store = try store(place)
    let run = try #require(try store.runs().first)
    let curves = try store.curves(of: [run.id], [.trainLoss, .learningRate])
    #expect(curves.map(\.metric) == [.trainLoss, .learningRate])
    let epochs = curves[0].epochs
    #expect(epochs == Array(1...epochs.count) && curves[1].epochs == epochs)
    var (weight, velocity) = (0.0, 0.0)
    for place in epochs.indices {
      let rate = 3e-5 * pow(0.9999, Double(place))
      // Of the loss the distance from 2: single precision rounds each of up to some ten thousand
      // steps by at most 1.2e-7.
      #expect(abs(curves[0].values[place].squareRoot() - (2 - weight)) < 2e-3)
      #expect(abs(curves[1].values[place] - rate) < 1e-12)
      velocity = 0.9 * velocity + 2 * (weight - 2)
      weight -= rate * velocity
    }
  }

  @Test func moreEpochsGoOnFromTheShorterRun() throws {
    let place = try Self.place(epochs: 20)
    #expect(try place.labbook("run", "e.yaml", environment: Self.always).status == 0)
    try place.write("e.yaml", Self.file.replacing("EPOCHS", with: "30"))
    let plan = try place.labbook("run", "e.yaml", "--dry-run").output
    #expect(
      plan.split(separator: "\n").last?.split(separator: " ").map(String.init).suffix(7) == [
        "4", "0", "0", "0", "4", "0", "0",
      ])
    let longer = try place.labbook("run", "e.yaml", environment: Self.always)
    #expect(longer.errors.contains("4 continued from shorter ones"))
    let undisturbed = try Self.place(epochs: 30)
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
    let place = try Self.place(epochs: 3)
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
    _ place: Workplace, _ environment: [String: String], runs: Int = 2
  ) throws -> RunningTool {
    let tool = try place.start(
      ["run", "e.yaml", "--only", "main", "--jobs", "2"], environment: environment)
    let isMeasured = try tool.reaches {
      guard let store = try? store(place) else { return false }
      defer { store.close() }
      return try store.runs().count { $0.status == .running && ($0.epoch ?? 0) > 3 } >= runs
    }
    guard isMeasured else { throw LabbookError.failure("no runs: \(try tool.wait().errors)") }
    return tool
  }

  /// What was measured before a checkpoint stands where it stood.
  private func expectKept(_ before: [RunID: [Int64]], _ place: Workplace) throws {
    let now = try state(place)
    for (run, old) in before {
      #expect(Array(now[run]?.prefix(old.count) ?? []) == old, "\(run.short) was done again")
    }
  }

  /// As far as they go, runs are those of the undisturbed sweep, bit for bit: this schedule does not
  /// look at a run's length.
  private func expectBeginnings(_ place: Workplace) throws {
    let whole = try beginnings(store(Self.undisturbed.get()), by: "train.optimizer")
    var count = 0
    for (name, values) in try beginnings(store(place), by: "train.optimizer") {
      let common = min(values.count, whole[name]?.count ?? 0)
      #expect(Array(values.prefix(common)) == Array(whole[name]?.prefix(common) ?? []), "\(name)")
      count += common
    }
    #expect(count > 50)
  }
}

/// The curves of a store's runs by the value at a path, the seed and the metric, bit for bit.
func beginnings(_ store: RunStore, by path: String) throws -> [String: [String]] {
  var found: [String: [String]] = [:]
  for run in try store.runs() {
    let value = try #require(run.parameters[path])
    let name = "\(value.display) \(run.seed) "
    for curve in try store.curves(of: [run.id], store.metrics(of: [run.id])) {
      found[name + curve.metric.name] = curve.steps.indices.map {
        "\(curve.steps[$0]) \(curve.epochs[$0]) \(curve.values[$0].bitPattern)"
      }
    }
  }
  return found
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
