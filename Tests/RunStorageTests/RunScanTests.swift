import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// Lists of runs against the same lists made in memory, from what the test itself put into the store:
/// many queries over forty runs with ties, missing values, bad seeds and several sweeps.
@Suite struct RunScanTests {
  /// What a run was given.
  private struct Given {
    var id: RunID
    let number: Int
    let configuration: String
    let seed: Int
    let sweep: String
    let experiment: String
    let status: RunStatus
    let last: Double?
    let best: Double?
    let rate: Double?
    let seconds: Double?

    /// A run that diverged or failed has no last value, and no place among those with one.
    var isBad: Bool { status == .diverged || status == .failed }
    var final: Double? { isBad ? nil : last }
    var counted: Double? { isBad ? nil : best }
  }

  private final class Sample {
    let place = Workplace()
    let store: RunStore
    private(set) var runs: [Given] = []
    private var random = Generator(state: 7)

    init() throws {
      store = try place.store()
      let statuses: [RunStatus?] = [.completed, .completed, .diverged, .failed, .stopped, nil]
      let writer = RunWriter(store)
      for number in 0..<40 {
        let configuration = "c\(number * 7 % 11)"
        let sweep = ["one", "two", "three"][random.next(3)]
        let experiment = sweep == "three" ? "f" : "e"
        let status = statuses[random.next(6)]
        let rate: Double? = random.next(5) == 0 ? nil : [0.1, 0.01, 1][random.next(3)]
        let asked = request(
          "k\(number)", configuration: configuration, seed: random.next(4),
          (rate.map { [Hyperparameter("train.lr", .number($0))] } ?? []))
        let id = try store.register([(sweep, [asked])], experiment: experiment)[0][0].id
        let isMeasured = random.next(4) > 0 && status != nil
        let (best, last) = (Double(random.next(6)), Double(random.next(6)))
        let seconds: Double? = status == .failed ? nil : Double(random.next(3))
        if let status {
          let recorder = writer.recorder(for: try claimed(store.claim(id)))
          if isMeasured {
            recorder.record([point("val/loss", 1, best), point("val/loss", 2, last)])
            recorder.choose(step: 1, epoch: 1)
          }
          recorder.finish(status, durationSeconds: seconds)
        }
        runs.append(
          Given(
            id: id, number: number, configuration: configuration, seed: asked.seed, sweep: sweep,
            experiment: experiment, status: status ?? .planned, last: isMeasured ? last : nil,
            best: isMeasured ? best : nil, rate: rate, seconds: status == nil ? nil : seconds))
      }
      try writer.close()
    }
  }

  private struct Generator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// Sorted by a value, the missing last, ties as they came.
  private func sorted(
    _ runs: [Given], _ isDown: Bool, _ value: (Given) -> Double?
  ) -> [Given] {
    runs.sorted { left, right in
      switch (value(left), value(right)) {
      case (let a?, let b?) where a != b: isDown ? a > b : a < b
      case (_?, nil): true
      case (nil, _?): false
      default: left.number < right.number
      }
    }
  }

