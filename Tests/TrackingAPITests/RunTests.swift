import RunStorage
import Testing
import Tracking

@Suite struct RunTests {
  @Test func aRunIsLoggedAndShownAsItWasSent() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run(name: "first")
    let batch = """
      {"run_id": "\(run)", "metrics": [
        {"key": "loss", "value": 0.5, "timestamp": 10, "step": 1},
        {"key": "loss", "value": 0.25, "timestamp": 5, "step": 2},
        {"key": "acc", "value": "NaN", "timestamp": "7", "step": "-3"},
        {"key": "inf", "value": -Infinity, "timestamp": 7}],
       "params": [{"key": "lr", "value": "0.10"}, {"key": "opt", "value": "adam"}, {"key": "e"}],
       "tags": [{"key": "team", "value": "vision"}, {"key": "mlflow.note.content", "value": "n"}]}
      """
    #expect(try await tracker.post("runs/log-batch", batch).status == 200)
    let found = try await tracker.get(run)
    #expect(found.pairs("metrics") == ["loss": "0.25", "acc": "NaN", "inf": "-Infinity"])
    #expect(found.pairs("params") == ["lr": "0.10", "opt": "adam", "e": ""])
    #expect(
      found.pairs("tags") == [
        "team": "vision", "mlflow.note.content": "n", "mlflow.runName": "first",
      ])
    #expect(found["run", "info", "status"] as? String == "RUNNING")
    #expect(
      found["run", "info", "artifact_uri"] as? String == "mlflow-artifacts:/0/\(run)/artifacts")

    // The same run as Labbook's own commands see it.
    let record = try #require(try tracker.store.runs().first)
    #expect(record.id.description == run)
    #expect(record.sweep.description == "Default/logged")
    #expect(record.status == .running)
    #expect(record.parameters["train.params.lr"] == .number(0.1))
    #expect(record.value(of: Metric("loss"), .last) == 0.25)
    #expect(record.tags == ["team=vision"])
    #expect(record.note == "n")
    #expect(record.isLogged && record.isProgram)
    let curve = try #require(try tracker.store.curves(of: [record.id], [Metric("loss")]).first)
    #expect(curve.steps == [1, 2])
    #expect(curve.values == [0.5, 0.25])
  }

  @Test func aRunEnds() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run(started: 1000)
    for (step, value) in [(1, 0.5), (2, 0.75), (3, 0.625)] {
      let body =
        #"{"run_id": "\#(run)", "key": "val_accuracy", "value": \#(value), "timestamp": 1, "step": \#(step)}"#
      #expect(try await tracker.post("runs/log-metric", body).status == 200)
    }
    let ended = try await tracker.post(
      "runs/update",
      #"{"run_id": "\#(run)", "status": "FINISHED", "end_time": 3500, "run_name": "other"}"#)
    #expect(ended["run_info", "status"] as? String == "FINISHED")
    #expect(ended["run_info", "run_name"] as? String == "other")
    let record = try #require(try tracker.store.runs().first)
    #expect(record.status == .completed)
    #expect(record.durationSeconds == 2.5)
    // The name says which way is better, so that the best value is that of step 2.
    #expect(record.objective == Objective(Metric("val_accuracy"), .maximize))
    #expect(record.value(of: Metric("val_accuracy"), .best) == 0.75)
    #expect(record.bestStep == 2)
    for (word, status) in [
      ("FAILED", RunStatus.failed), ("KILLED", .stopped), ("SCHEDULED", .planned),
      ("RUNNING", .running),
    ] {
      _ = try await tracker.post("runs/update", #"{"run_id": "\#(run)", "status": "\#(word)"}"#)
      #expect(try tracker.store.runs().first?.status == status)
      #expect(try await tracker.get(run)["run", "info", "status"] as? String == word)
    }
    let wrong = try await tracker.post(
      "runs/update", #"{"run_id": "\#(run)", "status": "SLEEPING"}"#)
    #expect(wrong.status == 400)
  }

  @Test func deletedRunsCanBeRestored() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    let body = #"{"run_id": "\#(run)"}"#
    #expect(try await tracker.post("runs/delete", body).status == 200)
    #expect(try tracker.store.runs().isEmpty)
    #expect(try await tracker.get(run)["run", "info", "lifecycle_stage"] as? String == "deleted")
    let refused = try await tracker.post(
      "runs/set-tag", #"{"run_id": "\#(run)", "key": "a", "value": "b"}"#)
    #expect(refused.code == "INVALID_PARAMETER_VALUE")
    #expect(refused.message.contains("must be in the 'active' state"))
    #expect(try await tracker.found(#"{"experiment_ids": ["0"]}"#) == [])
    let view = #"{"experiment_ids": ["0"], "run_view_type": "DELETED_ONLY"}"#
    #expect(try await tracker.found(view) == ["run"])
    #expect(try await tracker.post("runs/restore", body).status == 200)
    #expect(try tracker.store.runs().count == 1)
  }

  @Test func aParameterKeepsItsValue() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    func log(_ value: String) async throws -> Answer {
      try await tracker.post(
        "runs/log-parameter", #"{"run_id": "\#(run)", "key": "seed", "value": "\#(value)"}"#)
    }
    #expect(try await log("7").status == 200)
    #expect(try await log("7").status == 200)
    let refused = try await log("8")
    #expect(refused.code == "INVALID_PARAMETER_VALUE")
    #expect(refused.message.contains("already logged with value='7'"))
    #expect(try await tracker.get(run).pairs("params") == ["seed": "7"])
    #expect(try tracker.store.runs().first?.seed == 7)
  }

  @Test func tagsAreReplacedAndTaken() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    for value in ["a", "b"] {
      _ = try await tracker.post(
        "runs/set-tag", #"{"run_id": "\#(run)", "key": "k", "value": "\#(value)"}"#)
    }
    #expect(try tracker.store.runs().first?.tags == ["k=b"])
    // A tag that a person gave is one without a value.
    try tracker.store.tag(try #require(RunID(run)), "mine")
    #expect(try await tracker.get(run).pairs("tags")["mine"] == "")
    let gone = #"{"run_id": "\#(run)", "key": "k"}"#
    #expect(try await tracker.post("runs/delete-tag", gone).status == 200)
    #expect(try tracker.store.runs().first?.tags == ["mine"])
    #expect(try await tracker.post("runs/delete-tag", gone).code == "RESOURCE_DOES_NOT_EXIST")
  }

  @Test func everyValueOfAStepIsKept() async throws {
    let tracker = try Tracker()
    let run = try await tracker.run()
    // Value, time, step; the second and the last are the same point once more.
    let sent = [(1.0, 5, 1), (2, 6, 1), (3, 4, 1), (4, 1, -2), (9, 9, 0), (2, 6, 1)]
    for (value, time, step) in sent {
      let body =
        #"{"run_id": "\#(run)", "key": "m", "value": \#(value), "timestamp": \#(time), "step": \#(step)}"#
      #expect(try await tracker.post("runs/log-metric", body).status == 200)
    }
    let history = try await tracker.ask(
      "GET", "metrics/get-history", query: [("run_id", run), ("metric_key", "m")])
    let points = history["metrics"] as? [[String: Any]] ?? []
    #expect(points.compactMap { $0["value"] as? Double } == [4, 3, 1, 2, 9])
    // The latest is that of the greatest step, of these of the latest time.
    #expect(try await tracker.get(run).pairs("metrics") == ["m": "2.0"])
    let page = try await tracker.ask(
      "GET", "metrics/get-history",
      query: [("run_id", run), ("metric_key", "m"), ("max_results", "2")])
    let token = try #require(page["next_page_token"] as? String)
    let next = try await tracker.ask(
      "GET", "metrics/get-history",
      query: [
        ("run_id", run), ("metric_key", "m"), ("max_results", "9"), ("page_token", token),
      ])
    #expect((next["metrics"] as? [Any])?.count == 3)
    #expect(next["next_page_token"] == nil)
  }
}
