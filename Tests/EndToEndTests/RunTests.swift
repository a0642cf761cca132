import Foundation
import Testing

/// A sweep of four quick runs with a figure and a table.
private let sweep = """
  data: {source: spiral, points_per_class: 60, split: {val: 0.2}}
  models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
  train: {epochs: 3, batch_size: 16, lr: 0.01}
  over: {model: all}
  seeds: 2

  """

struct RunTests {
  @Test func trainsDrawsAndRepeatsNothing() throws {
    let place = try Workplace()
    try place.write("spirals.yaml", sweep)
    let first = try place.labbook("run", "spirals.yaml")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("plots/spirals/main-curves.svg"))
    #expect(try place.read("plots/spirals/main-curves.svg").contains("<svg"))
    #expect(first.errors.contains("4 runs trained"))

    let points = "SELECT count(*) FROM metric_points"
    let runs = "SELECT group_concat(run) FROM (SELECT run FROM run_table ORDER BY run)"
    let before = try StoreReader(place.store)
    #expect(try before.number(points) == Double(4 * (2 + 3 * 5)))
    #expect(try before.texts("SELECT DISTINCT status FROM run_table") == ["completed"])
    let names = try before.text(runs)

    let second = try place.labbook("run", "spirals.yaml")
    #expect(second.status == 0)
    #expect(second.output.contains("all 4 runs are in labbook.sqlite already"))
    let after = try StoreReader(place.store)
    #expect(try after.text(runs) == names)
    #expect(try after.number(points) == Double(4 * (2 + 3 * 5)))
  }

  @Test func aListOfUnknownNamesIsWrongInput() throws {
    let place = try Workplace()
    try place.write("spirals.yaml", sweep)
    #expect(try place.labbook("run", "spirals.yaml").status == 0)
    let mistyped = try place.labbook("runs", "--sweep", "mian")
    #expect(mistyped.status == 2)
    #expect(mistyped.errors.contains("there is no sweep 'mian'"))
    #expect(mistyped.errors.contains("Did you mean 'main'?"))
    #expect(try place.labbook("export", "runs", "--sweep", "mian").status == 2)
    let other = try place.labbook("runs", "--experiment", "x")
    #expect(other.status == 2)
    #expect(other.errors.contains("there is no experiment 'x'"))
    let both = try place.labbook("runs", "--experiment", "spirals", "--sweep", "main")
    #expect(both.status == 0)
  }

  /// One weight from 0 towards 2 on the mean of (w x - 2 x)^2 with x = 1 and -1, which is (w - 2)^2.
  ///
  /// Its slope is 2 (w - 2); the rates are 0.1 (1 + cos(pi v / 5)) / 2 over five updates.
  @Test func whatIsStoredIsTheClosedForm() throws {
    let place = try Workplace()
    try place.write("d.csv", "x,y\n1,2\n-1,-2\n")
    try place.write(
      "line.yaml",
      """
      data: {source: csv, path: d.csv, target: y}
      model: [{linear: 1, bias: false}]
      train:
        init: zeros
        optimizer: sgd
        lr: 0.1
        schedule: cosine
        batch_size: full
        epochs: 5
        log: {grad_norm: true}
      """)
    let outcome = try place.labbook("run", "line.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    var weight = 0.0
    for epoch in 1...5 {
      let rate = 0.1 * (1 + cos(Double.pi * Double(epoch - 1) / 5)) / 2
      let expected = [
        "train/loss": (weight - 2) * (weight - 2), "lr": rate, "grad_norm": 2 * abs(weight - 2),
      ]
      for (metric, value) in expected {
        let found = try store.number(
          "SELECT value FROM metric_points WHERE metric = '\(metric)' AND epoch = \(epoch)")
        // Single precision over five updates.
        #expect(abs((found ?? .nan) - value) < 1e-6 * max(1, value), "\(metric) at \(epoch)")
      }
      weight -= rate * 2 * (weight - 2)
    }
    // Beside those three: rmse, mae and r2 of the training part.
    #expect(try store.number("SELECT COUNT(*) FROM metric_points") == 30)
    #expect(
      try store.text("SELECT last_step || ' ' || best_epoch || ' ' || status FROM run_table")
        == "5 5 completed")
  }

  @Test func resultsDoNotDependOnJobs() throws {
    let values = """
      SELECT group_concat(value) FROM (SELECT quote(value) AS value FROM metric_points p
        JOIN run_table r USING (run) ORDER BY r.key, p.metric, p.step)
      """
    let results = try ["1", "3"].map { jobs in
      let place = try Workplace()
      try place.write("spirals.yaml", sweep)
      #expect(try place.labbook("run", "spirals.yaml", "--jobs", jobs).status == 0)
      return try StoreReader(place.store).text(values)
    }
    #expect(results[0] != nil)
    #expect(results[0] == results[1])
  }

  @Test func aWrongFileWritesNothing() throws {
    let place = try Workplace()
    try place.write("wrong.yaml", sweep + "trian: {epochs: 3}\n")
    let outcome = try place.labbook("run", "wrong.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("wrong.yaml:6:1: error:"))
    #expect(outcome.errors.contains("train"))
    #expect(place.files() == ["wrong.yaml"])
  }

  @Test func dryRunAndTryWriteNothing() throws {
    let place = try Workplace()
    try place.write("spirals.yaml", sweep)
    let dry = try place.labbook("run", "spirals.yaml", "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    let trial = try place.labbook("run", "spirals.yaml", "--try")
    #expect(trial.status == 0, "\(trial.errors)")
    #expect(trial.output.split(separator: "\n").count == 2)
    let check = try place.labbook("check", "spirals.yaml")
    #expect(check.status == 0, "\(check.errors)")
    #expect(place.files() == ["spirals.yaml"])
  }

  @Test func freshRunsBecomeTheCurrentOnes() throws {
    let place = try Workplace()
    try place.write("spirals.yaml", sweep)
    #expect(try place.labbook("run", "spirals.yaml").status == 0)
    #expect(try place.labbook("run", "spirals.yaml", "--fresh").status == 0)
    let store = try StoreReader(place.store)
    #expect(try store.number("SELECT count(*) FROM run_table") == 8)
    #expect(try store.number("SELECT sum(current) FROM run_table") == 4)
    #expect(
      try store.number(
        """
        SELECT count(DISTINCT quote(p.value)) FROM metric_points p JOIN run_table r USING (run)
        GROUP BY r.key, p.metric, p.step ORDER BY 1 DESC LIMIT 1
        """) == 1)
  }

  @Test func aDivergingRunIsAResult() throws {
    let place = try Workplace()
    try place.write(
      "hot.yaml",
      """
      data: {source: linear}
      model: [{linear: 1}]
      train: {optimizer: sgd, lr: 1, steps: 3000, batch_size: full}
      over: {lr: [0.01, 1e6]}
      """)
    let outcome = try place.labbook("run", "hot.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    #expect(
      try store.texts("SELECT status FROM run_table ORDER BY status") == ["completed", "diverged"])
  }

  @Test func anInterruptedSweepKeepsWhatItMeasured() throws {
    let place = try Workplace()
    try place.write(
      "long.yaml",
      """
      data: {source: spiral}
      model: {mlp: {hidden: [64]}}
      train: {epochs: 5000}
      """)
    let running = try place.start(["run", "long.yaml"])
    var points = 0.0
    let isMeasured = try running.reaches {
      points =
        (try? StoreReader(place.store).number("SELECT count(*) FROM metric_points")) ?? 0
      return points >= 20
    }
    #expect(isMeasured)
    running.interrupt()
    let outcome = try running.wait()
    #expect(outcome.status == 130)
    let store = try StoreReader(place.store)
    #expect(try store.text("SELECT status FROM run_table") == "interrupted")
    #expect(try store.number("SELECT count(*) FROM metric_points") ?? 0 >= points)
    #expect(try store.text("PRAGMA integrity_check") == "ok")
  }
}
