import Foundation
import RunStorage
import Testing
import Tracking

@Suite struct PlanTests {
  private func run(
    _ store: RunStore, _ hash: String, _ keys: [String], sweep: String = "main",
    supersedes: Bool = true, isWhole: Bool = true, isFirst: Bool = true
  ) throws {
    var renewed: [String: RegisteredRun] = [:]
    _ = try store.register(
      [(sweep, keys.map { request($0) })], experiment: "e", title: nil, fresh: false,
      renewed: &renewed,
      as: PlanMark(hashes: [sweep: hash], supersedes: supersedes, isWhole: isWhole),
      isFirst: isFirst)
  }

  /// The keys of a sweep's runs by whether they are former, as any other program reads them.
  private func former(_ place: Workplace, _ sweep: String = "main") -> [String] {
    Witness(place.path).rows(
      """
      SELECT group_concat(key || former, ' ') FROM (SELECT key, former FROM sweep_runs
      JOIN run_table USING (run) WHERE sweep_runs.sweep = '\(sweep)' ORDER BY key)
      """
    ).compactMap { $0[0] }
  }

  @Test func anotherPlanMakesWhatItLacksFormer() throws {
    let place = Workplace()
    let store = try place.store()
    try run(store, "1", ["a", "b"])
    #expect(former(place) == ["a0 b0"])
    try run(store, "2", ["b", "c"])
    #expect(former(place) == ["a1 b0 c0"])
    var query = RunQuery(SweepName(experiment: "e", sweep: "main"))
    #expect(try store.runs(query).map(\.key).sorted() == ["b", "c"])
    #expect(try store.formerCount(query) == 1)
    query.includesFormer = true
    #expect(try store.runs(query).map(\.key).sorted() == ["a", "b", "c"])
    #expect(try store.formerCount(query) == 0)
    #expect(try store.sweeps().map(\.former) == [1])
    #expect(try store.sweeps().map(\.runs) == [2])
    #expect(try store.runs().count == 3)
    try run(store, "1", ["a", "b"])
    #expect(former(place) == ["a0 b0 c1"])
  }

  /// A condition counts only former runs that fit it; a run knows the sweeps that have it.
  @Test func formerRunsAreCountedByAConditionAndByRun() throws {
    let place = Workplace()
    let store = try place.store()
    try run(store, "1", ["a", "b"])
    try run(store, "1", ["a"], sweep: "other", isWhole: false)
    try run(store, "2", ["c"], isWhole: false)
    let query = RunQuery(SweepName(experiment: "e", sweep: "main"))
    let isA = RunFilter([.column("key")]) { $0[0] == .text("a") }
    #expect(try store.formerCount(query) == 2)
    #expect(try store.formerCount(query, where: isA) == 1)
    let a = try #require(try store.runs(where: isA).first)
    let found = try store.memberships(of: a.id)
    #expect(found.map(\.sweep.sweep) == ["main", "other"])
    #expect(found.map(\.isFormer) == [true, false])
  }

  @Test func growthAddsToItsPlanAndSupersedesNothing() throws {
    let place = Workplace()
    let store = try place.store()
    try run(store, "1", ["a"])
    try run(store, "1", ["b"], isFirst: false)
    #expect(former(place) == ["a0 b0"])
    try run(store, "2", ["c"])
    // A process of the plan before is still at work.
    try run(store, "1", ["d"], isFirst: false)
    #expect(former(place) == ["a1 b1 c0 d1"])
    try run(store, "1", ["a"])
    #expect(former(place) == ["a0 b0 c1 d0"])
  }

  @Test func aSweepThatItsFileLacksIsFormerWhole() throws {
    let place = Workplace()
    let store = try place.store()
    try run(store, "1", ["a"], sweep: "first", isWhole: false)
    try run(store, "2", ["b"], sweep: "second", isWhole: false)
    #expect(former(place, "first") == ["a0"])
    try run(store, "2", ["b"], sweep: "second")
    #expect(former(place, "first") == ["a1"])
    #expect(former(place, "second") == ["b0"])
    _ = try store.register([("first", [request("a")])], experiment: "other")
    try run(store, "1", ["a"], sweep: "first")
    #expect(
      Witness(place.path).value("SELECT former FROM sweep_runs WHERE experiment = 'other'") == "0")
  }

  @Test func whatTheCommandLineChangedSupersedesNothing() throws {
    let place = Workplace()
    let store = try place.store()
    try run(store, "1", ["a"])
    try run(store, "set", ["b"], supersedes: false)
    #expect(former(place) == ["a0 b1"])
    try run(store, "2", ["b"])
    #expect(former(place) == ["a1 b0"])
    try run(store, "set", ["c"], sweep: "new", supersedes: false)
    #expect(former(place, "new") == ["c1"])
  }

  /// Before plans were kept every run counted; a run of `--set` must not change that.
  @Test func anOlderStoreHasNoFormerRunsUntilItsNextRun() throws {
    let place = Workplace()
    let store = try place.store()
    _ = try store.register([("main", [request("a"), request("b")])], experiment: "e")
    #expect(former(place) == ["a0 b0"])
    try run(store, "set", ["c"], supersedes: false)
    #expect(former(place) == ["a0 b0 c1"])
    try run(store, "1", ["b"])
    #expect(former(place) == ["a1 b0 c1"])
  }

  @Test func aSweepIsRemovedButWhatOthersHave() throws {
    let place = Workplace()
    let store = try place.store()
    let main = SweepName(experiment: "e", sweep: "main")
    try run(store, "1", ["a", "b", "c"])
    try run(store, "2", ["b"])
    _ = try store.register([("keep", [request("b"), request("c")])], experiment: "other")
    let formerOnly = try store.removal(of: main, formerOnly: true)
    #expect(formerOnly.removed.map(\.key) == ["a"])
    #expect(formerOnly.kept.map(\.run.key) == ["c"])
    #expect(try store.removal(of: main, formerOnly: true, everywhere: true).removed.count == 2)
    #expect(try store.count() == 3)
    _ = try store.remove(formerOnly)
    #expect(former(place) == ["b0"])
    let rest = try store.removal(of: main)
    #expect(rest.removed.isEmpty)
    #expect(rest.kept.map { $0.sweeps.map(\.experiment) } == [["other"]])
    _ = try store.remove(rest)
    #expect(try store.sweeps().map(\.name.experiment) == ["other"])
    #expect(try store.sweeps().map(\.runs) == [2])
    #expect(try store.runs().map(\.sweep.experiment) == ["other", "other"])
    #expect(Witness(place.path).rows("PRAGMA foreign_key_check").isEmpty)
    let single = try store.removal(of: try store.runs())
    #expect(single.removed.count == 2)
  }

  @Test func aNamedRunOfTwoSweepsIsKept() throws {
    let place = Workplace()
    let store = try place.store()
    _ = try store.register([("one", [request("a")]), ("two", [request("a")])], experiment: "e")
    let runs = try store.runs()
    #expect(try store.removal(of: runs).removed.isEmpty)
    #expect(try store.removal(of: runs).kept[0].sweeps.map(\.sweep) == ["one", "two"])
    #expect(try store.removal(of: runs, everywhere: true).removed.count == 1)
  }
}
