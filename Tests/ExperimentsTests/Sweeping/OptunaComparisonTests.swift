import Experiments
import FileLanguage
import Foundation
import Search
import Testing
import Tracking

/// Standard functions as Fixtures/search/optuna_tpe.py has them, each with what it searches.
private enum Standard: String, CaseIterable {
  case branin, hartmann6, mixed

  private static let mark = Mark(SpecSource(name: "a", folder: "", text: ""), line: 1, column: 1)

  private static func uniform(_ lower: Double, _ upper: Double) -> SearchedRange {
    SearchedRange(.uniform, from: lower, to: upper)
  }

  var ranges: [SearchedRange] {
    switch self {
    case .branin: [Self.uniform(-5, 10), Self.uniform(0, 15)]
    case .hartmann6: (0..<6).map { _ in Self.uniform(0, 1) }
    case .mixed:
      [
        SearchedRange(choices: 3),
        SearchedRange(.logUniform, from: 1e-5, to: 1), Self.uniform(0, 1),
        SearchedRange(.intUniform, from: 1, to: 6),
      ]
    }
  }

  func trial(_ x: [Double]) -> SearchTrial {
    switch self {
    case .branin: SearchTrial(values: x, score: Self.branin(x))
    case .hartmann6: SearchTrial(values: x, score: Self.hartmann6(x))
    case .mixed: Self.mixed(x)
    }
  }

  private static func branin(_ x: [Double]) -> Double {
    let first = x[1] - 5.1 / (4 * .pi * .pi) * x[0] * x[0] + 5 / .pi * x[0] - 6
    return first * first + 10 * (1 - 1 / (8 * .pi)) * cos(x[0]) + 10
  }

  private static let steepness: [[Double]] = [
    [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
  ]
  private static let centres: [[Double]] = [
    [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
  ]

  private static func hartmann6(_ x: [Double]) -> Double {
    -(0..<4).reduce(0) { sum, row in
      let exponent = x.indices.reduce(0) { part, place in
        let distance = x[place] - centres[row][place] * 1e-4
        return part + steepness[row][place] * distance * distance
      }
      return sum + [1.0, 1.2, 3.0, 3.2][row] * exp(-exponent)
    }
  }

  /// One of three kinds; the third value exists for the first kind alone.
  private static func mixed(_ x: [Double]) -> SearchTrial {
    let rate = log10(x[1]) + 3
    let base = rate * rate / 4 + 0.1 * (x[3] - 4) * (x[3] - 4)
    if x[0] == 0 {
      return SearchTrial(values: x, score: base + 4 * (x[2] - 0.9) * (x[2] - 0.9))
    }
    return SearchTrial(values: [x[0], x[1], nil, x[3]], score: base + (x[0] == 1 ? 0.15 : 0.5))
  }

  /// How far above Optuna's median the search's may lie: a third of what random draws are above it.
  var slack: Double {
    switch self {
    case .branin: 0.12
    case .hartmann6: 0.3
    case .mixed: 0.03
    }
  }
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

@Test("tpe comes as far in 100 trials as Optuna's TPE", arguments: [0, 1, 2])
func asFarAsOptuna(index: Int) throws {
  let function = Standard.allCases[index]
  let place = fixtures.appendingPathComponent("search/optuna.txt")
  let lines = try String(contentsOf: place, encoding: .utf8).split(separator: "\n")
  let optuna = lines.compactMap { line -> Double? in
    let words = line.split(separator: " ")
    return words[0] == function.rawValue && words[1] == "optuna-tpe" ? Double(words[4]) : nil
  }
  #expect(optuna.count == 20)
  let found = (1...11).map { (seed: Int) -> Double in
    let settings: [String: ParameterValue] = [
      "runs": .integer(100), "seed": .integer(seed), "startup": .integer(10), "round": .integer(4),
    ]
    let strategy = TPEStrategy(Chosen("tpe", settings))
    var trials: [SearchTrial] = []
    while trials.count < 100 {
      let numbers = trials.count..<trials.count + strategy.round(after: trials.count)
      trials += strategy.propose(numbers, of: function.ranges, after: trials).map(function.trial)
    }
    return trials.map(\.score).min() ?? .nan
  }
  #expect(median(found) <= median(optuna) + function.slack)
}
