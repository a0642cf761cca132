import Foundation
import GRDBSQLite
import RunStorage
import Runs
import Tracking

/// Reads and writes a store through SQLite's C library alone, as any other program would.
final class Witness {
  private var connection: OpaquePointer?

  init(_ path: String) { sqlite3_open(path, &connection) }

  deinit { sqlite3_close(connection) }

  /// The rows of a query as text; NULL is `nil`.
  func rows(_ sql: String) -> [[String?]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
      return [["error: " + String(cString: sqlite3_errmsg(connection))]]
    }
    defer { sqlite3_finalize(statement) }
    var rows: [[String?]] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) }
        })
    }
    return rows
  }

  /// The first value of a query.
  func value(_ sql: String) -> String? { rows(sql).first?.first ?? nil }

  /// Runs statements; whether all succeeded.
  @discardableResult
  func run(_ sql: String) -> Bool { sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK }
}

/// A folder of its own for one test, removed at the end.
final class Workplace {
  let folder: String

  init() {
    folder = NSTemporaryDirectory() + "labbook-test-" + RunID().description
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var path: String { folder + "/labbook.sqlite" }

  func store(_ mode: RunStore.Access = .create) throws -> RunStore { try RunStore(at: path, mode) }
}

/// A request with as little as a test needs to say: a program's, whose parameters nobody reads.
func request(
  _ key: String, configuration: String? = nil, seed: Int = 1,
  objective: Objective = Objective(.valLoss, .minimize), _ parameters: [Hyperparameter] = []
) -> RunRequest {
  RunRequest(
    key: key, configurationKey: configuration ?? "configuration of " + key,
    configuration: RunConfiguration(
      .program(ProgramRun(command: ["train", key], parameters: [:], seed: seed)),
      objective: objective, hyperparameters: parameters))
}

/// One point of a metric, by default at a time that the step tells.
func point(_ metric: String, _ step: Int, _ value: Double, epoch: Int? = nil) -> MetricPoint {
  MetricPoint(
    Metric(metric), step: step, epoch: epoch ?? step, value: value,
    timeMilliseconds: 1_000_000 + Int64(step))
}

/// The claim of a run that must be free.
func claimed(_ outcome: ClaimOutcome) throws -> RunClaim {
  guard case .claimed(let claim) = outcome else {
    throw LabbookError.failure("expected a claim, found \(outcome)")
  }
  return claim
}

/// Registers runs of the sweep `main` of the experiment `e`.
@discardableResult
func register(_ store: RunStore, _ requests: [RunRequest]) throws -> [RegisteredRun] {
  try store.register([("main", requests)], experiment: "e").flatMap { $0 }
}
