import Interchange
import Pages
import Pictures
import Results
import Testing

/// Numbers whose parts of the variance are known beforehand.
struct ImportanceForestTests {
  /// A full grid of 5 x 4 x 3 places; the first two columns are numbers, the third is names.
  private let columns: [[Double]] = {
    var columns: [[Double]] = [[], [], []]
    for a in 0..<5 {
      for b in 0..<4 {
        for c in 0..<3 {
          columns[0].append(Double(a))
          columns[1].append(Double(b))
          columns[2].append(Double(c))
        }
      }
    }
    return columns
  }()

  private func forest(_ targets: [Double]) -> ImportanceForest {
    ImportanceForest(columns: columns, isNames: [false, false, true], targets: targets)
  }

  @Test func whatDecidesAloneHasNearlyAll() {
    for column in 0..<3 {
      let found = forest(columns[column].map { $0 == 1 ? 5 : $0 })
      #expect(found.shares[column] > 0.97, "\(column): \(found.shares)")
      #expect(found.explained > 0.9)
    }
  }

  @Test func partsFollowTheVariances() {
    // Variances of the two terms: 2 and 4 * 1.25 = 5.
    let found = forest(zip(columns[0], columns[1]).map { $0 + 2 * $1 })
    #expect(found.shares[1] > found.shares[0] && found.shares[0] > 0.1)
    #expect(abs(found.shares[1] - 5 / 7) < 0.15, "\(found.shares)")
    #expect(found.shares[2] < 0.05)
  }

  /// Numbers and names with ties, noise and a column that decides nothing, against the forest below,
  /// which tries every split and measures its squared error by itself.
  ///
  /// Sums come in another order there; 1e-9 is a million times what that makes.
  @Test(arguments: 0..<4) func aForestThatTriesEverySplitComesToTheSame(_ kind: Int) {
    var state = UInt64(kind + 7)
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let count = [30, 45, 12, 60][kind]
    let isNames = [
      [false, true, false], [false, false, true], [true, false, true], [false, true, true],
    ]
    let columns = isNames[kind].map { isNames in
      (0..<count).map { _ in isNames ? (draw() * 5).rounded(.down) : (draw() * 9).rounded() / 3 }
    }
    let targets = (0..<count).map { row in
      // Whole numbers, so that equal splits of two columns gain exactly the same and the first counts.
      (columns[0][row] * 2000 + [500, 3000, -1000, 2000, 0, 1000][Int(columns[1][row])]
        + draw() * 1000).rounded()
    }
    let found = ImportanceForest(columns: columns, isNames: isNames[kind], targets: targets)
    let witness = WitnessForest(columns: columns, isNames: isNames[kind], targets: targets)
    for (share, wanted) in zip(found.shares, witness.shares) {
      #expect(abs(share - wanted) < 1e-9, "\(found.shares) \(witness.shares)")
    }
    #expect(abs(found.explained - witness.explained) < 1e-9)
    #expect(abs(found.shares.reduce(0, +) - 1) < 1e-9)
  }

  @Test func withoutDifferencesNothingIsExplained() {
    let found = forest(columns[0].map { _ in 3 })
    #expect(found.shares == [0, 0, 0] && found.explained == 0)
  }
}

/// The forest of `ImportanceForest`'s description, written anew: 100 trees of bootstrap samples, at
/// least 3 rows a leaf, at most 12 splits deep, SplitMix64 from 1.
private struct WitnessForest {
  private(set) var shares: [Double] = []
  private(set) var explained = 0.0
  private let columns: [[Double]]
  private let isNames: [Bool]
  private let targets: [Double]
  private var state: UInt64 = 1

  private struct Rule {
    let column: Int
    let low: Set<Double>
    let threshold: Double
    let error: Double
  }

  private indirect enum Tree {
    case leaf(Double)
    case rule(Rule, Tree, Tree)
  }

  init(columns: [[Double]], isNames: [Bool], targets: [Double]) {
    self.columns = columns
    self.isNames = isNames
    self.targets = targets
    let count = targets.count
    var added = columns.map { _ in 0.0 }
    var predictions = targets.map { _ in [Double]() }
    for _ in 0..<100 {
      let sample = (0..<count).map { _ in below(count) }
      let tree = grow(sample, 0)
      let unseen = (0..<count).filter { !sample.contains($0) }
      if unseen.isEmpty { continue }
      for row in unseen { predictions[row].append(value(tree, columns.map { $0[row] })) }
      for column in columns.indices {
        var mixed = unseen
        for place in stride(from: mixed.count - 1, to: 0, by: -1) {
          mixed.swapAt(place, below(place + 1))
        }
        let errors = zip(unseen, mixed).map { row, other in
          var values = columns.map { $0[row] }
          let plain = value(tree, values) - targets[row]
          values[column] = columns[column][other]
          let changed = value(tree, values) - targets[row]
          return changed * changed - plain * plain
        }
        added[column] += errors.reduce(0, +) / Double(errors.count)
      }
    }
    let sum = added.filter { $0 > 0 }.reduce(0, +)
    shares = added.map { max(0, $0) / sum }
    let mean = targets.reduce(0, +) / Double(count)
    let variance = targets.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
    let errors = zip(targets, predictions).filter { !$1.isEmpty }.map { target, votes in
      let difference = votes.reduce(0, +) / Double(votes.count) - target
      return difference * difference
    }
    explained = 1 - errors.reduce(0, +) / Double(errors.count) / variance
  }

  private mutating func below(_ bound: Int) -> Int {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    let a = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let b = (a ^ (a >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((b ^ (b >> 31)) % UInt64(bound))
  }

  private func mean(_ rows: [Int]) -> Double {
    rows.map { targets[$0] }.reduce(0, +) / Double(rows.count)
  }

  private func error(_ rows: [Int]) -> Double {
    let mean = mean(rows)
    return rows.map { (targets[$0] - mean) * (targets[$0] - mean) }.reduce(0, +)
  }

  private func isLow(_ rule: Rule, _ value: Double) -> Bool {
    isNames[rule.column] ? rule.low.contains(value) : value <= rule.threshold
  }

  private func value(_ tree: Tree, _ row: [Double]) -> Double {
    switch tree {
    case .leaf(let value): value
    case .rule(let rule, let low, let high):
      value(isLow(rule, row[rule.column]) ? low : high, row)
    }
  }

  private func grow(_ rows: [Int], _ depth: Int) -> Tree {
    let all = error(rows)
    var best: Rule?
    for column in columns.indices where depth < 12 && rows.count >= 6 {
      let values = Set(rows.map { columns[column][$0] }).sorted { a, b in
        if !isNames[column] { return a < b }
        let (x, y) = (
          mean(rows.filter { columns[column][$0] == a }),
          mean(rows.filter { columns[column][$0] == b })
        )
        return abs(x - y) < 1e-12 ? a < b : x < y
      }
      for cut in values.indices.dropLast() {
        let low = rows.filter { values[...cut].contains(columns[column][$0]) }
        let high = rows.filter { !values[...cut].contains(columns[column][$0]) }
        guard low.count >= 3, high.count >= 3 else { continue }
        let left = error(low) + error(high)
        if left < (best?.error ?? all) - 1e-6 {
          best = Rule(
            column: column, low: Set(values[...cut]),
            threshold: (values[cut] + values[cut + 1]) / 2, error: left)
        }
      }
    }
    guard let best else { return .leaf(mean(rows)) }
    return .rule(
      best, grow(rows.filter { isLow(best, columns[best.column][$0]) }, depth + 1),
      grow(rows.filter { !isLow(best, columns[best.column][$0]) }, depth + 1))
  }
}
