import Foundation
import RunStorage
import Testing
import Tracking
import TrackingAPI
import Web

/// A bad request is answered with 400 and MLflow's code, never with 500.
@Suite struct RefusalTests {
  /// Path, body (RUN stands for a run), a part of the message.
  private static let bad: [(String, String, String)] = [
    ("experiments/create", "{}", "Missing value for required parameter 'name'"),
    ("experiments/create", #"{"name": 123}"#, "Invalid value 123 for parameter 'name'"),
    (
      "experiments/create", #"{"name": "a", "tags": "5"}"#,
      #"Invalid value "5" for parameter 'tags'"#
    ),
    (
      "experiments/create", #"{"name": "a", "artifact_location": 9.0}"#,
      "Invalid value 9.0 for parameter 'artifact_location'"
    ),
    ("experiments/create", #"{"name": "a", "tags": [{"value": "x"}]}"#, "'tags[0].key'"),
    ("runs/log-metric", #"{"run_id": 31, "key": "m"}"#, "Invalid value 31 for parameter 'run_id'"),
    ("runs/log-metric", #"{"run_id": null, "key": "m"}"#, "required parameter 'run_id'"),
    ("runs/log-metric", #"{"run_id": "RUN", "value": 1, "timestamp": 1}"#, "parameter 'key'"),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "m", "value": 1, "timestamp": "foo"}"#,
      #"Invalid value "foo" for parameter 'timestamp'"#
    ),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "m", "value": 1, "timestamp": 1, "step": "x"}"#,
      #"Invalid value "x" for parameter 'step'"#
    ),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "m", "value": "big", "timestamp": 1}"#,
      "parameter 'value'"
    ),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "m", "value": 1, "timestamp": -1}"#,
      "nonnegative"
    ),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "../m", "value": 1, "timestamp": 1}"#,
      "Names may be treated as files"
    ),
    (
      "runs/log-metric", #"{"run_id": "RUN", "key": "a<b", "value": 1, "timestamp": 1}"#,
      "Names may only contain"
    ),
    ("runs/log-parameter", #"{"run_id": "RUN", "key": 31, "value": "1"}"#, "Invalid value 31"),
    ("runs/set-tag", #"{"run_id": "RUN", "value": "1"}"#, "parameter 'key'"),
    (
      "runs/log-batch", #"{"run_id": "RUN", "metrics": 1}"#,
      "Invalid value 1 for parameter 'metrics'"
    ),
    ("runs/log-batch", #"{"run_id": "RUN", "metrics": [1]}"#, "metrics[0]"),
    ("runs/log-batch", #"{"run_id": "RUN", "metrics": [{"key": "m"}]}"#, "'metrics[0].value'"),
    (
      "runs/log-batch", #"{"run_id": "RUN", "metrics": [{"key": "m", "value": 1}]}"#,
      "'metrics[0].timestamp'"
    ),
    (
      "runs/log-batch",
      #"{"run_id": "RUN", "params": [{"key": "p", "value": "1"}, {"key": "p", "value": "2"}]}"#,
      "Duplicate parameter keys"
    ),
    ("runs/search", #"{"experiment_ids": "0"}"#, "'experiment_ids'"),
    ("runs/search", #"{"experiment_ids": [0]}"#, "'experiment_ids'"),
    ("runs/search", #"{"experiment_ids": ["x"]}"#, "Invalid experiment ID"),
    ("runs/search", #"{"experiment_ids": ["0"], "max_results": 50001}"#, "'max_results'"),
    ("runs/search", #"{"experiment_ids": ["0"], "page_token": "???"}"#, "page token"),
    ("runs/search", #"{"experiment_ids": ["0"], "page_token": "e30="}"#, "page token"),
    ("runs/search", #"{"experiment_ids": ["0"], "run_view_type": "SOME"}"#, "view type"),
    ("runs/search", "[1, 2]", "not a JSON object"), ("runs/search", "{", "not a JSON object"),
    ("runs/create", #"{"experiment_id": "0", "start_time": "soon"}"#, "'start_time'"),
    ("runs/update", #"{"status": "FINISHED"}"#, "'run_id'"),
    ("runs/delete", #"{"run_id": "no run!"}"#, "'run_id'"),
  ]

  @Test(arguments: bad.indices) func badRequestsAreRefused(_ index: Int) async throws {
    let (path, body, part) = Self.bad[index]
    let tracker = try Tracker()
    let run = try await tracker.run()
    let answer = try await tracker.post(path, body.replacing("RUN", with: run))
    #expect(answer.status == 400, "\(path) \(body): \(answer.object)")
    #expect(["INVALID_PARAMETER_VALUE", "BAD_REQUEST"].contains(answer.code))
    #expect(answer.message.contains(part), "\(path) \(body): \(answer.message)")
    // Nothing of it was taken.
    let found = try await tracker.get(run)
    #expect(found.pairs("metrics").isEmpty && found.pairs("params").isEmpty)
  }

  @Test(arguments: [
    "metrics.a", "metrics.a =", "metrics.a = 'x'", "metrics.a LIKE 1", "params.a = 1",
    "params.a IN ('a')", "params.a > 'a'", "status = FINISHED", "status = 5", "bad.a = 'b'",
    "attribute.unknown = 'a'", "start_time = 'x'", "metrics.a = 1 OR metrics.b = 2",
    "metrics.a = 1 metrics.b = 2", "AND", "= 1", "tags.a = 'b", "run_id IN ()", "run_id IN ('a'",
    "status IN ('FINISHED')", "metrics.a IS NULL", "metrics.a = 1 AND", "(metrics.a = 1)", ";",
    "metrics.a === 1", "params.`a = 'b'", "run_id IN (1)", "tags.x = \u{0}",
  ])
  func filtersThatAreNoneAreRefused(_ filter: String) async throws {
    let tracker = try Tracker()
    let quoted = String(
      decoding: try JSONEncoder().encode(["filter": filter]), as: UTF8.self)
    let body = quoted.dropLast() + #", "experiment_ids": ["0"]}"#
    let answer = try await tracker.post("runs/search", String(body))
    #expect(answer.status == 400, "\(filter): \(answer.object)")
    #expect(answer.code == "INVALID_PARAMETER_VALUE")
    #expect(!answer.message.isEmpty)
  }

  /// What SQLite would not take in one statement is a bad request: a client repeats what fails here.
  @Test func searchesThatAskTooMuchAreRefused() async throws {
    let tracker = try Tracker()
    func search(_ fields: String) async throws -> Answer {
      try await tracker.post("runs/search", #"{"experiment_ids": ["0"], \#(fields)}"#)
    }
    func filter(_ count: Int) -> String {
      let clause = "metrics.a < 1 AND params.b = 'c' AND tags.d LIKE '%e'"
      let text = Array(repeating: clause, count: count).joined(separator: " AND ")
      return #""filter": "\#(text)""#
    }
    func order(_ count: Int) -> String {
      let entries = (0..<count).map { #""params.p\#($0)""# }.joined(separator: ", ")
      return #""order_by": [\#(entries)]"#
    }
    func pattern(_ length: Int) -> String {
      #""filter": "tags.a LIKE '\#(String(repeating: "*", count: length))'""#
    }
    for taken in [filter(66), order(20), pattern(10_000)] {
      #expect(try await search(taken).status == 200)
    }
    for refused in [filter(67), filter(5000), order(21), order(3000), pattern(10_001)] {
      let answer = try await search(refused)
      #expect(answer.status == 400 && answer.code == "INVALID_PARAMETER_VALUE")
      #expect(answer.message.contains("at most"))
    }
  }

  @Test func aBatchHasMLflowsLimits() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    func batch(_ list: String, _ count: Int, _ entry: (Int) -> String) async throws -> Answer {
      let entries = (0..<count).map(entry).joined(separator: ",")
      return try await tracker.post(
        "runs/log-batch", #"{"run_id": "\#(run)", "\#(list)": [\#(entries)]}"#)
    }
    let metric = { (place: Int) in #"{"key": "m\#(place)", "value": \#(place), "timestamp": 1}"# }
    let pair = { (place: Int) in #"{"key": "k\#(place)", "value": "\#(place)"}"# }
    #expect(try await batch("metrics", 1001, metric).message.contains("at most 1000 metrics"))
    #expect(try await batch("params", 101, pair).message.contains("at most 100 params"))
    #expect(try await batch("tags", 101, pair).message.contains("at most 100 tags"))
    #expect(try await tracker.get(run).pairs("metrics").isEmpty)
    #expect(try await batch("metrics", 1000, metric).status == 200)
    #expect(try await batch("params", 100, pair).status == 200)
    #expect(try await tracker.get(run).pairs("metrics").count == 1000)
    let long = String(repeating: "x", count: 6001)
    _ = try await tracker.post(
      "runs/log-parameter", #"{"run_id": "\#(run)", "key": "long", "value": "\#(long)"}"#)
    #expect(try await tracker.get(run).pairs("params")["long"]?.count == 6000)
    let key = String(repeating: "k", count: 251)
    let refused = try await tracker.post(
      "runs/set-tag", #"{"run_id": "\#(run)", "key": "\#(key)"}"#)
    #expect(refused.message.contains("exceeds the maximum length of 250"))
    guard
      case .answer(let limit, _) = tracker.service.handling(
        of: WebHead("POST", ["api", "2.0", "mlflow", "runs", "log-batch"], access: .tracking))
    else { Issue.record("no answer"); return }
    #expect(limit == 1_000_000)
  }

  @Test func whatIsNotThereIsNotFound() async throws {
    let tracker = try Tracker()
    let other = RunID().description
    #expect(try await tracker.get(other).code == "RESOURCE_DOES_NOT_EXIST")
    for (path, body) in [
      ("runs/log-metric", #"{"run_id": "\#(other)", "key": "m", "value": 1, "timestamp": 1}"#),
      ("runs/create", #"{"experiment_id": "77"}"#), ("runs/delete", #"{"run_id": "\#(other)"}"#),
      ("experiments/update", #"{"experiment_id": "77", "new_name": "x"}"#),
    ] {
      let answer = try await tracker.post(path, body)
      #expect(answer.status == 404, "\(path)")
      #expect(answer.code == "RESOURCE_DOES_NOT_EXIST")
    }
    for head in [
      WebHead("POST", ["api", "2.0", "mlflow", "traces", "search"], access: .open),
      WebHead("GET", ["api", "2.0", "mlflow", "runs", "create"], access: .open),
      WebHead("GET", ["api"], access: .open),
      WebHead("POST", ["api", "9.9", "mlflow", "runs", "create"], access: .open),
    ] {
      let answer = try await tracker.ask(head)
      #expect(answer.status == 404)
      #expect(answer.code == "ENDPOINT_NOT_FOUND")
    }
    #expect(try await tracker.ask(WebHead("GET", ["runs"], access: .open)).status == -1)
  }

  @Test func tokensDecideWhatIsDone() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    let tag = #"{"run_id": "\#(run)", "key": "a", "value": "b"}"#
    for (access, reads, writes) in [
      (WebAccess.none, 401, 401), (.reading, 200, 403), (.tracking, 200, 200),
      (.editing, 200, 200), (.open, 200, 200),
    ] {
      let read = try await tracker.ask(
        "GET", "runs/get", query: [("run_id", run)], access: access)
      #expect(read.status == reads)
      let written = try await tracker.ask("POST", "runs/set-tag", tag, access: access)
      #expect(written.status == writes)
      if writes == 401 { #expect(written.code == "UNAUTHENTICATED") }
      if writes == 403 { #expect(written.code == "PERMISSION_DENIED") }
    }
    let reader = try Tracker(readOnly: true)
    let refused = try await reader.post("experiments/create", #"{"name": "a"}"#)
    #expect(refused.status == 403)
    #expect(refused.code == "PERMISSION_DENIED")
    let found = try await reader.post("experiments/search", "{}")
    #expect((found["experiments"] as? [Any])?.count == 1)
  }
}
