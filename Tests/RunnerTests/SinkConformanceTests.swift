import Foundation
import RunStorage
import Runner
import Runs
import Synchronization
import Testing
import Tracking

/// What a sink was told, as far as it can be asked of it afterwards.
private struct Kept: Equatable {
  /// The bits of every value by metric and step; those of all not-a-numbers are the same.
  var values: [String: UInt64] = [:]
  var epochs: [String: Int] = [:]
  var chosen: [Int]?
  var files: [String: Data] = [:]
  var ending: RunStatus?

  mutating func add(_ point: MetricPoint) {
    let place = "\(point.metric) \(point.step)"
    values[place] = (point.value.isNaN ? .nan : point.value).bitPattern
    epochs[place] = point.epoch
  }

  init(_ memory: MemorySink) {
    for point in memory.points { add(point) }
    chosen = memory.chosen.map { [$0.step, $0.epoch] }
    files = memory.artifacts
    ending = memory.ending
  }

  init(_ store: RunStore) throws {
    let run = try #require(try store.runs().first)
    for curve in try store.curves(of: [run.id], try store.metrics(of: [run.id])) {
      for (index, step) in curve.steps.enumerated() {
        add(
          MetricPoint(
            curve.metric, step: step, epoch: curve.epochs[index], value: curve.values[index],
            timeMilliseconds: 0))
      }
    }
    chosen = run.bestStep.map { [$0, run.bestEpoch ?? -1] }
    for file in try store.artifacts(of: run.id) {
      files[file.name] = try store.artifact(file.name, of: run.id)
    }
    ending = run.status
  }
}

/// Every kind of sink: each is told the same, and must have kept the same.
private enum SinkKind: CaseIterable {
  case memory, store, eventsIntoMemory, eventsIntoStore

  /// Whether a run goes on from its checkpoint.
  var keepsStates: Bool { self == .store || self == .eventsIntoStore }

  /// Tells a run of one sink; what was kept.
  func kept(_ place: Workplace, _ tell: @escaping @Sendable (any RunSink) throws -> Void) throws
    -> Kept
  {
    switch self {
    case .memory:
      let memory = MemorySink()
      try tell(memory)
      return Kept(memory)
    case .eventsIntoMemory:
      let memory = MemorySink()
      try Self.telling(through: place, memory, tell)
      return Kept(memory)
    case .store, .eventsIntoStore:
      let store = try place.store()
      let executor = TellingExecutor { sink in
        if self == .store { try tell(sink) } else { try Self.telling(through: place, sink, tell) }
      }
      let request = RunRequest(
        key: "k", configuration: "k", seed: 1, objective: Objective(.valLoss, .minimize),
        parameters: [], updates: 9)
      let job = TrainingJob(request, label: "k", updates: 9, cost: 1)
      _ = try SweepRunner(store, executor).run(
        [SweepJobs("main", [job])], experiment: "e", stop: StopSignal())
      if let error = executor.error { throw error }
      return try Kept(store)
    }
  }

  /// Tells a file of events, then lets them be told again, in pieces of a few bytes.
  private static func telling(
    through place: Workplace, _ sink: any RunSink, _ tell: (any RunSink) throws -> Void
  ) throws {
    let path = place.folder + "/events-" + UUID().uuidString
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let request = RunRequest(
      key: "k", configuration: "k", seed: 1, objective: Objective(.valLoss, .minimize),
      parameters: [], lineage: "family", updates: 9)
    let order = TrainingOrder(TrainingJob(request, label: "k", updates: 9, cost: 1), for: sink)
    let control = RunControl()
    let sent = try TrainingOrder(line: try order.line().dropLast())
    #expect(sent == order)
    try tell(EventSink(sent, control, to: EventWriter(descriptor: descriptor)))
    close(descriptor)
    let replay = RunReplay(into: sink, control)
    var reader = EventReader()
    let bytes = try Data(contentsOf: URL(filePath: path))
    for start in stride(from: 0, to: bytes.count, by: 7) {
      for told in try reader.take(bytes[start..<min(start + 7, bytes.count)]) {
        #expect(told.key == "k")
        try replay.take(told.event)
      }
    }
    #expect(!reader.isWithinLine)
  }
}

/// Opens every run and lets a closure tell what happens.
private final class TellingExecutor: Executor {
  private let tell: @Sendable (any RunSink) throws -> Void
  private let failure = Mutex<(any Error)?>(nil)

  init(_ tell: @escaping @Sendable (any RunSink) throws -> Void) { self.tell = tell }

  var error: (any Error)? { failure.withLock { $0 } }

  func run(_ wave: Wave) {
    for run in wave.runs {
      guard case .opened(let sink, _) = wave.open(run) else { continue }
      do { try tell(sink) } catch { failure.withLock { $0 = error } }
    }
  }
}

