import Foundation
import Glibc
import Testing

/// Programs that log to MLflow's tracking API under `metrics: mlflow`; they speak REST by themselves.
@Suite struct OutsideTrackingTests {
  private static let program = """
    import json, os, sys, urllib.request
    base, run = os.environ["MLFLOW_TRACKING_URI"], os.environ["MLFLOW_RUN_ID"]
    head = {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]}
    def ask(method, path, body=b"", root="/api/2.0/mlflow/"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        asked = urllib.request.Request(base + root + path, data, head, method=method)
        return json.loads(urllib.request.urlopen(asked).read() or b"{}")
    rate, steps = float(sys.argv[1]), int(sys.argv[2])
    info = ask("GET", "runs/get?run_id=" + run)["run"]["info"]
    ask("POST", "runs/update", {"run_id": run, "status": "RUNNING"})
    ask("POST", "runs/log-batch", {"run_id": run, "params": [{"key": "note", "value": "x"}],
        "tags": [{"key": "team", "value": "blue"}]})
    for step in range(1, steps + 1):
        ask("POST", "runs/log-metric", {"run_id": run, "key": "loss", "value": rate / step,
            "timestamp": 1700000000000 + 1000 * step, "step": step})
        ask("POST", "runs/log-metric", {"run_id": run, "key": "once", "value": step,
            "timestamp": 1700000000000 + 1000 * step, "step": 0})
    place = info["artifact_uri"].split(":", 1)[1]
    for name in ("summary.txt", "deep/.hidden"):
        ask("PUT", "mlflow-artifacts/artifacts" + place + "/" + name, b"rate %g" % rate, "/api/2.0/")
    ask("POST", "runs/update", {"run_id": run, "status": "FINISHED", "end_time": 5})
    if len(sys.argv) > 3: os._exit(3)

    """

  private static let file = """
    train:
      command: python3 train.py {rate} {steps}
      params: {rate: 0.5, steps: 20}
      metrics: mlflow
    objective: {minimize: loss}
    over: {rate: [0.5, 1.0]}

    """

  private func place(_ file: String = file) throws -> Workplace {
    let place = try Workplace()
    try place.write("train.py", Self.program)
    try place.write("e.yaml", file)
    return place
  }

  /// The living servers of a store.
  private func servers(_ place: Workplace) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { Int($0) != nil }.count { name in
      guard let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"),
        String(decoding: words, as: UTF8.self).contains("labbook-serve"),
        let folder = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/\(name)/cwd")
      else { return false }
      return folder == place.path
    }
  }

  private func waitUntilNone(_ place: Workplace) -> Bool {
    let deadline = Date(timeIntervalSinceNow: 60)
    while servers(place) > 0, Date() < deadline { usleep(20_000) }
    return servers(place) == 0
  }

  @Test func whatAScriptLogsIsItsRuns() throws {
    let place = try place()
    let outcome = try place.labbook("run", "e.yaml", "--jobs", "2")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(waitUntilNone(place))
    let reader = try StoreReader(place.store)
    let points = """
      SELECT COUNT(*) FROM metric_points JOIN run_params USING (run)
      WHERE metric = 'loss' AND key = 'train.params.rate' AND step BETWEEN 1 AND 20
        AND ABS(metric_points.value - run_params.value * 1.0 / step) < 1e-12 AND time = 1700000000000 + 1000 * step
      """
    #expect(try reader.number(points) == 40)
    // Without a step each value stands for itself.
    #expect(
      try reader.number(
        "SELECT COUNT(*) FROM metric_points WHERE metric = 'once' AND value = step + 1") == 40)
    #expect(try reader.number("SELECT COUNT(*) FROM run_table WHERE status = 'completed'") == 2)
    #expect(try reader.number("SELECT COUNT(*) FROM run_table") == 2)
    #expect(
      try reader.number("SELECT COUNT(*) FROM run_params WHERE key = 'train.params.note'") == 2)
    #expect(
      try reader.number("SELECT COUNT(*) FROM run_labels WHERE key = 'team' AND value = 'blue'")
        == 2)
    let names = """
      SELECT group_concat(name, ' ') FROM (SELECT DISTINCT name FROM run_artifacts ORDER BY name)
      """
    #expect(try reader.text(names) == "files/deep/.hidden files/summary.txt output.txt")
    let content = "SELECT CAST(content AS TEXT) FROM run_artifacts WHERE name = 'files/summary.txt'"
    #expect(try reader.text(content + " ORDER BY 1") == "rate 0.5")
    // Nothing is trained again.
    let again = try place.labbook("run", "e.yaml")
    #expect(again.status == 0 && again.output.contains("are in"))
  }

  @Test func aTrialIsServedToo() throws {
    let place = try place()
    let outcome = try place.labbook("run", "e.yaml", "--try")
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("ok"))
    #expect(!place.exists("labbook.sqlite") && waitUntilNone(place))
  }

  @Test func aScriptThatFailsFailsItsRun() throws {
    let file = Self.file.replacing("{steps}", with: "{steps} fail")
    let place = try place(file)
    #expect(try place.labbook("run", "e.yaml").status == 1)
    let reader = try StoreReader(place.store)
    #expect(try reader.number("SELECT COUNT(*) FROM run_table WHERE status = 'failed'") == 2)
    #expect(try reader.text("SELECT message FROM run_table LIMIT 1")?.contains("exit 3") == true)
    #expect(try reader.number("SELECT COUNT(*) FROM metric_points WHERE metric = 'loss'") == 40)
  }

  @Test func theServerEndsHoweverTheCommandEnds() throws {
    let place = try place(Self.file.replacing("steps: 20", with: "steps: 1000000"))
    let tool = try place.start(["run", "e.yaml", "--jobs", "1"])
    let deadline = Date(timeIntervalSinceNow: 60)
    while servers(place) == 0, Date() < deadline { usleep(20_000) }
    #expect(servers(place) == 1)
    kill(tool.id, SIGKILL)
    #expect(waitUntilNone(place))
    _ = try tool.wait()
  }

  @Test func checkKnowsTheWord() throws {
    let place = try place()
    let checked = try place.labbook("check", "e.yaml")
    #expect(checked.status == 0 && checked.output.contains("MLflow"))
    try place.write("wrong.yaml", Self.file.replacing("metrics: mlflow", with: "metrics: mlflo"))
    let wrong = try place.labbook("check", "wrong.yaml")
    #expect(wrong.status == 2 && wrong.errors.contains("mlflow"))
  }
}
