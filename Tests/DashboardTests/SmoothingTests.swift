import Foundation
import Testing
import Tracking

/// Smoothing against its sum written out: s(t) = (1-b) (y(t) + b y(t-1) + ...) / (1 - b^t).
struct SmoothingTests {
  private let values = (1...40).map { sin(Double($0) * 1.7) + 0.05 * Double($0) }

  private func smoothed(_ values: [Double], _ b: Double) -> [Double] {
    values.indices.map { t in
      let sum = (0...t).reduce(0.0) { $0 + pow(b, Double(t - $1)) * values[$1] }
      return (1 - b) * sum / (1 - pow(b, Double(t + 1)))
    }
  }

  @Test(arguments: [0.3, 0.9, 0.99]) func isTheSumWrittenOut(b: Double) async throws {
    let live = try LiveStore()
    try live.measure(live.runs[0], 1...40) { values[$0 - 1] }
    let address = "/curves.json?runs=\(live.runs[0])&metric=val/loss&smooth=\(b)"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    let line = try #require(chart.lines.first)
    for (found, expected) in zip(line.y, smoothed(values, b)) {
      #expect(abs((found ?? .nan) - expected) < 1e-12)
    }
    #expect(line.raw_y == values)
    #expect(line.y != values)
    #expect(chart.notes.contains { $0.contains("divided by 1 - b^t") })
  }

  @Test func whatIsNotFiniteIsAGapAndDoesNotCount() async throws {
    let live = try LiveStore()
    let whole = Array(values.prefix(6))
    try live.measure(live.runs[0], 1...8) { step in
      step == 3
        ? .nan : step == 5 ? .infinity : whole[step - 1 - (step > 3 ? 1 : 0) - (step > 5 ? 1 : 0)]
    }
    let address = "/curves.json?runs=\(live.runs[0])&metric=val/loss&smooth=0.5"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    let line = try #require(chart.lines.first)
    #expect(line.x == (1...8).map(Double.init))
    #expect(line.y[2] == nil && line.y[4] == nil)
    for (found, expected) in zip(line.y.compactMap { $0 }, smoothed(whole, 0.5)) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(line.y.compactMap { $0 }.count == 6)
    #expect(chart.notes.contains { $0.contains("2 values are not finite") })
  }
}
