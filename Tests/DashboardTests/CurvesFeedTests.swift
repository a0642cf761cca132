import Foundation
import RunStorage
import Testing
import Tracking
import Web

/// Events carry each point once: what readers put together is what the store has.
@Suite(.timeLimit(.minutes(2))) struct CurvesFeedTests {
  private func value(_ step: Int) -> Double { sin(Double(step)) + Double(step) / 100 }

  /// A chart as a page keeps it.
  private struct Page {
    var x: [String: [Double]] = [:]
    var y: [String: [Double?]] = [:]
    var raw: [String: [Double?]] = [:]
    var reader: EventReader

    init(_ reader: EventReader) { self.reader = reader }

    /// Takes events until a line reaches a step.
    mutating func follow(_ id: String, to step: Int) async throws {
      while x[id]?.last != Double(step) { try take(try await reader.next()) }
    }

    mutating func take(_ event: EventReader.Event) throws {
      switch event.name {
      case "curves":
        for line in try JSONDecoder().decode(ChartData.self, from: event.body).lines { put(line) }
      case "lines":
        for line in try JSONDecoder().decode([ChartData.Line].self, from: event.body) { put(line) }
      case "points":
        for piece in try JSONDecoder().decode([GrownLine].self, from: event.body) {
          x[piece.id, default: []] += piece.x
          y[piece.id, default: []] += piece.y
          raw[piece.id, default: []] += piece.raw_y ?? []
        }
      default: break
      }
    }

    private mutating func put(_ line: ChartData.Line) {
      (x[line.id], y[line.id], raw[line.id]) = (line.x, line.y, line.raw_y ?? [])
    }
  }

  @Test func noGapAndNoRepeat() async throws {
    let live = try LiveStore()
    let run = live.runs[0]
    try live.measure(run, 1...10, value)
    let address = "/events?view=curves&runs=\(run)&metric=val/loss&smooth=0.8"
    var page = Page(try await EventReader(live.service, address))
    try page.take(try await page.reader.next())
    var pieces = 0
    for last in stride(from: 15, through: 100, by: 17) {
      try live.measure(run, (last - 16 < 11 ? 11 : last - 16)...last, value)
      try await page.follow(run.description, to: last)
      pieces += 1
    }
    let steps = try #require(try live.store.curves(of: [run], [.valLoss]).first).steps
    #expect(page.x[run.description] == steps.map(Double.init))
    // Smoothed as the whole curve is.
    let whole = try #require(
      try await live.service.ask("/curves.json?runs=\(run)&metric=val/loss&smooth=0.8")
    ).json(ChartData.self)
    #expect(page.y[run.description] == whole.lines[0].y)
    #expect(page.raw[run.description] == whole.lines[0].raw_y)
    #expect(pieces > 4)
  }

  @Test func eventsCarryOnlyWhatIsNew() async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...500, value)
    try live.measure(live.runs[1], 1...500, value)
    let address = "/events?view=curves&runs=\(live.runs[0]),\(live.runs[1])&metric=val/loss"
    var reader = try await EventReader(live.service, address)
    #expect(try await reader.next().name == "curves")
    try live.measure(live.runs[1], 501...503, value)
    let event = try await reader.next()
    #expect(event.name == "points")
    let grown = try JSONDecoder().decode([GrownLine].self, from: event.body)
    #expect(grown.map(\.id) == [live.runs[1].description])
    #expect(grown.first?.x == [501, 502, 503])
    #expect(grown.first?.y == [501, 502, 503].map(value))
  }

  @Test func whoComesBackGoesOnWhereItWas() async throws {
    let live = try LiveStore()
    let run = live.runs[0]
    try live.measure(run, 1...5, value)
    let address = "/events?view=curves&runs=\(run)&metric=val/loss"
    var first = try await EventReader(live.service, address)
    _ = try await first.next()
    var other = try await EventReader(live.service, address)
    let last = try #require(try await other.next().id)
    try live.measure(run, 6...8, value)
    #expect(try await first.next().name == "points")
    try live.measure(run, 9...9, value)
    #expect(try await first.next().name == "points")
    var page = Page(try await EventReader(live.service, address, lastEventID: last))
    page.x[run.description] = [1, 2, 3, 4, 5]
    try await page.follow(run.description, to: 9)
    #expect(page.x[run.description] == (1...9).map(Double.init))
    // Who says something that was never told begins anew.
    var stranger = try await EventReader(live.service, address, lastEventID: "nobody-7")
    #expect(try await stranger.next().name == "curves")
  }

  @Test func aSlowReaderIsToldAllAtOnce() async throws {
    let live = try LiveStore()
    let run = live.runs[0]
    try live.measure(run, 1...2, value)
    let address = "/events?view=curves&runs=\(run)&metric=val/loss"
    var slow = Page(try await EventReader(live.service, address))
    try slow.take(try await slow.reader.next())
    var quick = Page(try await EventReader(live.service, address))
    for last in 3...9 {
      try live.measure(run, last...last, value)
      try await quick.follow(run.description, to: last)
    }
    try await slow.follow(run.description, to: 9)
    #expect(slow.x[run.description] == (1...9).map(Double.init))
    #expect(quick.x[run.description] == slow.x[run.description])
  }

  @Test func aRunThatEndsIsToldWhole() async throws {
    let live = try LiveStore()
    let run = live.runs[0]
    try live.measure(run, 1...5, value)
    let address = "/events?view=curves&runs=\(run)&metric=val/loss"
    var reader = try await EventReader(live.service, address)
    _ = try await reader.next()
    try live.finish(run)
    let lines = try await reader.next()
    #expect(lines.name == "lines")
    let told = try JSONDecoder().decode([ChartData.Line].self, from: lines.body)
    #expect(told.first?.x == [1, 2, 3, 4, 5])
    let status = try await reader.next()
    #expect(status.name == "status")
    #expect(String(decoding: status.body, as: UTF8.self).contains("completed"))
  }

  @Test func aMeanOverRunsIsToldAnewWhereOneOfItsRunsGrows() async throws {
    let live = try LiveStore()
    for run in live.runs.prefix(6) { try live.measure(run, 1...3) { Double($0) } }
    for run in live.runs.suffix(6) { try live.measure(run, 1...3) { Double($0) } }
    let address = "/events?view=curves&\(LiveStore.sweep)&metric=val/loss&by=model"
    var reader = try await EventReader(live.service, address)
    #expect(try await reader.next().name == "curves")
    try live.measure(live.runs[0], 4...4) { Double($0) }
    let event = try await reader.next()
    #expect(event.name == "lines")
    let lines = try JSONDecoder().decode([ChartData.Line].self, from: event.body)
    #expect(lines.map(\.name) == ["wide"])
  }

  @Test func anAddressThatIsWrongIsToldOnceAndEnds() async throws {
    let live = try LiveStore()
    let answer = try #require(
      try await live.service.ask("/events?view=curves&runs=\(live.runs[0])&axis=miles"))
    guard case .events(let events) = answer.reply.body else {
      Issue.record("no events")
      return
    }
    var texts: [String] = []
    for await data in events.make() { texts.append(String(decoding: data, as: UTF8.self)) }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("event: problem") == true)
    #expect(texts.first?.contains("expected one of epoch, step, samples, time") == true)
  }
}
