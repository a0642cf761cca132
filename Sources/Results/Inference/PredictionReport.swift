import RunStorage
public import Terminal
import Tracking

/// What networks say about rows, for people and for programs: `labbook predict`.
public struct PredictionReport {
  /// What was asked, for programs: a run or a sweep.
  package let subject: (key: String, name: String)
  /// A row a prediction.
  public let table: Table
  /// Names and values of what was measured against the targets; empty without them.
  public let metrics: [(name: String, value: Double)]
  /// Empty where there are no classes or no targets; named where there are several.
  public let confusions: [(name: String, matrix: ConfusionMatrix)]

  /// The most rows that people get to see.
  package static let mostRows = 20

  /// The predictions as text that ends in a line break, for people in at most so many columns.
  public func text(_ format: TableFormat, within width: Int? = nil) -> String {
    switch format {
    case .table: shortTable(width) + (summary.isEmpty ? "" : "\n" + summary)
    case .csv: table.text(.csv)
    case .json: json
    }
  }

  private func shortTable(_ width: Int?) -> String {
    let rest = table.rows.count - Self.mostRows
    let shown = table.page(offset: 0, limit: Self.mostRows)
      .text(within: width, otherwise: "--format csv has all")
    return rest > 0
      ? shown + "... and \(Quantity.count(rest)) more rows: --format csv prints all\n" : shown
  }

  /// What was measured, as text for people; empty without targets.
  public var summary: String {
    var blocks: [String] = []
    if !metrics.isEmpty {
      var table = Table([Table.Column("metric"), Table.Column("value")])
      for metric in metrics {
        table.append([
          .words(metric.name),
          Table.Cell(.number(metric.value), text: SeedStatistics.text(metric.value)),
        ])
      }
      blocks.append(table.text(.table))
    }
    for confusion in confusions {
      let title = confusion.name.isEmpty ? "" : printable(confusion.name) + "\n"
      blocks.append(title + confusion.matrix.table.text(.table))
    }
    return blocks.joined(separator: "\n")
  }

  private var json: String {
    var fields = [
      "\(ParameterValue.json(subject.key)): \(ParameterValue.json(subject.name))",
      "\"rows\": " + table.text(.json).dropLast(),
    ]
    if !metrics.isEmpty {
      let pairs = metrics.map { metric in
        let value = metric.value.isNaN ? "null" : ParameterValue.number(metric.value).json
        return "\(ParameterValue.json(metric.name)): \(value)"
      }
      fields.append("\"metrics\": {" + pairs.joined(separator: ", ") + "}")
    }
    if let only = confusions.first, confusions.count == 1 {
      fields.append("\"confusion\": " + only.matrix.json)
    } else if !confusions.isEmpty {
      let pairs = confusions.map { "\(ParameterValue.json($0.name)): \($0.matrix.json)" }
      fields.append("\"confusion\": {" + pairs.joined(separator: ", ") + "}")
    }
    return HiddenCharacters.escapedInJSON("{" + fields.joined(separator: ",\n") + "}\n")
  }
}
