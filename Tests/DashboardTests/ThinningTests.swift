import Foundation
import Testing
import Tracking

struct ThinningTests {
  /// A curve whose peaks are single points.
  private func value(_ step: Int) -> Double {
    step % 97 == 13
      ? 5 + Double(step % 11) : step % 89 == 7 ? -4 - Double(step % 7) : sin(Double(step))
  }

  @Test func keepsTheLeastAndTheGreatestOfEachStretch() async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...6000, value)
    let address = "/curves.json?runs=\(live.runs[0])&metric=val/loss&points=200"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    let line = try #require(chart.lines.first)
    #expect(line.points == 6000)
    #expect(line.x.count <= 200 && line.x.count > 100)
    #expect(line.x == line.x.sorted())
    let kept = Set(line.x.map { Int($0) })
    // Fifty equal stretches from step 1 to step 6000.
    for stretch in 0..<50 {
      let own = (1...6000).filter { min(49, Int(Double($0 - 1) / 5999 * 50)) == stretch }
      let least = try #require(own.min { value($0) < value($1) })
      let greatest = try #require(own.max { value($0) < value($1) })
      #expect(kept.contains { own.contains($0) && value($0) == value(least) })
      #expect(kept.contains { own.contains($0) && value($0) == value(greatest) })
      #expect(kept.contains(own[0]))
    }
    #expect(kept.contains(6000))
    for (x, y) in zip(line.x, line.y) { #expect(y == value(Int(x))) }
    #expect(chart.notes.contains { $0.contains("1 of 1 lines are thinned out") })
  }

  @Test func aPartOfTheAxisHasAllItsPoints() async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...6000, value)
    let address = "/curves.json?runs=\(live.runs[0])&metric=val/loss&points=200&from=1000&to=1100"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    let line = try #require(chart.lines.first)
    #expect(line.x == (1000...1100).map(Double.init))
    #expect(line.y == (1000...1100).map(value))
  }

  @Test func whatIsShortStaysWhole() async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...150, value)
    let address = "/curves.json?runs=\(live.runs[0])&metric=val/loss&points=200"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    #expect(chart.lines.first?.x.count == 150)
    #expect(chart.notes.isEmpty)
  }
}
