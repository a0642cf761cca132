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
    case .table: text(within: nil)
    case .json: json()
    case .csv: csv()
    }
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
