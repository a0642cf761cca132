import Foundation
import Testing
import Tracking

/// Means and bands over the runs of a group, against NumPy's and SciPy's (Fixtures/bands.py).
struct BandTests {
  private struct Witness: Decodable {
    let mean: [Double]
    let std, sem, ci, quartiles, range: Ends

    struct Ends: Decodable {
      let low: [Double]
      let high: [Double]
    }
  }

  private static func witness() throws -> Witness {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/bands.json")
    return try JSONDecoder().decode(Witness.self, from: try Data(contentsOf: path))
  }

  /// The six runs of each model have the same values.
  private func measured() throws -> LiveStore {
    let live = try LiveStore()
    for (number, run) in live.runs.enumerated() {
      let place = Double(number % 6)
      try live.measure(run, 1...8) { sin(0.7 * place + 0.3 * Double($0)) + 2 + 0.1 * place }
      try live.finish(run)
    }
    return live
  }

  @Test func areNumPys() async throws {
    let live = try measured()
    let witness = try Self.witness()
    let bands = [
      ("std", witness.std), ("sem", witness.sem), ("ci", witness.ci),
      ("quartiles", witness.quartiles), ("range", witness.range),
    ]
    for (name, ends) in bands {
      let address = "/curves.json?\(LiveStore.sweep)&metric=val/loss&by=model&band=\(name)"
      let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
      #expect(chart.lines.map(\.name) == ["wide", "deep"])
      for line in chart.lines {
        #expect(line.runs == 6)
        #expect(Self.areNear(line.y.map { $0 ?? .nan }, witness.mean))
        #expect(Self.areNear(try #require(line.low), ends.low), "\(name)")
        #expect(Self.areNear(try #require(line.high), ends.high), "\(name)")
      }
    }
    let none = "/curves.json?\(LiveStore.sweep)&metric=val/loss&by=model&band=none"
    let chart = try #require(try await live.service.ask(none)).json(ChartData.self)
    #expect(chart.lines.allSatisfy { $0.low == nil })
  }

  private static func areNear(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test func divergedRunsAreInNoMeanAndSaidSo() async throws {
    let live = try LiveStore()
    for (number, run) in live.runs.prefix(3).enumerated() {
      try live.measure(run, 1...4) { Double(number * 10 + $0) }
      try live.finish(run, number == 2 ? .diverged : .completed)
    }
    let address =
      "/curves.json?runs=\(live.runs.prefix(3).map(\.description).joined(separator: ","))"
      + "&metric=val/loss&by=model"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    #expect(chart.lines.first?.y == [6, 7, 8, 9])
    #expect(chart.notes.contains { $0.contains("1 curves of diverged runs are in no mean") })
  }

  @Test func panelsAreByTwoKeys() async throws {
    let live = try measured()
    let address = "/curves.json?\(LiveStore.sweep)&metric=val/loss&by=model&rows=lr&columns=model"
    let chart = try #require(try await live.service.ask(address)).json(ChartData.self)
    let places = chart.lines.map { "\($0.row); \($0.column); \($0.name)" }
    #expect(
      places == [
        "lr = 0.1; model = wide; wide", "lr = 0.01; model = wide; wide",
        "lr = 0.1; model = deep; deep", "lr = 0.01; model = deep; deep",
      ])
    #expect(chart.lines.allSatisfy { $0.runs == 3 })
    #expect(Set(chart.lines.filter { $0.name == "wide" }.map(\.color)).count == 1)
  }
}
