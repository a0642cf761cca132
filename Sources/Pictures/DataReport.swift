public import Datasets
import Foundation
import RunStorage
public import Terminal
import Tracking

/// What the data of an experiment is, for people: `labbook data`.
public struct DataReport {
  private let summary: DataSummary
  private let data: PreparedData
  private let name: String

  /// Makes the report of prepared data; `name` is its source.
  public init(name: String, _ data: PreparedData, _ summary: DataSummary) {
    self.name = name
    self.data = data
    self.summary = summary
  }

  /// The report as text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    let blocks = [
      header + summary.remarks.map { printable("  " + $0) + "\n" }.joined(), partTable.text(.table),
      columnTable.text(.table),
      DataPicture(data).lines(style).map { $0 + "\n" }.joined(),
    ]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var header: String {
    let shape = summary.shape
    let rows = shape.trainRows + shape.valRows + shape.testRows
    var words = ["\(name): \(rows) rows"]
    words.append(
      shape.isImages
        ? "images of \(shape.featureShape.map(String.init).joined(separator: " x "))"
        : "\(shape.features) feature\(shape.features == 1 ? "" : "s")")
    switch shape.target {
    case .classes(let names): words.append("\(names.count) classes")
    case .values(let names): words.append("a number to predict (\(names.joined(separator: ", ")))")
    case .none: words.append("nothing to predict")
    }
    return printable(words.joined(separator: ", ")) + "\n"
  }

  /// Rows of every part, and of every class in it.
  public var partTable: Table {
    let classes = summary.shape.classNames ?? []
    var columns = [Table.Column("part"), Table.Column("rows")]
    columns += classes.map { Table.Column("class \($0)") }
    let hasTarget = summary.parts.contains { $0.target != nil }
    if hasTarget {
      columns += ["target min", "target max", "target mean", "target std"].map { Table.Column($0) }
    }
    var table = Table(columns)
    for part in summary.parts {
      var cells = [Table.Cell.words(part.name), Table.Cell(.integer(part.rows))]
      cells += part.classCounts.map { Table.Cell(.integer($0)) }
      if hasTarget { cells += Self.cells(part.target) }
      table.append(cells)
    }
    return table
  }

  /// The training rows' columns before and after normalisation.
  public var columnTable: Table {
    let names = ["min", "max", "mean", "std"]
    var table = Table(
      [Table.Column("column")] + names.map { Table.Column($0) }
        + names.map { Table.Column("normalized \($0)") })
    for column in summary.columns {
      table.append([.words(column.name)] + Self.cells(column.before) + Self.cells(column.after))
    }
    return table
  }

  private static func cells(_ statistics: ColumnStatistics?) -> [Table.Cell] {
    guard let statistics else { return [.empty, .empty, .empty, .empty] }
    return [statistics.minimum, statistics.maximum, statistics.mean, statistics.deviation].map {
      Table.Cell(.number($0), text: SeedStatistics.text($0))
    }
  }
}
