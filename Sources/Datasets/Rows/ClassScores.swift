import Foundation

/// How right classes are, whatever share of the rows each of them has; as in scikit-learn.
public struct ClassScores: Hashable, Sendable {
  /// The mean over the classes of the share of a class's rows that are taken for it; classes without
  /// rows are left out.
  public let balancedAccuracy: Double
  /// The mean over the classes of 2 TP / (2 TP + FP + FN); classes that no row has and none is taken
  /// for are left out.
  public let f1: Double

  /// Compares row by row.
  public init(predicted: [Int], truth: [Int], classes: Int) {
    precondition(predicted.count == truth.count)
    var right = [Int](repeating: 0, count: classes)
    var rows = right
    var taken = right
    for (guess, label) in zip(predicted, truth) {
      rows[label] += 1
      taken[guess] += 1
      if guess == label { right[label] += 1 }
    }
    let present = (0..<classes).filter { rows[$0] > 0 }
    balancedAccuracy = Self.mean(present.map { Double(right[$0]) / Double(rows[$0]) })
    let seen = (0..<classes).filter { rows[$0] + taken[$0] > 0 }
    f1 = Self.mean(seen.map { 2 * Double(right[$0]) / Double(rows[$0] + taken[$0]) })
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The area under the curve of true against false positive rates: the probability that a row of the
  /// second class has a greater score than one of the first, equal scores counting half.
  ///
  /// Not-a-number where one of the classes has no row, or a score is none.
  public static func areaUnderCurve(scores: [Double], truth: [Int]) -> Double {
    precondition(scores.count == truth.count)
    guard !scores.contains(where: \.isNaN) else { return .nan }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    let positives = truth.count { $0 == 1 }
    let negatives = truth.count - positives
    guard positives > 0, negatives > 0 else { return .nan }
    // Twice the sum of ranks from 1, equal scores sharing their mean.
    var doubledRanks = 0.0
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, scores[order[end]] == scores[order[first]] { end += 1 }
      let count = order[first..<end].count { truth[$0] == 1 }
      doubledRanks += Double(count) * Double(first + 1 + end)
      first = end
    }
    let wins = doubledRanks / 2 - Double(positives) * Double(positives + 1) / 2
    return wins / (Double(positives) * Double(negatives))
  }
}
