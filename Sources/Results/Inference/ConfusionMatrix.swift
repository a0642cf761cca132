public import Terminal
import Tracking

/// How often rows of each class were taken for each class.
public struct ConfusionMatrix: Hashable, Sendable {
  /// The classes' names.
  public let names: [String]
  /// A row a true class, a column a predicted one.
  public private(set) var counts: [[Int]]

  /// Counts pairs of classes.
  public init(names: [String], truth: [Int], predicted: [Int]) {
    precondition(truth.count == predicted.count)
    self.names = names
    counts = names.map { _ in names.map { _ in 0 } }
    for (row, column) in zip(truth, predicted) { counts[row][column] += 1 }
  }

  /// The share of rows that were taken for what they are; not-a-number without rows.
  public var accuracy: Double {
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return Double(right) / Double(counts.reduce(0) { $0 + $1.reduce(0, +) })
  }

  /// The counts with the names around them.
  public var table: Table {
    var table = Table([Table.Column("true \\ predicted")] + names.map { Table.Column($0) })
    for (name, row) in zip(names, counts) {
      table.append([.words(name)] + row.map { Table.Cell(.integer($0)) })
    }
    return table
  }

  /// The names and the counts as a JSON object.
  package var json: String {
    let names = ParameterValue.list(names.map(ParameterValue.text)).json
    let rows = counts.map { ParameterValue.list($0.map(ParameterValue.integer)).json }
    return "{\"classes\": \(names), \"counts\": [\(rows.joined(separator: ", "))]}"
  }
}
