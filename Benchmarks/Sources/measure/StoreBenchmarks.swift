import CSQLite
import Foundation
import RunStorage
import Runs
import Tracking

/// The store: points a second through its writer beside plain SQLite in the same tables, and its
/// commonest question.
enum StoreBenchmarks {
  private static let steps = 500_000

  private static func request(_ index: Int) -> RunRequest {
    RunRequest(
      key: "k\(index)", configurationKey: "c\(index / 5)",
      configuration: RunConfiguration(
        .program(ProgramRun(command: ["c\(index / 5)"], parameters: [:], seed: index % 5 + 1)),
        objective: Objective(.valLoss, .minimize),
        hyperparameters: [
          Hyperparameter("train.lr", .number(Double(index % 100 + 1) * 1e-4)),
          Hyperparameter("train.batch_size", .integer(32 << (index % 3))),
          Hyperparameter("train.optimizer", .text(index % 2 == 0 ? "adam" : "sgd")),
        ]))
  }

  private static func recorder(_ store: RunStore, _ writer: RunWriter, _ run: RunID) throws
    -> RunRecorder?
  {
    guard case .claimed(let claim) = try store.claim(run) else { return nil }
    return writer.recorder(for: claim)
  }

  private static func temporaryPath() -> String {
    NSTemporaryDirectory() + "measure-\(getpid()).sqlite"
  }

  private static func remove(_ path: String) {
    for end in ["", "-wal", "-shm", ".runs"] {
      try? FileManager.default.removeItem(atPath: path + end)
    }
  }

  private static func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Two metrics a step, as one run tells them.
  static func writer() throws {
    let path = temporaryPath()
    remove(path)
    defer { remove(path) }
    var store = try RunStore(at: path, .create)
    let empty = size(path)
    guard let run = try store.register([("main", [request(0)])], experiment: "writer").first?.first
    else { return }
    let writer = RunWriter(store)
    guard let recorder = try recorder(store, writer, run.id) else { return }
    let start = wallSeconds()
    for step in 1...steps {
      recorder.record([
        MetricPoint(.batchLoss, step: step, epoch: 1, value: 1 / Double(step), timeMilliseconds: 1),
        MetricPoint(
          .batchAccuracy, step: step, epoch: 1, value: Double(step % 100) / 100,
          timeMilliseconds: 1),
      ])
    }
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    let own = wallSeconds() - start
    store.close()
    let bytes = Double(size(path) - empty) / Double(2 * steps)
    remove(path)
    store = try RunStore(at: path, .create)
    store.close()
    let plain = try plainSeconds(path)
    report([
      "part": "writer", "own": Double(2 * steps) / own, "sqlite": Double(2 * steps) / plain,
      "bytes": bytes,
    ])
  }

  /// The same rows by SQLite's C interface, 10,000 a transaction.
  private static func plainSeconds(_ path: String) throws -> Double {
    var database: OpaquePointer?
    guard sqlite3_open(path, &database) == SQLITE_OK else { return .nan }
    defer { sqlite3_close(database) }
    sqlite3_exec(database, "PRAGMA synchronous = NORMAL", nil, nil, nil)
    var statement: OpaquePointer?
    sqlite3_prepare_v2(
      database,
      "INSERT INTO points (run, layout, step, epoch, time, v0, v1) VALUES (1,1,?,1,1,?,?)",
      -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    let start = wallSeconds()
    for step in 1...steps {
      if step % 5_000 == 1 { sqlite3_exec(database, "BEGIN", nil, nil, nil) }
      sqlite3_bind_int64(statement, 1, Int64(step))
      sqlite3_bind_double(statement, 2, 1 / Double(step))
      sqlite3_bind_double(statement, 3, Double(step % 100) / 100)
      sqlite3_step(statement)
      sqlite3_reset(statement)
      if step % 5_000 == 0 { sqlite3_exec(database, "COMMIT", nil, nil, nil) }
    }
    return wallSeconds() - start
  }

  /// The best 50 of 10,000 runs that are completed and of one sweep; leaves the store at the path.
  static func queries(at path: String) throws {
    remove(path)
    let store = try RunStore(at: path, .create)
    let start = wallSeconds()
    let runs = try store.register(
      [("first", (0..<5_000).map(request)), ("second", (5_000..<10_000).map(request))],
      experiment: "queries"
    ).flatMap { $0 }
    let writer = RunWriter(store)
    for (index, run) in runs.enumerated() {
      guard let recorder = try recorder(store, writer, run.id) else { continue }
      for epoch in 1...3 {
        recorder.record([
          MetricPoint(
            .valLoss, step: epoch * 10, epoch: epoch,
            value: Double((index * 7919) % 10_007) / Double(epoch), timeMilliseconds: 1)
        ])
      }
      recorder.choose(step: 30, epoch: 3)
      recorder.finish(.completed, durationSeconds: 0.1)
    }
    try writer.close()
    let making = wallSeconds() - start
    var query = RunQuery(SweepName(experiment: "queries", sweep: "second"))
    query.statuses = [.completed]
    query.order = .metric(.valLoss, .best, descending: false)
    query.limit = 50
    var found = 0
    let seconds = secondsPerCall { found = (try? store.runs(query).count) ?? 0 }
    report(["part": "queries", "ms": seconds * 1e3, "found": found, "making_s": making])
    store.close()
  }

  /// 64 runs with curves of 1,000 points, left at the path for `labbook plot`.
  static func curves(at path: String) throws {
    remove(path)
    let store = try RunStore(at: path, .create)
    let runs = try store.register([("main", (0..<64).map(request))], experiment: "curves")
    let writer = RunWriter(store)
    for (index, run) in runs.flatMap({ $0 }).enumerated() {
      guard let recorder = try recorder(store, writer, run.id) else { continue }
      recorder.record(
        (1...1000).map {
          MetricPoint(
            .valLoss, step: $0, epoch: $0,
            value: exp(-Double($0) / (100 + 10 * Double(index))) + 0.01 * sin(Double($0 + index)),
            timeMilliseconds: 1)
        })
      recorder.choose(step: 1000, epoch: 1000)
      recorder.finish(.completed, durationSeconds: 0.1)
    }
    try writer.close()
    store.close()
  }
}
