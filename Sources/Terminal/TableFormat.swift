public import Tracking

/// How a list is printed.
public enum TableFormat: String, Hashable, Sendable, CaseIterable {
  /// Aligned columns for people.
  case table
  /// An array of objects; hidden characters are written `\uXXXX`.
  case json
  /// RFC 4180, with a header; every text as it is.
  case csv
}

extension Table {
  /// The table as text that ends in a line break.
  public func text(_ format: TableFormat) -> String {
    switch format {
    case .table: aligned()
    case .json: json()
    case .csv: csv()
    }
  }

  private func aligned() -> String {
    let texts = rows.map { row in row.map { printable($0.text) } }
    let widths = columns.indices.map { index in
      texts.reduce(displayWidth(of: printable(columns[index].name))) {
        max($0, displayWidth(of: $1[index]))
      }
    }
    let right = columns.indices.map { index in
      rows.contains { $0[index].isRightAligned }
    }
    func line(_ cells: [String]) -> String {
      var line = ""
      for (index, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[index] - displayWidth(of: cell))
        if index > 0 { line += "  " }
        line += right[index] ? padding + cell : cell + padding
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    return line(columns.map { printable($0.name) }) + texts.map(line).joined()
  }

  private func json() -> String {
    if rows.isEmpty { return "[]\n" }
    let objects = rows.map { row in
      let fields = zip(columns, row).flatMap { column, cell in
        zip(column.names, cell.values(for: column)).map { name, value in
          "\(ParameterValue.json(name)): \(value.json)"
        }
      }
      return "  {" + fields.joined(separator: ", ") + "}"
    }
    return HiddenCharacters.escapedInJSON("[\n" + objects.joined(separator: ",\n") + "\n]\n")
  }

  /// The rows as objects under the columns' names for programs.
  public var rowObjects: JSONValue {
    .list(
      rows.map { row in
        .object(
          zip(columns, row).flatMap { column, cell in
            zip(column.names, cell.values(for: column)).map { ($0, JSONValue($1)) }
          })
      })
  }

  private func csv() -> String {
    let header = columns.flatMap(\.names).map(csvField).joined(separator: ",")
    let lines = rows.map { row in
      zip(columns, row).flatMap { column, cell in
        cell.values(for: column).map(csvField)
      }.joined(separator: ",")
    }
    return ([header] + lines).map { $0 + "\r\n" }.joined()
  }
}
