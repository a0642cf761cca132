import Foundation

/// A file of comma-separated values with a line of names at its head.
///
/// The file is checked once as a whole (quotes, equal rows, names); cells are read as numbers or
/// text column by column, so that an error names the line and column it stands at. Our own reader
/// rather than a library's, because those at hand neither give the place of a cell nor read a
/// million rows in a second.
public struct CSVTable: Sendable {
  /// The file's path, as errors name it.
  public let path: String
  /// The names of the columns in their order.
  public let columnNames: [String]
  /// Rows below the names; empty lines do not count.
  public var rows: Int { rowStarts.count }

  private let file: FileBytes
  private let rowStarts: [Int]
  private let rowLines: [Int32]

  /// Reads a file and checks its form.
  ///
  /// - Parameter setting: the key of the experiment file that names it, for errors.
  public init(reading path: String, setting: String = "path") throws(DataError) {
    try self.init(FileBytes(reading: path, setting: setting))
  }

  package init(_ file: FileBytes) throws(DataError) {
    self.file = file
    path = file.path
    let outline = try CSVOutline(file)
    columnNames = outline.columnNames
    rowStarts = outline.rowStarts
    rowLines = outline.rowLines
  }

  /// The place of a column of this name.
  public func column(named name: String) -> Int? { columnNames.firstIndex(of: name) }

  /// SHA-256 of the file's bytes.
  package var digest: String { file.digest }

  /// `file:line:column` of a cell, both from 1, the column in characters.
  public func place(row: Int, column: Int) -> String {
    file.data.withUnsafeBytes { bytes in
      var scanner = CSVScanner(bytes, at: rowStarts[row], line: Int(rowLines[row]))
      var place = scanner.position
      for _ in 0...column { place = (try? scanner.field())?.place ?? place }
      return CSVOutline.place(of: place, in: file)
    }
  }

  /// The text of a cell, without the quotes around it.
  public func text(row: Int, column: Int) -> String {
    var result = ""
    forEachCell(of: [column], rows: row..<row + 1) { _, _, cell in result = cell.text }
    return result
  }

  /// The cells of a column as text.
  public func texts(_ column: Int) -> [String] {
    var result: [String] = []
    result.reserveCapacity(rows)
    forEachCell(of: [column], rows: 0..<rows) { _, _, cell in result.append(cell.text) }
    return result
  }

  /// The cells of some columns as finite numbers, row after row.
  ///
  /// - Throws: an error that names the first cell that is empty, a word or not finite.
  public func numbers(_ columns: [Int]) throws(DataError) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows * columns.count)
    var wrong: (row: Int, column: Int, cell: Cell)?
    forEachCell(of: columns, rows: 0..<rows) { row, slot, cell in
      if case .finite(let value) = cell.number {
        result.append(value)
      } else if wrong == nil {
        wrong = (row, columns[slot], cell)
      }
    }
    if let wrong { throw problem(row: wrong.row, column: wrong.column, cell: wrong.cell) }
    return result
  }

  private func problem(row: Int, column: Int, cell: Cell) -> DataError {
    let name = columnNames[column]
    let place = place(row: row, column: column)
    switch cell.number {
    case .empty:
      return DataError(
        place: place, "column '\(name)' has no value here",
        hint: "Fill it in, remove the row, or leave the column out of features.")
    case .notFinite:
      return DataError(
        place: place,
        "column '\(name)' needs a finite number in single precision, found "
          + "'\(cell.shortText)'")
    default:
      return DataError(
        place: place, "column '\(name)' needs a number, found '\(cell.shortText)'",
        hint: "Encode the words as numbers, or leave the column out of features.")
    }
  }
}

extension CSVTable {
  /// One cell in the file's bytes; valid while they are being visited.
  struct Cell {
    let bytes: UnsafeRawBufferPointer.SubSequence
    let hasQuotes: Bool

    var number: DecimalNumber { DecimalNumber(bytes) }

    var text: String {
      let text = String(decoding: bytes, as: UTF8.self)
      return hasQuotes ? text.replacingOccurrences(of: "\"\"", with: "\"") : text
    }

    /// The text for a message.
    var shortText: String { text.count > 40 ? text.prefix(40) + "..." : text }
  }

  /// Visits the cells of `columns`, row by row and within a row in the order of `columns`.
  func forEachCell(
    of columns: [Int], rows: Range<Int>, _ body: (_ row: Int, _ slot: Int, _ cell: Cell) -> Void
  ) {
    file.data.withUnsafeBytes { bytes in
      let last = columns.max() ?? 0
      var fields = [CSVScanner.Field](
        repeating: CSVScanner.Field(start: 0, end: 0, place: 0), count: last + 1)
      for row in rows {
        var scanner = CSVScanner(bytes, at: rowStarts[row], line: 0)
        for column in 0...last {
          // The form was checked when the table was made.
          guard let field = try? scanner.field() else { return }
          fields[column] = field
        }
        for (slot, column) in columns.enumerated() {
          let field = fields[column]
          body(row, slot, Cell(bytes: bytes[field.start..<field.end], hasQuotes: field.hasQuotes))
        }
      }
    }
  }
}
