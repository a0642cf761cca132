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

  @Test func theSameRowsGiveTheSameForest() {
    let targets = zip(columns[0], columns[2]).map { $0 * $1 }
    #expect(forest(targets).shares == forest(targets).shares)
  }

  @Test func withoutDifferencesNothingIsExplained() {
    let found = forest(columns[0].map { _ in 3 })
    #expect(found.shares == [0, 0, 0] && found.explained == 0)
  }
}
