import RunStorage
import Testing
import Tracking

/// What the pages show of runs that programs have logged through MLflow.
@Suite struct RunLoggingTests {
  private func begin(
    _ log: RunLog, _ name: String, _ tags: [String: String] = [:]
  ) async throws -> RunID {
    try await log.createRun(
      in: 0,
      LoggedStart(
        name: name, user: "ada", started: 1, tags: tags.map { LoggedText($0.key, $0.value) }))
  }

  @Test func aPageShowsWhatWasToldBesideMetrics() async throws {
    let site = try Site()
    let log = RunLog(site.store)
    try await log.ensureDefault()
    let parent = try await begin(
      log, "outer <b>", ["mlflow.user": "ada", "mlflow.source.name": "train<i>.py"])
    let child = try await begin(log, "inner", ["mlflow.parentRunId": parent.description])
    let bare = try await log.createRun(
      in: 0, LoggedStart(name: "bare", user: "", started: 1, tags: []))
    try site.store.addInputs(
      [
        LoggedDataset(
          name: "iris", digest: "d1", sourceType: "code", source: "{}", schema: nil, profile: nil,
          tags: ["mlflow.data.context": "train"])
      ], [], to: parent)
    let model = try site.store.addModel(
      experiment: 0, name: "net", kind: "", source: child, parameters: [:], tags: [:])
    try site.store.addOutputs([RunModel(model: model.id, step: 7)], to: child)
    try site.store.addInputs([], [RunModel(model: model.id, step: 0)], to: parent)

    let outer = try await site.get("/runs/\(parent)").text
    let told = try #require(outer.between("<section class=\"logged\">", "</section>").first)
    #expect(told.contains("<dt>user</dt><dd><bdi>ada") || told.contains("<dd>ada"))
    #expect(told.contains("train&lt;i&gt;.py") && !told.contains("<i>"))
    #expect(told.contains("/runs/\(child)") && told.contains("inner"))
    #expect(told.contains("iris") && told.contains("d1") && told.contains("train"))
    // The model's files are with the run that made it.
    #expect(told.contains("taken") && told.contains(">net<") || told.contains("net"))
    let inner = try await site.get("/runs/\(child)").text
    let inside = try #require(inner.between("<section class=\"logged\">", "</section>").first)
    #expect(inside.contains("<dt>within</dt>") && inside.contains("/runs/\(parent)"))
    #expect(inside.contains("outer &lt;b&gt;"))
    #expect(inside.contains(model.id) && inside.contains("made") && inside.contains(">7<"))
    #expect(inside.contains("pending"))
    #expect(try await !site.get("/runs/\(bare)").text.contains("<section class=\"logged\">"))
  }

  @Test func runsAreComparedByWhatSomeOfThemAreJudgedBy() async throws {
    let site = try Site()
    let log = RunLog(site.store)
    try await log.ensureDefault()
    // A parent has no metrics, and so no objective; it comes first.
    var runs = [try await begin(log, "parent")]
    for lr in ["0.1", "0.2"] {
      let run = try await begin(log, "child \(lr)")
      try await log.log(
        LoggedBatch(
          points: [LoggedPoint("val_loss", 0.5, time: 1, step: 0)],
          parameters: [LoggedText("lr", lr)]), to: run)
      runs.append(run)
    }
    let others = try await begin(log, "other")
    try await log.log(
      LoggedBatch(
        points: [LoggedPoint("oddity", 1, time: 1, step: 0)],
        parameters: [LoggedText("lr", "0.3")]), to: others)
    for run in runs + [others] {
      try await log.updateRun(run, LoggedChange(status: .completed, ended: 2))
    }
    let named = runs.map(\.description).joined(separator: ",")
    let compared = try await site.get("/compare?runs=\(named)")
    #expect(compared.status == 200 && !compared.text.contains("no run has values of"))
    #expect(compared.text.contains("val_loss"))
    #expect(
      try await site.get("/points.json?runs=\(named)").text.contains(#""metric":"val_loss""#))
    let unjudged = try await site.get("/compare?runs=\(runs[0]),\(others)")
    #expect(unjudged.text.contains("nobody has said by which metric these runs are judged"))
    #expect(unjudged.text.contains("oddity"))
    #expect(
      try await site.get("/points.json?runs=\(runs[0]),\(others)").text
        .contains(#""metric":"oddity""#))
    // A legend says the names that people gave.
    let curves = try await site.get("/curves.json?runs=\(named)").text
    #expect(curves.contains("\(runs[1].short) child 0.1"))
  }
}
