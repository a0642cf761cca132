import RunStorage
import Testing
import Tracking

@Suite struct ViewTests {
  @Test func parametersAreThereAsPeopleWriteThem() throws {
    let place = Workplace()
    let store = try place.store()
    let values: [(String, ParameterValue, String)] = [
      ("a", .text("ada\"m"), "ada\"m"), ("b", .number(1e-5), "1e-05"), ("c", .off, "none"),
      ("d", .list([.integer(64), .number(0.1)]), "[64, 0.1]"), ("e", .flag(true), "true"),
      ("f", .list([.text("x, y"), .text("z")]), "[x, y, z]"), ("g", .integer(7), "7"),
      ("h", .list([]), "[]"),
    ]
    try register(store, [request("k", values.map { Hyperparameter($0.0, $0.1) })])
    let rows = Witness(place.path).rows("SELECT text FROM run_params ORDER BY key")
    #expect(rows.map { $0[0] } == values.map(\.2))
  }

  @Test func lastAndBestAreThereForAJoin() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("k")])[0].id
    let writer = RunWriter(store)
    let recorder = writer.recorder(for: try claimed(store.claim(run)))
    recorder.record([point("val/loss", 1, 0.25), point("val/loss", 2, 0.5)])
    recorder.choose(step: 1, epoch: 1)
    recorder.finish(.completed, durationSeconds: 1)
    try writer.close()
    #expect(
      Witness(place.path).rows("SELECT run, metric, last, best FROM run_values")
        == [[run.description, "val/loss", "0.5", "0.25"]])
  }
}
