import RunStorage
import Testing
import Tracking

/// By what logged runs are judged, and who says so.
@Suite struct ObjectiveOriginTests {
  private let key = "labbook.objective"

  private func ended(
    _ log: RunLog, in experiment: Int64, metrics: [String] = ["val/loss", "accuracy"]
  ) async throws -> RunID {
    let run = try await log.createRun(
      in: experiment, LoggedStart(name: "r", user: "", started: 1, tags: []))
    let points = metrics.flatMap { name in
      (0..<3).map { LoggedPoint(name, Double($0), time: 1, step: $0) }
    }
    try await log.log(LoggedBatch(points: points), to: run)
    try await log.updateRun(run, LoggedChange(status: .completed, ended: 2))
    return run
  }

  @Test func aGuessSaysThatItIsOne() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    let experiment = try await log.createExperiment("e", artifacts: nil, tags: [])
    let run = try await ended(log, in: experiment)
    func sentence() throws -> String {
      let record = try #require(try store.run(run))
      return try #require(try store.objectiveOrigin(of: record)).sentence(record.objective)
    }
    #expect(
      try sentence() == "minimize val/loss (from its name; a tag labbook.objective says another)")
    #expect(try store.run(run)?.bestStep == 0)
    let guesses = try store.guessedObjectives(of: store.runs())
    let told = try sentence()
    #expect(guesses.map(\.runs) == [1] && guesses.map(\.sentence) == [told])

    // A tag counts whenever it comes, of the run before its experiment's.
    try await log.setTag(LoggedText(key, "maximize accuracy"), ofExperiment: experiment)
    #expect(
      try sentence() == "maximize accuracy (from the tag labbook.objective of the experiment)")
    #expect(try store.run(run)?.bestStep == 2)
    #expect(try store.guessedObjectives(of: store.runs()).isEmpty)
    try await log.log(LoggedBatch(tags: [LoggedText(key, "minimize accuracy")]), to: run)
    #expect(try sentence() == "minimize accuracy (from the tag labbook.objective)")
    #expect(try store.run(run)?.bestStep == 0)

    // A tag of another form is not passed over in silence.
    try await log.deleteTag(key, ofExperiment: experiment)
    try await log.log(LoggedBatch(tags: [LoggedText(key, "accuracy")]), to: run)
    #expect(
      try sentence()
        == "minimize val/loss (from its name; the tag labbook.objective is 'accuracy', "
        + "and is not of the form 'maximize val/accuracy')")
    try await log.deleteTag(key, of: run)
    #expect(
      try sentence() == "minimize val/loss (from its name; a tag labbook.objective says another)")
    store.close()
  }

  @Test func whatNoNameSaysIsNoObjective() async throws {
    let place = Workplace()
    let store = try place.store()
    let log = RunLog(store)
    let experiment = try await log.createExperiment("e", artifacts: nil, tags: [])
    let run = try await ended(log, in: experiment, metrics: ["weight"])
    try await log.log(LoggedBatch(tags: [LoggedText(key, "maximize weight")]), to: run)
    #expect(try store.run(run)?.bestStep == 2)
    try await log.deleteTag(key, of: run)
    let record = try #require(try store.run(run))
    #expect(record.objective.metric.name.isEmpty && record.bestStep == nil)
    #expect(
      try store.objectiveOrigin(of: record)?.sentence(record.objective).hasPrefix("none (") == true)
    #expect(try store.guessedObjectives(of: [record]).isEmpty)
    store.close()
  }
}
