import Foundation

/// Numbers of SciPy and statsmodels: Fixtures/make_statistics.py made them.
struct StatisticsFixture: Decodable {
  struct Bound: Decodable { let freedom, share, bound: Double }
  struct Chance: Decodable { let freedom, t, chance: Double }
  struct Mean: Decodable {
    let values: [Double]
    let interval: [Double]
  }
  struct Pair: Decodable {
    let a, b: [Double]
    let value: Double
    let interval: [Double]
    let chance, freedom, bound: Double?
  }
  struct Seeds: Decodable {
    let values: [Double]
    let share: Double
    let needed: Int
  }
  struct Adjusted: Decodable { let chances, adjusted: [Double] }
  struct Share: Decodable {
    let right, rows: Int
    let half: Double
  }

  let bounds: [Bound]
  let chances: [Chance]
  let means: [Mean]
  let paired, welch, jackknife: [Pair]
  let seeds: [Seeds]
  let holm: [Adjusted]
  let wilson: [Share]

  static func read() throws -> StatisticsFixture {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/statistics.json")
    return try JSONDecoder().decode(StatisticsFixture.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers agree in twelve digits, beside ones below 1e-12.
func areClose(_ a: Double, _ b: Double, _ relative: Double = 1e-11) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b)) + 1e-13
}
