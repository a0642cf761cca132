import Foundation
import RunStorage
import Runs
import Testing
import Tracking
import Web

/// What a program logs that `labbook run` has started, without the program.
@Suite struct ProgramAtWorkTests {
  /// A run of a program that is claimed, as while it is at work.
  private struct Work {
    let api: AskedService
    let run: RunID
    let claim: RunClaim
    let places: ProgramPlaces

    init(logs: Bool = true) throws {
      api = try AskedService()
      let request = RunRequest(
        key: "k", configurationKey: "c",
        configuration: RunConfiguration(
          .program(ProgramRun(command: ["train"], parameters: [:], seed: 1)),
          objective: Objective(Metric("loss"), .minimize),
          hyperparameters: [Hyperparameter("train.command", .list([.text("train")]))]))
      run = try #require(
        try api.store.register([("main", [request])], experiment: "mine").first?.first?.id)
      guard case .claimed(let claim) = try api.store.claim(run) else {
        throw LabbookError.failure("the run is not free")
      }
      self.claim = claim
      places = ProgramPlaces(api.store.programFolder(of: run))
      try FileManager.default.createDirectory(
        atPath: places.files, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: places.log(1)))
      if logs { try Data().write(to: URL(fileURLWithPath: places.logged(1))) }
    }

    func log(_ fields: [String: Any]) async throws -> AskedService.Answer {
      try await api.mlflow(
        "POST", "runs/log-metric",
        ["run_id": run.description, "timestamp": 1500].merging(fields) { $1 })
    }

    var lines: [String] {
      get throws {
        try String(contentsOfFile: places.logged(1), encoding: .utf8).split(separator: "\n")
          .map(String.init)
      }
    }
  }

  @Test func metricsBecomeLinesForItsOwnProcess() async throws {
    let work = try Work()
    #expect(try await work.log(["key": "loss", "value": 0.5, "step": 3]).status == 200)
    #expect(try await work.log(["key": "epoch", "value": "NaN", "step": 4]).status == 200)
    let batch = try await work.api.mlflow(
      "POST", "runs/log-batch",
      [
        "run_id": work.run.description,
        "metrics": [
          ["key": "a", "value": 1, "timestamp": 2000, "step": 5],
          ["key": "b\"c", "value": 2, "timestamp": 2000, "step": 5],
          ["key": "a", "value": "-Infinity", "timestamp": 2001, "step": 6],
        ],
      ])
    #expect(batch.status == 200 || batch.code == "INVALID_PARAMETER_VALUE")
    let lines = try work.lines
    #expect(lines[0] == #"{"metrics": {"loss": 0.5}, "step": 3, "time": 1.500}"#)
    #expect(lines[1] == #"{"metrics": {"epoch": NaN}, "step": 4, "time": 1.500}"#)
    // Nothing was written past the process that trains.
    #expect(try api(work).metrics(of: [work.run]).isEmpty)
  }

  private func api(_ work: Work) -> RunStore { work.api.store }

  @Test func valuesWithoutAStepCountUp() async throws {
    let work = try Work()
    for value in [1, 2, 3] {
      #expect(try await work.log(["key": "loss", "value": value, "step": 0]).status == 200)
    }
    #expect(try await work.log(["key": "real", "value": 1, "step": 1]).status == 200)
    #expect(try await work.log(["key": "real", "value": 2, "step": 0]).status == 200)
    #expect(
      try work.lines == [
        #"{"metrics": {"loss": 1.0}, "step": 0, "time": 1.500}"#,
        #"{"metrics": {"loss": 2.0}, "time": 1.500}"#,
        #"{"metrics": {"loss": 3.0}, "time": 1.500}"#,
        #"{"metrics": {"real": 1.0}, "step": 1, "time": 1.500}"#,
        #"{"metrics": {"real": 2.0}, "step": 0, "time": 1.500}"#,
      ])
  }

  @Test func artifactsWaitInTheFolderOfUploads() async throws {
    let work = try Work()
    let run = work.run.description
    #expect(try await work.api.put(Data("x".utf8), run, "deep", ".er", "a").status == 200)
    #expect(
      try String(contentsOfFile: work.places.uploads + "/deep/.er/a", encoding: .utf8) == "x")
    try Data("own".utf8).write(to: URL(fileURLWithPath: work.places.files + "/own.txt"))
    let listed = try await work.api.mlflow("GET", "artifacts/list", query: [("run_id", run)])
    let names = (listed.json["files"] as? [[String: Any]])?.compactMap { $0["path"] as? String }
    #expect(names == ["deep", "own.txt"])
    let path = AskedService.artifacts(run)
    #expect(try await work.api.ask("GET", path + ["own.txt"]).bytes == Data("own".utf8))
    #expect(try await work.api.ask("GET", path + ["deep", ".er", "a"]).bytes == Data("x".utf8))
    // What a program links to is none of its artifacts.
    try FileManager.default.createSymbolicLink(
      atPath: work.places.files + "/link", withDestinationPath: "/etc/passwd")
    #expect(try await work.api.ask("GET", path + ["link"]).status == 404)
    #expect(try await work.api.put(Data("x".utf8), run, "deep").code == "INVALID_PARAMETER_VALUE")
  }

  @Test func anyExperimentIsThatOfItsRun() async throws {
    let work = try Work()
    let door = ["api", "run", work.run.description, "api", "2.0", "mlflow"]
    let own = try await work.api.mlflow(
      "GET", "experiments/get-by-name", query: [("experiment_name", "mine")])
    let id = (own.json["experiment"] as? [String: Any])?["experiment_id"] as? String
    let other = try await work.api.ask(
      "GET", door + ["experiments", "get-by-name"], query: [("experiment_name", "another")])
    #expect((other.json["experiment"] as? [String: Any])?["experiment_id"] as? String == id)
    let made = try await work.api.ask(
      "POST", door + ["experiments", "create"], Data(#"{"name": "third"}"#.utf8))
    #expect(made.json["experiment_id"] as? String == id)
    #expect(
      try await work.api.mlflow(
        "GET", "experiments/get-by-name", query: [("experiment_name", "third")]
      ).status == 404)
    let run = try await work.api.ask(
      "GET", door + ["runs", "get"], query: [("run_id", work.run.description)])
    #expect(run.status == 200)
    let asked = try await work.api.ask("GET", door + ["experiments", "get-by-name"], access: .none)
    #expect(asked.status == 401)
  }

  @Test func aRunThatIsNotAtWorkTakesNothing() async throws {
    let work = try Work(logs: false)
    let refused = try await work.log(["key": "loss", "value": 0.5, "step": 3])
    #expect(refused.status == 403 && refused.code == "PERMISSION_DENIED")
    let file = try await work.api.put(Data("x".utf8), work.run.description, "a")
    #expect(file.status == 400)
    #expect(try work.api.store.artifacts(of: work.run).isEmpty)
  }
}
