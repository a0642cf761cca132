import RunStorage
import Testing
import Tracking

@Suite struct RunRemarkTests {
  @Test func tagsAreGivenAndTakenAndFound() throws {
    let place = Workplace()
    let store = try place.store()
    let runs = try register(store, [request("a"), request("b")]).map(\.id)
    try store.tag(runs[0], "second look")
    try store.tag(runs[0], "baseline")
    try store.tag(runs[0], "baseline")
    #expect(try store.run(runs[0])?.tags == ["baseline", "second look"])
    #expect(
      Witness(place.path).rows("SELECT run, tag FROM run_tags ORDER BY tag")
        == [[runs[0].description, "baseline"], [runs[0].description, "second look"]])
    let tagged = RunFilter([.column("tag")]) {
      $0[0] == .list([.text("baseline"), .text("second look")])
    }
    #expect(try store.runs(where: tagged).map(\.id) == [runs[0]])
    let untagged = RunFilter([.column("tag")]) { $0[0] == .list([]) }
    #expect(try store.runs(where: untagged).map(\.id) == [runs[1]])
    try store.untag(runs[0], "baseline")
    #expect(try store.run(runs[0])?.tags == ["second look"])
    let error = #expect(throws: LabbookError.self) { try store.untag(runs[0], "baseline") }
    #expect(error?.hint == "it has second look")
  }

  @Test func theLongestTagAndTheStrangestLettersAreTaken() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    let tags = [String(repeating: "é", count: 100), "a b", "'x' \"y\"", "📓"]
    for tag in tags { try store.tag(run, tag) }
    #expect(try store.run(run)?.tags == tags.sorted())
    let error = #expect(throws: LabbookError.self) { try store.untag(run, "none") }
    #expect(error?.message == "run \(run.short) has no tag 'none'")
    for tag in tags { try store.untag(run, tag) }
    let last = #expect(throws: LabbookError.self) { try store.untag(run, "none") }
    #expect(last?.hint == "it has none")
  }

  @Test(arguments: [
    "", " a", "a ", "\ta", "a,b", "a\nb", "a\u{7F}", "a\u{1}b", String(repeating: "x", count: 101),
  ])
  func whatIsNoTagIsRefused(_ tag: String) throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    #expect(throws: LabbookError.self) { try store.tag(run, tag) }
  }

  @Test func aNoteIsKeptAsWritten() throws {
    let place = Workplace()
    let store = try place.store()
    let run = try register(store, [request("a")])[0].id
    let text = "'; DROP TABLE runs; --\n\"two lines\""
    try store.setNote(text, of: run)
    #expect(try store.run(run)?.note == text)
    #expect(Witness(place.path).value("SELECT note FROM run_table") == text)
    try store.setNote("", of: run)
    #expect(try store.run(run)?.note == nil)
  }
}
