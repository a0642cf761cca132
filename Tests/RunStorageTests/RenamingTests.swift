import RunStorage
import Testing
import Tracking

@Suite struct RenamingTests {
  @Test func anExperimentGetsAnotherNameAndKeepsItsRuns() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("a"), request("b")]).map(\.id)
    let old = try #require(try store.sweepNames().first)
    try store.renameExperiment(old.experiment, to: "another name")
    #expect(
      try store.sweepNames() == [SweepName(experiment: "another name", sweep: old.sweep)])
    #expect(try store.runs().map(\.id) == runs)
    #expect(
      Witness(place.path).rows("SELECT DISTINCT experiment FROM run_table")
        == [["another name"]])
    // Its own name is no other one.
    try store.renameExperiment("another name", to: "another name")
    let unknown = #expect(throws: LabbookError.self) {
      try store.renameExperiment(old.experiment, to: "x")
    }
    #expect(unknown?.message.contains("there is no experiment '\(old.experiment)'") == true)
  }

  @Test func twoAreNotMadeOne() throws {
    let place = Workplace()
    let store = try place.store()
    _ = try register(store, [request("a")])
    let name = try #require(try store.sweepNames().first).experiment
    _ = try store.register(
      [("main", [request("b")])], experiment: "second")
    let error = #expect(throws: LabbookError.self) {
      try store.renameExperiment("second", to: name)
    }
    #expect(error?.message.contains("there is an experiment '\(name)'") == true)
    #expect(try store.sweepNames().map(\.experiment) == [name, "second"])
  }

  @Test func oneThatIsBeingTrainedKeepsItsName() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    let name = try #require(try store.sweepNames().first).experiment
    guard case .claimed(let claim) = try store.claim(run) else {
      Issue.record("the run is free")
      return
    }
    let other = try place.store()
    let error = #expect(throws: LabbookError.self) {
      try other.renameExperiment(name, to: "x")
    }
    #expect(error?.message.contains("is being trained") == true)
    withExtendedLifetime(claim) {}
  }
}
