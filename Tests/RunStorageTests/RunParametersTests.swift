import Foundation
import RunStorage
import Testing
import Tracking

/// Records share what they have in common; each has what SQL says of it all the same.
@Suite struct RunParametersTests {
  /// 60 runs of three kinds, which have other paths each; values of one path are equal in some kinds only.
  private func filled(_ place: Workplace) throws -> RunStore {
    let store = try place.store()
    let requests = (0..<60).map { number in
      let own: [Hyperparameter] =
        switch number % 3 {
        case 0: [Hyperparameter("train.lr", .number(Double(number)))]
        case 1: [Hyperparameter("train.optimizer.momentum", .number(0.9))]
        default:
          [
            Hyperparameter("data.fold", .integer(number % 5)),
            Hyperparameter("train.model.0.linear", .list([.integer(8), .integer(number % 4)])),
          ]
        }
      return request(
        "\(number)", configuration: "c\(number / 2)", seed: number,
        own + [
          Hyperparameter("train.seed", .integer(number)),
          Hyperparameter("train.loss", .text("nll")),
        ])
    }
    let runs = try register(store, requests).map(\.id)
    let writer = RunWriter(store)
    for (number, run) in runs.enumerated() where number % 4 > 0 {
      let recorder = writer.recorder(for: try claimed(store.claim(run)))
      recorder.record([
        point("val/loss", 1, Double(number)), point("only \(number % 2)", 1, .nan),
      ])
      if number % 8 > 4 { recorder.choose(step: 1, epoch: 1) }
      recorder.finish(number % 4 == 2 ? .diverged : .completed, durationSeconds: 1)
    }
    try writer.close()
    return store
  }

  @Test func everyRunHasWhatTheStoreHasOfIt() throws {
    let place = Workplace()
    let records = try filled(place).runs()
    let witness = Witness(place.path)
    for record in records {
      let rows = witness.rows(
        "SELECT key, value FROM run_params WHERE run = '\(record.id)' ORDER BY key")
      #expect(record.parameters.byName.map { [$0.key, $0.value.json] } == rows)
      #expect(record.parameters.count == rows.count && !record.parameters.isEmpty)
      for row in rows { #expect(record.parameters[row[0] ?? ""]?.json == row[1]) }
      #expect(record.parameters["train.absent"] == nil)
      #expect(record.parameters.dictionary.count == rows.count)
      let series = witness.rows(
        "SELECT metric, best, last FROM run_values WHERE run = '\(record.id)' ORDER BY metric")
      let own = record.metrics.sorted { $0.key.name < $1.key.name }
      #expect(own.map { $0.key.name } == series.map { $0[0] })
      for (entry, row) in zip(own, series) {
        #expect(entry.value.best == row[1].flatMap(Double.init))
        // The view has NULL for not-a-number, and for what a bad run has not.
        #expect(entry.value.last.flatMap { $0.isNaN ? nil : $0 } == row[2].flatMap(Double.init))
        #expect((entry.value.last == nil) == record.status.isBad)
        #expect(record.metrics[entry.key] == entry.value || entry.value.last?.isNaN == true)
      }
      #expect(record.metrics[Metric("absent")] == nil)
    }
    #expect(records.measured.map(\.name) == ["only 0", "only 1", "val/loss"])
    #expect(
      records.paths.sorted()
        == witness.rows("SELECT DISTINCT key FROM run_params ORDER BY key")
        .compactMap { $0[0] })
  }

  @Test func recordsOfTwoReadingsAreEqual() throws {
    let place = Workplace()
    let store = try filled(place)
    let records = try store.runs()
    #expect(records == (try store.runs()))
    for record in records {
      let alone = try #require(try store.run(record.id))
      #expect(alone == record && alone.parameters == record.parameters)
    }
    for (a, b) in zip(records, records.dropFirst()) {
      #expect(a.parameters != b.parameters && a != b)
    }
    try store.tag(records[3].id, "x")
    #expect(try store.run(records[3].id) != records[3])
  }

  /// As the pairs of all runs say it.
  @Test func pathsThatDifferAreThoseOfTwoRuns() throws {
    let place = Workplace()
    let records = try filled(place).runs()
    for part in [records, Array(records.prefix(4)), records.filter { $0.seed % 3 == 2 }] {
      var differing: Set<String> = []
      for a in part {
        for b in part {
          for (path, value) in a.parameters {
            if let other = b.parameters[path], other != value { differing.insert(path) }
          }
        }
      }
      differing.subtract(["train.seed", "data.fold"])
      #expect(part.differingPaths == differing.sorted())
    }
  }

  @Test(arguments: [
    "2024-02-29T23:59:59.999Z", "2000-02-29T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00.000Z", "2026-03-01T00:00:00.001Z", "2100-03-01T00:00:00.000Z",
    // What is no such time stays as it is.
    "2023-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-04-31T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z", "2026-01-01 00:00:00.000Z", "2026-01-01T00:00:00Z", "yesterday", "",
    "1969-12-31T23:59:59.999Z", "2026-00-01T00:00:00.000Z", "20é6-01-01T00:00:00.000Z",
    "2026-01-01T00:00:60.000Z", "+026-01-01T00:00:00.000Z",
  ]) func aTimeIsToldAsItStands(_ text: String) throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    Witness(place.path).run(
      "UPDATE runs SET created_at = '\(text)', started_at = '\(text)', ended_at = NULL")
    let record = try #require(try store.run(run))
    #expect(record.createdAt == text && record.startedAt == text && record.endedAt == nil)
  }
}
