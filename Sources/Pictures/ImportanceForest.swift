import Foundation

/// How much of a number's differences each of several columns explains: permutation importance of a
/// forest of regression trees (Breiman 2001), each of a bootstrap sample.
///
/// For every tree and column the column's values are permuted among the rows that the tree has not
/// seen; what that adds to the mean squared error, over all trees and never below zero, is the
/// column's importance. Numbers are split at thresholds, names by the mean of each within the node.
/// The same rows give the same forest.
package struct ImportanceForest {
  /// Each column's part of all importances; zero everywhere where nothing explains anything.
  package private(set) var shares: [Double]
  /// The share of the variance that unseen rows' predictions explain; below 0 where they explain
  /// nothing.
  package private(set) var explained: Double

  private static let treeCount = 100
  private static let mostRows = 2_000

  /// Grows the forest.
  ///
  /// - Parameters:
  ///   - columns: a list of numbers a column; names as whole numbers.
  ///   - isNames: which columns hold names.
  ///   - targets: what is explained, as many as each column has.
  package init(columns: [[Double]], isNames: [Bool], targets: [Double]) {
    precondition(columns.allSatisfy { $0.count == targets.count }, "a value for every row")
    let count = targets.count
    let mean = targets.reduce(0, +) / Double(max(1, count))
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, count))
    var sums = [Double](repeating: 0, count: columns.count)
    var predicted = [Double](repeating: 0, count: count)
    var votes = [Int](repeating: 0, count: count)
    var random = SplitMix(state: 1)
    for _ in 0..<(variance > 0 ? Self.treeCount : 0) {
      var isSeen = [Bool](repeating: false, count: count)
      let sample = (0..<min(count, Self.mostRows)).map { _ in random.below(count) }
      for row in sample { isSeen[row] = true }
      let tree = RegressionTree(
        TreeData(columns: columns, isNames: isNames, targets: targets), rows: sample)
      let unseen = (0..<count).filter { !isSeen[$0] }.prefix(Self.mostRows)
      guard !unseen.isEmpty else { continue }
      for row in unseen {
        predicted[row] += tree.value { columns[$0][row] }
        votes[row] += 1
      }
      for column in columns.indices {
        let shuffled = random.shuffled(Array(unseen))
        var added = 0.0
        for (row, other) in zip(unseen, shuffled) {
          let plain = tree.value { columns[$0][row] } - targets[row]
          let mixed = tree.value { columns[$0][$0 == column ? other : row] } - targets[row]
          added += mixed * mixed - plain * plain
        }
        sums[column] += added / Double(unseen.count)
      }
    }
    let positive = sums.map { max(0, $0) }
    let total = positive.reduce(0, +)
    shares = positive.map { total > 0 ? $0 / total : 0 }
    let known = votes.indices.filter { votes[$0] > 0 }
    let error = known.reduce(0.0) { sum, row in
      let difference = predicted[row] / Double(votes[row]) - targets[row]
      return sum + difference * difference
    }
    explained = known.isEmpty || variance == 0 ? 0 : 1 - error / Double(known.count) / variance
  }
}

/// Rows that trees are grown of.
private struct TreeData {
  let columns: [[Double]]
  let isNames: [Bool]
  let targets: [Double]
}

/// A tree that predicts a number, by splits that leave the least squared error.
private struct RegressionTree {
  private indirect enum Node {
    case leaf(Double)
    case split(column: Int, threshold: Double, names: Set<Double>?, low: Node, high: Node)
  }

  private let root: Node
  private static let smallestLeaf = 3
  private static let deepest = 12

  init(_ data: TreeData, rows: [Int]) { root = Self.grow(data, rows, depth: 0) }

  /// The prediction for the row whose column values are given.
  func value(_ row: (Int) -> Double) -> Double {
    var node = root
    while case .split(let column, let threshold, let names, let low, let high) = node {
      let value = row(column)
      node = names.map { $0.contains(value) } ?? (value <= threshold) ? low : high
    }
    if case .leaf(let value) = node { return value }
    return 0
  }

  private static func grow(_ data: TreeData, _ rows: [Int], depth: Int) -> Node {
    let sum = rows.reduce(0) { $0 + data.targets[$1] }
    let leaf = Node.leaf(sum / Double(max(1, rows.count)))
    guard depth < deepest, rows.count >= 2 * smallestLeaf else { return leaf }
    var best: Split?
    for column in data.columns.indices {
      if let split = Self.split(data, rows, column), split.gain > best?.gain ?? 1e-12 {
        best = split
      }
    }
    guard let best else { return leaf }
    let low = rows.filter { best.isLow(data.columns[best.column][$0]) }
    let high = rows.filter { !best.isLow(data.columns[best.column][$0]) }
    return .split(
      column: best.column, threshold: best.threshold, names: best.names,
      low: grow(data, low, depth: depth + 1), high: grow(data, high, depth: depth + 1))
  }

  private struct Split {
    let column: Int
    let threshold: Double
    let names: Set<Double>?
    let gain: Double

    func isLow(_ value: Double) -> Bool { names.map { $0.contains(value) } ?? (value <= threshold) }
  }

  /// The split of a column that takes most from the squared error.
  private static func split(_ data: TreeData, _ rows: [Int], _ column: Int) -> Split? {
    let values = data.columns[column]
    var groups: [Double: (sum: Double, count: Int)] = [:]
    for row in rows {
      groups[values[row], default: (0, 0)].sum += data.targets[row]
      groups[values[row], default: (0, 0)].count += 1
    }
    guard groups.count > 1 else { return nil }
    let isNames = data.isNames[column]
    let order = groups.map { (value: $0.key, sum: $0.value.sum, count: $0.value.count) }.sorted {
      a, b in
      guard isNames else { return a.value < b.value }
      let (x, y) = (a.sum / Double(a.count), b.sum / Double(b.count))
      return x == y ? a.value < b.value : x < y
    }
    let total = order.reduce(0) { $0 + $1.sum }
    let base = total * total / Double(rows.count)
    var best: (place: Int, gain: Double)?
    var sum = 0.0
    var count = 0
    for (place, group) in order.dropLast().enumerated() {
      sum += group.sum
      count += group.count
      let rest = rows.count - count
      guard count >= smallestLeaf, rest >= smallestLeaf else { continue }
      let gain = sum * sum / Double(count) + (total - sum) * (total - sum) / Double(rest) - base
      if gain > best?.gain ?? 0 { best = (place, gain) }
    }
    guard let best else { return nil }
    return Split(
      column: column, threshold: (order[best.place].value + order[best.place + 1].value) / 2,
      names: isNames ? Set(order[...best.place].map(\.value)) : nil, gain: best.gain)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func shuffled(_ rows: [Int]) -> [Int] {
    var rows = rows
    for place in rows.indices.dropFirst().reversed() { rows.swapAt(place, below(place + 1)) }
    return rows
  }
}
