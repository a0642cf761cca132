import Foundation
import RunStorage
import Testing
import Tracking
import Web

struct SweepPageTests {
  @Test func tellsWhereRunsStandAndWhatIsBest() async throws {
    let live = try LiveStore()
    for (number, run) in live.runs.prefix(4).enumerated() {
      try live.measure(run, 1...8) { Double(10 - number) / Double($0) }
      try live.finish(run, number == 3 ? .diverged : .completed)
    }
    try live.measure(live.runs[4], 1...2) { Double($0) }
    let page = try #require(try await live.service.ask("/sweeps/live/main"))
    #expect(page.status == 200)
    #expect(page.text.contains("3 completed"))
    #expect(page.text.contains("1 diverged"))
    #expect(page.text.contains("1 running"))
    #expect(page.text.contains("7 planned"))
    // Run 2 reached 8/8, and the one that was better has diverged.
    #expect(page.text.contains("/runs/\(live.runs[2])"))
    #expect(page.text.contains("labbook stop --sweep main --experiment live"))
  }

  @Test func onlyWhoMayEditStops() async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...2) { Double($0) }
    let address = "/sweeps/live/main/stop"
    #expect(try await live.service.ask(address, "POST", .tracking) == nil)
    #expect(try await live.service.ask(address, "POST", .reading)?.status == 403)
    #expect(try live.store.takeStopRequests(among: live.runs).isEmpty)
    #expect(
      try await live.service.ask("/sweeps/live/main", "GET", .reading)?.text.contains(
        "Stop 12 runs") == false)
    #expect(
      try await live.service.ask("/sweeps/live/main", "GET", .editing)?.text.contains(
        "Stop 12 runs") == true)
    let reply = try #require(try await live.service.ask(address, "POST", .editing))
    #expect(reply.status == 303)
    #expect(
      reply.reply.headers.contains {
        $0.name == "Location" && $0.value.hasSuffix("?asked=12&living=1")
      })
    #expect(try live.store.takeStopRequests(among: live.runs) == Set(live.runs))
    // What is not begun is stopped at once; the one at work looks by itself.
    let places = try live.store.places(of: live.runs)
    #expect(places.map(\.status).filter { $0 == .stopped }.count == 11)
  }

  @Test func noPageIsShownWithoutAWordThatOpensIt() async throws {
    let live = try LiveStore()
    for address in [
      "/sweeps/live/main", "/compare", "/curves.json", "/points.json", "/sweep.json", "/figure.svg",
      "/events?view=store",
    ] {
      #expect(try await live.service.ask(address, "GET", .none) == nil, "\(address)")
      #expect(try await live.service.ask(address, "GET", .tracking) == nil, "\(address)")
      #expect(try await live.service.ask(address, "GET", .reading) != nil, "\(address)")
    }
  }

  @Test func aSweepThatIsNotThereIsToldAndEscaped() async throws {
    let live = try LiveStore()
    let page = try #require(
      try await live.service.ask("/sweeps/live/%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
    #expect(page.status == 404)
    #expect(!page.text.contains("<script>alert"))
    #expect(page.text.contains("&lt;script&gt;"))
    let near = try #require(try await live.service.ask("/sweeps/live/maim"))
    #expect(near.text.contains("did you mean &#39;main&#39;?"))
  }

  @Test(.timeLimit(.minutes(1))) func eventsTellTheRunsThatMoved() async throws {
    let live = try LiveStore()
    var reader = try await EventReader(
      live.service, "/events?view=sweep&\(LiveStore.sweep)&metric=val/loss")
    let whole = String(decoding: try await reader.next().body, as: UTF8.self)
    for run in live.runs { #expect(whole.contains(run.description)) }
    try live.measure(live.runs[5], 1...3) { Double($0) / 2 }
    let event = try await reader.next()
    #expect(event.name == "runs")
    #expect(
      String(decoding: event.body, as: UTF8.self)
        == "[[5,[\"\(live.runs[5])\",\"running\",3,0,false,1.5]]]")
  }
}
