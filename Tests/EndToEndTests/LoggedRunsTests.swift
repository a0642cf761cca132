import RunStorage
import Testing
import Tracking

/// What commands say of runs that were logged through MLflow.
@Suite struct LoggedRunsTests {
  private func place() async throws -> (place: Workplace, run: RunID) {
    let place = try Workplace()
    let store = try RunStore(at: place.path + "/labbook.sqlite", .create)
    defer { store.close() }
    let log = RunLog(store)
    try await log.ensureDefault()
    var last = RunID()
    for seed in 1...2 {
      last = try await log.createRun(
        in: 0, LoggedStart(name: "r\(seed)", user: "", started: 1, tags: []))
      try await log.log(
        LoggedBatch(
          points: [
            LoggedPoint("val/loss", Double(seed), time: 1, step: 0),
            LoggedPoint("weight", 1, time: 1, step: 0),
          ], parameters: [LoggedText("lr", "0.1"), LoggedText("seed", "\(seed)")]), to: last)
      try await log.updateRun(last, LoggedChange(status: .completed, ended: 2))
    }
    return (place, last)
  }

  @Test func anObjectiveThatWasGuessedIsToldAsSuch() async throws {
    let (place, run) = try await place()
    let sentence = "minimize val/loss (from its name; a tag labbook.objective says another)"
    for command in [["runs"], ["runs", "--by", "config"]] {
      let listed = try place.labbook(command)
      #expect(listed.status == 0)
      #expect(listed.errors == "objective of 2 logged runs: \(sentence)\n", "\(command)")
    }
    let shown = try place.labbook("show", run.description)
    #expect(shown.output.contains("\nobjective: \(sentence)\n"))
    let json = try place.labbook("show", run.description, "--format", "json").output
    #expect(
      json.contains(#""objective": "val/loss", "direction": "minimize", "objective_from": "name""#))
  }

  @Test func runsAreNamedFoundAndSortedByTheNamesThatTheirProgramsGave() async throws {
    let (place, run) = try await place()
    let found = try place.labbook(
      "runs", "--where", "mlflow.runName = 'r2'", "--format", "csv", "--columns",
      "run,mlflow.runName")
    #expect(found.output == "run,mlflow.runName\r\n\(run),r2\r\n", "\(found.errors)")
    let sorted = try place.labbook(
      "runs", "--sort", "mlflow.runName", "--reverse", "--format", "csv", "--columns",
      "mlflow.runName")
    #expect(sorted.output == "mlflow.runName\r\nr2\r\nr1\r\n", "\(sorted.errors)")
    #expect(try place.labbook("runs").output.contains("mlflow.runName"))
    // A parameter by its bare name, as in --where and --sort.
    let rates = try place.labbook("runs", "--where", "lr < 1", "--columns", "lr", "--format", "csv")
    #expect(rates.output == "train.params.lr\r\n0.1\r\n0.1\r\n", "\(rates.errors)")
    let shown = try place.labbook("show", run.description)
    #expect(shown.output.hasPrefix("\(run)  r2  Default/logged"))
  }

  @Test func anImportSaysWhatItLeavesOut() async throws {
    let (place, _) = try await place()
    let taken = try place.labbook("import", "labbook.sqlite", "--db", "second.sqlite")
    #expect(taken.status == 0 && taken.output.contains("0 runs taken in"))
    #expect(
      taken.errors.contains("note: 2 runs that were logged through MLflow are left out"),
      "\(taken.errors)")
    // The way out that it names.
    let copied = try place.labbook(
      "export", "store", "--db", "labbook.sqlite", "--out", "third.sqlite")
    #expect(copied.status == 0, "\(copied.errors)")
    #expect(
      try place.labbook("runs", "--db", "third.sqlite", "--format", "csv").output.contains("0.1"))
  }
}
