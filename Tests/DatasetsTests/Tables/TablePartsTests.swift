import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// Tables of several megabytes, which are read in parts side by side: what is read is what was written.
@Suite struct TablePartsTests {
  /// Numbers whose values say where they stand: row r, column c is r + c / 8, which is exact.
  private func value(_ row: Int, _ column: Int) -> Double { Double(row) + Double(column) / 8 }

  private func table(_ text: String) throws -> TextTable {
    try TextTable(FileBytes(path: "t.csv", data: Data(text.utf8)))
  }

  private func rows(_ count: Int, _ last: (Int) -> String) -> [String] {
    (0..<count).map { "\(value($0, 0)),\(value($0, 1)),\(last($0))" }
  }

  private func expect(_ cells: TableCells, rows: Int, words: (Int) -> String) throws {
    #expect(cells.rows == rows)
    guard case .numbers(let first, 0) = cells.columns[0],
      case .numbers(let second, 0) = cells.columns[1], case .words(let column) = cells.columns[2]
    else {
      Issue.record("columns are of other kinds")
      return
    }
    var wrong = 0
    for row in 0..<rows {
      let start = row * cells.numbersPerRow
      let word = column.codes[row] < 0 ? "" : column.names[Int(column.codes[row])]
      if cells.numbers[start + first] != value(row, 0)
        || cells.numbers[start + second] != value(row, 1) || word != words(row)
      {
        wrong += 1
      }
    }
    #expect(wrong == 0)
  }

  private let count = 60_000

  @Test(arguments: ["\n", "\r\n", "\r"]) func everyRowIsReadOnce(end: String) throws {
    let words = { (row: Int) in
      "word\(row % 700) \(row % 3 == 0 ? "with a long tail of letters" : "")"
    }
    let text = (["a,b,c"] + rows(count, words)).joined(separator: end)
    #expect(text.utf8.count > 2 << 20)
    let table = try table(text)
    let cells = try table.cells([0, 1, 2])
    try expect(cells, rows: count) { words($0).trimmingCharacters(in: .whitespaces) }
    #expect(table.digest == SHA256Digest.hex(of: text))
  }

  /// Wherever a part begins, it begins within quotes that hold lines which look like rows.
  @Test func linesWithinQuotesAreNoRows() throws {
    let inner = (0..<400).map { "\($0),\($0),\"\"x\"\"" }.joined(separator: "\n")
    let word = inner.replacingOccurrences(of: "\"\"", with: "\"")
    let text = (["a,b,c"] + rows(900) { _ in "\"\(inner)\"" }).joined(separator: "\n") + "\n"
    #expect(text.utf8.count > 4 << 20)
    let cells = try table(text).cells([0, 1, 2])
    try expect(cells, rows: 900) { _ in word }
  }

  /// One field that is longer than several parts.
  @Test func aFieldMayBeLongerThanAPart() throws {
    let long = String(repeating: "1,2,3\n", count: 700_000)
    let text = "a,b,c\n0.0,0.125,x\n1.0,1.125,\"\(long)\"\n2.0,2.125,y\n"
    let cells = try table(text).cells([0, 1, 2])
    try expect(cells, rows: 3) { ["x", String(long), "y"][$0] }
  }

  @Test func emptyLinesBetweenPartsAreNoRows() throws {
    let gap = String(repeating: "\n", count: 1_500_000)
    let text = "a,b,c\n" + rows(50) { "w\($0)" }.joined(separator: "\n" + gap.prefix(60_000))
    let cells = try table(text).cells([0, 1, 2])
    try expect(cells, rows: 50) { "w\($0)" }
    let far = "a,b,c\n0.0,0.125,x\n" + gap + gap + "1.0,1.125,y\n" + gap
    try expect(table(far).cells([0, 1, 2]), rows: 2) { ["x", "y"][$0] }
  }

  /// Words in the last row alone turn the column, and rows that lack a value are counted in all parts.
  @Test func oneWordTurnsAColumnWhereverItStands() throws {
    let head = "a,b,c\n" + rows(count) { $0 % 1000 == 0 ? "NA" : "\($0)" }.joined(separator: "\n")
    let numbers = try table(head + "\n").cells([2])
    guard case .numbers(_, let missing) = numbers.columns[2] else {
      Issue.record("the column has words")
      return
    }
    #expect(missing == count / 1000)
    let words = try table(head + "\n7.0,7.125,last\n").cells([0, 1, 2])
    guard case .words(let column) = words.columns[2] else {
      Issue.record("the column has no words")
      return
    }
    #expect(column.names.count == count - count / 1000 + 1 && column.codes.count == count + 1)
    #expect(column.codes.count { $0 < 0 } == count / 1000)
    #expect(column.names[Int(column.codes[count])] == "last")
  }

  /// The error is that of the first wrong row, also where a later part has another one.
  @Test func theFirstWrongRowIsTold() throws {
    var lines = ["a,b,c"] + rows(count) { "w\($0)" }
    lines[40_000] = "1,2"
    lines[55_000] = "1,\"2\"x,3"
    let two = try #require(throws: DataError.self) {
      try table(lines.joined(separator: "\n")).cells([0])
    }
    #expect(two.place == "t.csv:40001:1" && two.message.hasPrefix("this row has 2 fields"))
    lines[40_000] = lines[40_002]
    let quote = try #require(throws: DataError.self) {
      try table(lines.joined(separator: "\n")).cells([0])
    }
    #expect(quote.place == "t.csv:55001:6")
    lines[55_000] = "1,2,\"open"
    let open = try #require(throws: DataError.self) {
      try table(lines.joined(separator: "\n")).cells([0])
    }
    #expect(open.message == "the quote that opens here is not closed")
    #expect(open.place == "t.csv:55001:5")
  }
}
