import RunStorage
import Runs
import Testing
import Tracking

@Suite struct SearchTests {
  /// Runs a to d, begun in this order.
  private func filled() async throws -> Tracker {
    let tracker = try Tracker()
    let runs: [(name: String, acc: String, lr: String, team: String?)] = [
      ("a", "0.5", "0.1", "vision"), ("b", "0.75", "0.10", "Vision"), ("c", "\"NaN\"", "adam", nil),
      ("d", "0.25", "1e-3", "it's"),
    ]
    for (place, run) in runs.enumerated() {
      let id = try await tracker.run(name: run.name, started: 1000 * (place + 1))
      let tags = run.team.map { #"{"key": "my team", "value": "\#($0)"}"# } ?? ""
      let batch = """
        {"run_id": "\(id)", "metrics": [{"key": "acc", "value": \(run.acc), "timestamp": 1}],
         "params": [{"key": "lr", "value": "\(run.lr)"}], "tags": [\(tags)]}
        """
      #expect(try await tracker.post("runs/log-batch", batch).status == 200)
      if run.name == "b" {
        _ = try await tracker.post(
          "runs/update", #"{"run_id": "\#(id)", "status": "FINISHED", "end_time": 9000}"#)
      }
    }
    _ = try await tracker.run(name: "e", started: 5000)
    return tracker
  }

  /// A filter and the runs that it finds, the latest first.
  private static let filters: [(String, [String])] = [
    ("", ["e", "d", "c", "b", "a"]), ("metrics.acc > 0.3", ["b", "a"]),
    ("metrics.acc >= 0.5", ["b", "a"]), ("metric.`acc` < 0.5", ["d"]),
    ("metrics.\"acc\" != 0.5", ["d", "b"]), ("metrics.acc = 0.5 and params.lr = '0.1'", ["a"]),
    ("params.lr = '0.10'", ["b"]), ("params.lr != '0.1'", ["d", "c", "b"]),
    ("params.lr LIKE '0.%'", ["b", "a"]), ("params.lr LIKE 'A%'", []),
    ("params.lr ILIKE 'A%'", ["c"]), ("params.lr = '1e-3'", ["d"]), ("params.lr = '0.001'", []),
    ("params.lr IS NULL", ["e"]), ("params.lr IS NOT NULL AND metrics.acc < 1", ["d", "b", "a"]),
    ("tags.\"my team\" = 'vision'", ["a"]), ("tags.`my team` ILIKE 'v_sion'", ["b", "a"]),
    ("tags.`my team` = \"it's\"", ["d"]), ("tags.`my team` IS NULL", ["e", "c"]),
    ("tags.mlflow.runName = 'c'", ["c"]), ("attributes.status = 'RUNNING'", ["e", "d", "c", "a"]),
    ("status != 'RUNNING'", ["b"]), ("attribute.start_time > 2500", ["e", "d", "c"]),
    ("start_time <= 2000", ["b", "a"]), ("end_time = 9000", ["b"]),
    (
      "run_name LIKE '_'",
      [
        "e", "d", "c", "b", "a",
      ]
    ), ("`run name` = 'a'", ["a"]), ("metrics.none > 0", []), ("params.none = 'a'", []),
    ("user_id = ''", ["e", "d", "c", "b", "a"]),
    ("artifact_uri LIKE 'mlflow-artifacts:/0/%'", ["e", "d", "c", "b", "a"]),
  ]

  @Test func runsAreFoundByFilters() async throws {
    let tracker = try await filled()
    for (filter, names) in Self.filters {
      let quoted = filter.replacing("\"", with: "\\\"")
      let found = try await tracker.found(
        #"{"experiment_ids": ["0"], "filter": "\#(quoted)"}"#)
      #expect(found == names, "\(filter)")
    }
    let ids = try tracker.store.runs().filter { $0.name == "a" || $0.name == "d" }.map(\.id)
    let list = ids.map { "'\($0)'" }.joined(separator: ", ")
    #expect(
      try await tracker.found(#"{"experiment_ids": ["0"], "filter": "run_id IN (\#(list))"}"#)
        == ["d", "a"])
    #expect(
      try await tracker.found(#"{"experiment_ids": ["0"], "filter": "run_id NOT IN (\#(list))"}"#)
        == ["e", "c", "b"])
    #expect(try await tracker.found(#"{"experiment_ids": []}"#) == [])
    #expect(try await tracker.found(#"{"experiment_ids": ["5"]}"#) == [])
  }

  @Test func runsAreFoundByTheirDataSets() async throws {
    let tracker = try Tracker()
    for (name, sets) in [
      ("a", [("iris", "d1", "train"), ("wine", "d2", "eval")]), ("b", [("iris", "d3", "eval")]),
      ("c", []),
    ] {
      let run = try await tracker.run(name: name, started: 1000)
      let list = sets.map {
        """
        {"tags": [{"key": "mlflow.data.context", "value": "\($0.2)"}], "dataset": {"name": "\($0.0)",
         "digest": "\($0.1)", "source_type": "code", "source": "{}"}}
        """
      }
      let logged = try await tracker.post(
        "runs/log-inputs",
        #"{"run_id": "\#(run)", "datasets": [\#(list.joined(separator: ","))]}"#)
      #expect(logged.status == 200)
    }
    for (filter, names) in [
      ("dataset.name = 'iris'", "ab"), ("datasets.digest = 'd1'", "a"),
      ("dataset.context = 'eval'", "ab"), ("dataset.name LIKE 'w%'", "a"),
      ("dataset.name ILIKE 'IR%' AND dataset.context = 'train'", "a"),
      ("dataset.digest IN ('d2', 'd3')", "ab"), ("dataset.name != 'iris'", "a"),
      ("dataset.name = 'none'", ""),
    ] {
      let found = try await tracker.found(
        #"{"experiment_ids": ["0"], "filter": "\#(filter)", "order_by": ["run_name"]}"#)
      #expect(found.joined() == names, "\(filter)")
    }
    for wrong in [
      #""filter": "dataset.size = 'x'""#, #""filter": "dataset.name > 'x'""#,
      #""filter": "dataset.name = 1""#, #""filter": "dataset.name IS NULL""#,
      #""order_by": ["dataset.name"]"#,
    ] {
      let refused = try await tracker.post("runs/search", #"{"experiment_ids": ["0"], \#(wrong)}"#)
      #expect(refused.status == 400 && refused.code == "INVALID_PARAMETER_VALUE", "\(wrong)")
    }
  }

  @Test(arguments: [
    ("metrics.acc DESC", "badce"), ("metrics.acc ASC", "dabce"), ("metrics.acc", "dabce"),
    ("params.lr ASC", "abdce"), ("tags.`my team` DESC", "adbec"), ("start_time ASC", "abcde"),
    ("attributes.status ASC", "bedca"), ("run_name DESC", "edcba"), ("end_time DESC", "bedca"),
  ])
  func runsComeInOrders(_ order: String, _ names: String) async throws {
    let tracker = try await filled()
    let body = #"{"experiment_ids": ["0"], "order_by": ["\#(order)"]}"#
    #expect(try await tracker.found(body).joined() == names)
    // The same through pages of two.
    var paged = ""
    var token = ""
    repeat {
      let page = try await tracker.post(
        "runs/search", body.dropLast() + #", "max_results": 2, "page_token": "\#(token)"}"#)
      for run in page["runs"] as? [[String: Any]] ?? [] {
        paged += (run["info"] as? [String: Any])?["run_name"] as? String ?? "?"
      }
      token = page["next_page_token"] as? String ?? ""
    } while !token.isEmpty
    #expect(paged == names)
    let wrong = try await tracker.post(
      "runs/search", #"{"experiment_ids": ["0"], "order_by": ["\#(order) x"]}"#)
    #expect(wrong.code == "INVALID_PARAMETER_VALUE")
  }

  @Test func labbooksOwnRunsAreSeenAndNotChanged() async throws {
    let tracker = try Tracker()
    let request = RunRequest(
      key: "key", configurationKey: "configuration",
      configuration: RunConfiguration(
        .program(ProgramRun(command: ["train"], parameters: [:], seed: 3)),
        objective: Objective(.valLoss, .minimize),
        hyperparameters: [
          Hyperparameter("train.params.lr", .number(0.5)),
          Hyperparameter("train.seed", .integer(3)),
          Hyperparameter("train.params.sizes", .list([.integer(1), .integer(2)])),
        ]))
    let run = try tracker.store.register([("main", [request])], experiment: "own")[0][0].id
    guard case .claimed(let claim) = try tracker.store.claim(run) else { return }
    let writer = RunWriter(tracker.store)
    let recorder = writer.recorder(for: claim)
    recorder.record([
      MetricPoint(.valLoss, step: 7, epoch: 1, value: 0.25, timeMilliseconds: 12)
    ])
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    let named = try await tracker.ask(
      "GET", "experiments/get-by-name", query: [("experiment_name", "own")])
    let id = try #require(named["experiment", "experiment_id"] as? String)
    let all = #"{"experiment_ids": ["\#(id)"], "filter": "params.lr = '0.5'"}"#
    #expect(try await tracker.found(all) == ["main 3"])
    let found = try await tracker.get(run.description)
    #expect(found.pairs("params") == ["lr": "0.5", "train.seed": "3", "sizes": "[1, 2]"])
    #expect(found.pairs("metrics") == ["val/loss": "0.25"])
    #expect(found["run", "info", "status"] as? String == "FINISHED")
    let history = try await tracker.ask(
      "GET", "metrics/get-history",
      query: [("run_id", run.description), ("metric_key", "val/loss")])
    let point = (history["metrics"] as? [[String: Any]])?.first
    #expect(point?["step"] as? Int == 7)
    #expect(point?["timestamp"] as? Int == 12)
    for (path, body) in [
      ("runs/log-metric", #""key": "m", "value": 1, "timestamp": 1"#), ("runs/delete", #""a": 1"#),
      ("runs/set-tag", #""key": "a""#), ("runs/update", #""status": "FAILED""#),
    ] {
      let refused = try await tracker.post(path, #"{"run_id": "\#(run)", \#(body)}"#)
      #expect(refused.status == 403, "\(path)")
      #expect(refused.message.contains("was trained by Labbook"))
    }
    let delete = try await tracker.post("experiments/delete", #"{"experiment_id": "\#(id)"}"#)
    #expect(delete.code == "PERMISSION_DENIED")
  }

  @Test func historiesOfSeveralRunsComeTogether() async throws {
    let tracker = try Tracker()
    var runs: [String] = []
    for name in ["a", "b"] {
      let run = try await tracker.run(name: name)
      runs.append(run)
      let points = (0..<10).map {
        #"{"key": "m", "value": \#($0), "timestamp": 1, "step": \#($0)}"#
      }
      _ = try await tracker.post(
        "runs/log-batch",
        #"{"run_id": "\#(run)", "metrics": [\#(points.joined(separator: ","))]}"#)
    }
    let bulk = try await tracker.ask(
      "GET", "metrics/get-history-bulk",
      query: runs.map { ("run_id", $0) } + [("metric_key", "m"), ("max_results", "15")])
    let points = bulk["metrics"] as? [[String: Any]] ?? []
    #expect(
      points.compactMap { $0["run_id"] as? String }.prefix(10).allSatisfy { $0 == runs.min() })
    #expect(points.compactMap { $0["step"] as? Int } == Array(0..<10) + Array(0..<5))
    let interval = try await tracker.ask(
      "GET", "metrics/get-history-bulk-interval",
      query: [
        ("run_ids", runs[0]), ("metric_key", "m"), ("max_results", "4"), ("start_step", "1"),
        ("end_step", "9"),
      ])
    let steps = (interval["metrics"] as? [[String: Any]] ?? []).compactMap { $0["step"] as? Int }
    // Nine values in parts of 3, 2, 2, 2; the last in place of the last part's first.
    #expect(steps == [1, 4, 6, 9])
    for query in [[("metric_key", "m")], [("run_id", runs[0])]] {
      let refused = try await tracker.ask("GET", "metrics/get-history-bulk", query: query)
      #expect(refused.code == "INVALID_PARAMETER_VALUE")
    }
  }
}