/// What every sink has to keep, whoever it is.
@Suite struct SinkConformanceTests {
  private static func point(_ name: String, _ step: Int, _ value: Double) -> MetricPoint {
    MetricPoint(
      Metric(name), step: step, epoch: step / 2, value: value, timeMilliseconds: 1_700_000_000_000)
  }

  @Test(arguments: SinkKind.allCases)
  fileprivate func everythingToldIsKept(_ kind: SinkKind) throws {
    let odd: [Double] = [
      0.1 + 0.2, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1.7976931348623157e308,
    ]
    let file = Data((0...255).map { UInt8($0) })
    let kept = try kind.kept(Workplace()) { sink in
      try sink.begin(maker: "m") { _ in }
      for (index, value) in odd.enumerated() {
        sink.record([
          Self.point("val/loss", index + 1, value), Self.point("named \"x\"\n/é", index + 1, 1 / 3),
        ])
      }
      sink.choose(step: 2, epoch: 1, value: -0.0)
      sink.choose(step: 4, epoch: 2, value: -.infinity)
      try sink.writeArtifact("a file", file)
      try sink.writeArtifact("empty", Data())
      sink.finish(.completed, durationSeconds: 1.5, message: nil)
    }
    for (index, value) in odd.enumerated() {
      // SQLite has one zero.
      let isWord = value.isNaN || value == 0
      #expect(isWord || kept.values["val/loss \(index + 1)"] == value.bitPattern)
      #expect(kept.values["named \"x\"\n/é \(index + 1)"] == (1.0 / 3).bitPattern)
      #expect(kept.epochs["val/loss \(index + 1)"] == (index + 1) / 2)
    }
    #expect(kept.values["val/loss 5"] == Double.nan.bitPattern)
    #expect(kept.values.count == 14)
    #expect(kept.chosen == [4, 2])
    #expect(kept.files == ["a file": file, "empty": Data()])
    #expect(kept.ending == .completed)
  }

  @Test(arguments: SinkKind.allCases)
  fileprivate func aRunThatToldNothingEnds(_ kind: SinkKind) throws {
    let kept = try kind.kept(Workplace()) { sink in
      try sink.begin(maker: "m") { _ in }
      sink.finish(.failed, durationSeconds: nil, message: "no data")
    }
    #expect(kept.values.isEmpty && kept.chosen == nil)
    #expect(kept.ending == .failed)
  }

  /// What was told after a checkpoint is told again by the attempt that goes on from it.
  @Test(arguments: SinkKind.allCases.filter(\.keepsStates))
  fileprivate func aRunGoesOnFromItsCheckpoint(_ kind: SinkKind) throws {
    let place = Workplace()
    _ = try kind.kept(place) { sink in
      #expect(sink.checkpointSeconds == 1.5)
      try sink.begin(maker: "m") { _ in Issue.record("there is no state") }
      sink.record([Self.point("val/loss", 1, 8)])
      sink.choose(step: 1, epoch: 0, value: 8)
      sink.save {
        Checkpoint(step: 1, epoch: 0, best: (1, 0), points: 1, maker: "m", state: Data("s".utf8))
      }
      sink.record([Self.point("val/loss", 2, 7)])
      sink.finish(.interrupted, durationSeconds: 1, message: nil)
    }
    let kept = try kind.kept(place) { sink in
      var state = Data()
      try sink.begin(maker: "m") { state = $0 }
      #expect(state == Data("s".utf8))
      sink.record([Self.point("val/loss", 3, 6)])
      sink.finish(.completed, durationSeconds: 1, message: nil)
    }
    #expect(kept.values.keys.sorted() == ["val/loss 1", "val/loss 3"])
    #expect(kept.chosen == [1, 0])
  }

  /// A state of another maker, or one that cannot be read, is not used, and the run begins anew.
  @Test(arguments: SinkKind.allCases.filter(\.keepsStates))
  fileprivate func aStateThatCannotBeUsedIsNot(_ kind: SinkKind) throws {
    let place = Workplace()
    _ = try kind.kept(place) { sink in
      try sink.begin(maker: "m") { _ in }
      sink.record([Self.point("val/loss", 1, 8)])
      sink.save { Checkpoint(step: 1, epoch: 0, best: nil, points: 1, maker: "m", state: Data()) }
      sink.finish(.interrupted, durationSeconds: 1, message: nil)
    }
    let kept = try kind.kept(place) { sink in
      try sink.begin(maker: "other") { _ in Issue.record("a state of another maker") }
      sink.record([Self.point("val/loss", 2, 7)])
      sink.save { throw LabbookError.failure("no room") }
      sink.finish(.completed, durationSeconds: 1, message: nil)
    }
    #expect(kept.values.keys.sorted() == ["val/loss 2"])
  }
}
