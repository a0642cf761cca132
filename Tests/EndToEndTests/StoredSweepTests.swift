import Foundation
import Testing

/// Notebooks over runs that the store has: of another experiment, or logged through MLflow.
struct StoredSweepTests {
  private static let trained = """
    experiment: first
    data: {source: moons, points_per_class: 40, split: {val: 0.3}}
    model: {mlp: {hidden: [4]}}
    train: {epochs: 3, batch_size: 16}
    notebook:
      - sweep: rates
        over: {lr: [0.01, 0.1, 1]}
        seeds: 3

    """

  private static func cells(_ name: String) -> String {
    """
    title: What the store has
    notebook:
      - sweep: mine
        stored: \(name)
      - {plot: curves, metric: val/loss, by: lr, name: curves}
      - {plot: final, metric: val/loss, x: lr, name: final}
      - {plot: parallel, metric: val/loss, name: parallel}
      - {table: best, metric: val/loss, show: [duration_s]}
      - {table: compare, metric: val/loss, by: lr, against: 1e-2}
      - {claim: All are small, that: "mean(val/loss) < 100"}
      - {text: "At a tenth it is {{ mean(val/loss, lr = 0.1) }}."}
      - sweep: small
        stored: \(name)
        where: lr < 0.5
      - {text: "There are {{ count(val/loss) }}."}

    """
  }

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("first.yaml", Self.trained)
    let outcome = try place.labbook("run", "first.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  @Test func anotherExperimentsRunsAreShownAndNothingIsTrained() throws {
    let place = try place()
    try place.write("b.yaml", Self.cells("first/rates"))
    let before = try StoreReader(place.store).number("SELECT COUNT(*) FROM runs")
    let checked = try place.labbook("check", "b.yaml")
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(
      checked.output.contains(
        "mine: the runs of first/rates that the store has; nothing of it is trained"))
    let outcome = try place.labbook("run", "b.yaml")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("claim held: All are small"))
    let reader = try StoreReader(place.store)
    #expect(try reader.number("SELECT COUNT(*) FROM runs") == before)
    let page = try place.read("plots/b/index.md")
    #expect(
      page.contains("first/rates") && page.contains("lr &lt; 0.5") || page.contains("lr < 0.5"))
    // The mean over the three seeds as SQLite has it.
    let mean = try reader.text(
      """
      SELECT printf('%.2f', AVG(last)) FROM run_values JOIN run_params USING (run)
      WHERE metric = 'val/loss' AND key = 'train.lr' AND run_params.value = 0.1
      """)
    #expect(page.contains("At a tenth it is \(try #require(mean))"), "\(page)")
    #expect(page.contains("There are 6"))
    for name in ["curves", "final", "parallel"] { #expect(place.exists("plots/b/\(name).svg")) }
  }

  /// What is told when the store is looked at has the place in the file.
  @Test func whatTheStoreHasNotIsSaid() throws {
    let place = try place()
    try place.write("b.yaml", Self.cells("first/rate"))
    #expect(try place.labbook("check", "b.yaml").status == 0)
    let outcome = try place.labbook("run", "b.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("b.yaml:4:13: error: there is no sweep 'first/rate'"))
    #expect(outcome.errors.contains("did you mean 'first/rates'?"))
    try place.write("c.yaml", Self.cells("first/rates").replacing("lr < 0.5", with: "lrr < 0.5"))
    let wrong = try place.labbook("run", "c.yaml")
    #expect(wrong.status == 1 && wrong.errors.contains("lrr"), "\(wrong.errors)")
  }

  @Test(arguments: [
    ("stored: first", "expected EXPERIMENT/SWEEP"), ("stored: /a", "expected EXPERIMENT/SWEEP"),
    ("stored: a/", "expected EXPERIMENT/SWEEP"), ("stored: [a]", "expected EXPERIMENT/SWEEP"),
    ("{stored: a/b, over: {lr: [1]}}", "its runs are the store's"),
    ("{stored: a/b, seeds: 3}", "its runs are the store's"),
    ("{stored: a/b, where: lr <}", "where"),
  ])
  func wrongOnesAreErrorsOfTheFile(_ keys: String, _ said: String) throws {
    let place = try Workplace()
    let cell = keys.hasPrefix("{") ? "{sweep: s, " + keys.dropFirst() : "{sweep: s, \(keys)}"
    try place.write("w.yaml", "notebook:\n  - \(cell)\n")
    let outcome = try place.labbook("check", "w.yaml")
    #expect(outcome.status == 2 && outcome.errors.contains(said), "\(outcome.errors)")
    #expect(outcome.errors.contains("w.yaml:2:"))
  }

  /// A program's runs, logged with one changed address, in a notebook.
  @Test func loggedRunsAreShown() throws {
    let place = try Workplace()
    let server = try ServedTool(place)
    try place.write("log.py", Self.program)
    let token = try #require(server.lines.last?.split(separator: "=").last)
    let logging = try RunningTool(
      executable: "/usr/bin/python3", [place.path + "/log.py", server.base, String(token)],
      folder: place.path, environment: [:]
    ).wait()
    #expect(logging.status == 0, "\(logging.errors)")
    server.tool.terminate()
    #expect(try server.tool.wait().status == 0)
    try place.write(
      "digits.yaml",
      """
      notebook:
        - {sweep: logged, stored: Default/logged}
        - {plot: final, metric: loss, x: rate, name: final}
        - {table: best, metric: loss, value: last}
        - {claim: The greater rate is better, that: "mean(loss, rate = 1) < mean(loss, rate = 0.5)"}
        - {text: "{{ mean(loss, rate = 0.5) }}"}

      """)
    let outcome = try place.labbook("run", "digits.yaml")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("claim held"))
    // Seeds 1, 2 and 3 of rate 0.5: 2 + seed / 100.
    #expect(try place.read("plots/digits/index.md").contains("2.020 ± 0.010"))
  }

  private static let program = """
    import json, sys, urllib.request
    base, token = sys.argv[1], sys.argv[2]
    def ask(path, body):
        asked = urllib.request.Request(base + "/api/2.0/mlflow/" + path, json.dumps(body).encode(),
            {"Authorization": "Bearer " + token}, method="POST")
        return json.loads(urllib.request.urlopen(asked, timeout=60).read() or b"{}")
    for rate in (0.5, 1.0):
        for seed in (1, 2, 3):
            run = ask("runs/create", {"experiment_id": "0", "start_time": 1})["run"]["info"]["run_id"]
            ask("runs/log-batch", {"run_id": run, "params": [{"key": "rate", "value": str(rate)},
                {"key": "seed", "value": str(seed)}], "metrics": [{"key": "loss", "step": step,
                "timestamp": 1, "value": (1 / rate + seed / 100) * (3 - step)} for step in (0, 1, 2)]})
            ask("runs/update", {"run_id": run, "status": "FINISHED", "end_time": 2})

    """
}