  @Test func listsAreThoseMadeInMemory() throws {
    let sample = try Sample()
    var random = Generator(state: 99)
    for round in 0..<150 {
      var query = RunQuery()
      var expected = sample.runs
      if random.next(3) == 0 {
        query.sweep = ["one", "two", "three"][random.next(3)]
        expected = expected.filter { $0.sweep == query.sweep }
      }
      if random.next(3) == 0 {
        query.experiment = ["e", "f"][random.next(2)]
        expected = expected.filter { $0.experiment == query.experiment }
      }
      if random.next(3) == 0 {
        query.statuses =
          [[.completed, .planned], [.diverged], [.failed, .stopped]][random.next(3)]
        expected = expected.filter { query.statuses.contains($0.status) }
      }
      if random.next(4) == 0 {
        query.configurations = ["c1", "c5", "c9", "none"]
        expected = expected.filter { ["c1", "c5", "c9"].contains($0.configuration) }
      }
      if random.next(4) == 0 {
        query.after = sample.runs[12].id
        expected = expected.filter { $0.number > 12 }
      }
      let isDown = random.next(2) == 0
      switch random.next(6) {
      case 0:
        query.order = .metric(.valLoss, .last, descending: isDown)
        expected = sorted(expected, isDown, \.final)
      case 1:
        query.order = .metric(.valLoss, .best, descending: isDown)
        expected = sorted(expected, isDown, \.counted)
      case 2:
        query.order = .parameter("train.lr", descending: isDown)
        expected = sorted(expected, isDown, \.rate)
      case 3:
        query.order = .column(.durationSeconds, descending: isDown)
        expected = sorted(expected, isDown, \.seconds)
      case 4:
        query.order = .column(.seed, descending: isDown)
        expected = sorted(expected, isDown) { Double($0.seed) }
      default: break
      }
      #expect(try sample.store.count(query) == expected.count)
      let filter: RunFilter?
      if random.next(4) == 0 {
        filter = RunFilter([.metric(.valLoss)]) {
          guard case .number(let last) = $0[0] else { return false }
          return last >= 3
        }
        expected = expected.filter { ($0.final ?? 0) >= 3 }
      } else if random.next(3) == 0 {
        filter = RunFilter([.column("seed"), .parameter("train.lr")]) {
          $0[0] != .integer(2) && $0[1] != .integer(1)
        }
        expected = expected.filter { $0.seed != 2 && $0.rate != 1 }
      } else {
        filter = nil
      }
      if random.next(2) == 0 {
        query.offset = random.next(4)
        expected = Array(expected.dropFirst(query.offset))
      }
      if random.next(2) == 0 {
        query.limit = random.next(9)
        expected = Array(expected.prefix(query.limit ?? 0))
      }
      let found = try sample.store.runs(query, where: filter)
      #expect(found.map(\.id) == expected.map(\.id), "\(round): \(query)")
      #expect(found.map(\.status) == expected.map(\.status))
      #expect(found.map { $0.value(of: .valLoss, .last) } == expected.map(\.final))
      #expect(found.map { $0.metrics[.valLoss]?.best } == expected.map(\.best))
      #expect(found.map(\.seed) == expected.map(\.seed))
      #expect(found.map(\.durationSeconds) == expected.map(\.seconds))
    }
  }

  @Test func configurationsAreRankedAsInMemory() throws {
    let sample = try Sample()
    for (isDown, which) in [
      (true, MetricValue.last), (true, .best), (false, .last), (false, .best),
    ] {
      var query = RunQuery()
      query.order = .metric(.valLoss, which, descending: isDown)
      // Ties stand in the order of the list of runs.
      let listed = sorted(sample.runs, isDown) { which == .last ? $0.final : $0.counted }
      var names: [String] = []
      for run in listed where !names.contains(run.configuration) { names.append(run.configuration) }
      let expected = names.enumerated().map { place, name in
        let runs = sample.runs.filter { $0.configuration == name }
        let values = runs.compactMap { which == .last ? $0.final : $0.counted }
        let isBad = runs.contains { $0.status == .diverged || $0.status == .failed }
        let mean = values.isEmpty ? Double.infinity : values.reduce(0, +) / Double(values.count)
        let rank = values.isEmpty ? .infinity : isDown ? -mean : mean
        return (name: name, key: [isBad ? 1 : 0, rank, Double(place)])
      }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.name)
      #expect(try sample.store.configurations(query) == expected)
    }
  }

  @Test(arguments: RunColumn.allCases)
  func everyColumnSortsByItself(_ column: RunColumn) throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, (0..<3).map { request("k\($0)", seed: [5, 9, 7][$0]) }).map(\.id)
    let writer = RunWriter(store)
    for (number, run) in runs.enumerated() {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      let step = [30, 10, 20][number]
      recorder.record([point("val/loss", step, 1, epoch: [2, 3, 1][number])])
      recorder.finish(
        [.failed, .completed, .stopped][number], durationSeconds: [3, 2, 1][number])
    }
    try writer.close()
    let times = [
      "created_at": [3, 1, 2], "started_at": [1, 3, 2], "ended_at": [2, 1, 3],
    ]
    let witness = Witness(place.path)
    for (name, years) in times {
      for (run, year) in zip(runs, years) {
        #expect(
          witness.run("UPDATE runs SET \(name) = '200\(year)-01-01' WHERE run = '\(run)'"))
      }
    }
    // completed < failed < stopped by their letters.
    let expected: [RunColumn: [Int]] = [
      .status: [1, 0, 2], .seed: [0, 2, 1], .step: [1, 2, 0], .epoch: [2, 0, 1],
      .createdAt: [1, 2, 0], .startedAt: [0, 2, 1], .endedAt: [1, 0, 2],
      .durationSeconds: [2, 1, 0],
    ]
    var query = RunQuery()
    query.order = .column(column, descending: false)
    #expect(try store.runs(query).map(\.id) == expected[column]?.map { runs[$0] })
    query.order = .column(column, descending: true)
    #expect(try store.runs(query).map(\.id) == expected[column]?.reversed().map { runs[$0] })
  }
}
