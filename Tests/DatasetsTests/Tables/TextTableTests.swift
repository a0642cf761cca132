import Datasets
import Foundation
import Testing

@Suite struct CSVTableTests {
  private struct Oddities: Decodable {
    let text: String
    let rows: [[String]]
  }

  private func table(_ text: String) throws -> CSVTable {
    try CSVTable(FileBytes(path: "d.csv", data: Data(text.utf8)))
  }

  private func refusal(_ text: String) throws -> DataError {
    try #require(throws: DataError.self) { try table(text) }
  }

  @Test func quotesLineEndsAndMarksAreReadAsPythonDoes() throws {
    let wanted = try Fixture.json("oddities.json", as: Oddities.self)
    let table = try table(wanted.text)
    #expect(table.columnNames == wanted.rows[0])
    #expect(table.rows == wanted.rows.count - 1)
    for row in 0..<table.rows {
      for column in 0..<4 {
        #expect(table.text(row: row, column: column) == wanted.rows[row + 1][column])
      }
    }
    #expect(try table.numbers([3, 2]) == [3, 2, 0.5, -1e-3, 4, 1e2, 6, 5])
    // Line 1 names, 2 empty, 3 a, 4 and 5 b, 6 ü, 7 d.
    #expect(table.place(row: 1, column: 1) == "d.csv:5:4")
    #expect(table.place(row: 2, column: 1) == "d.csv:6:5")
    #expect(table.place(row: 3, column: 3) == "d.csv:7:8")
  }

  @Test(arguments: [
    ("", "d.csv: the file is empty"),
    ("\n\r\n\n", "d.csv: the file is empty"),
    ("\u{FEFF}", "d.csv: the file is empty"),
    ("a,b\n", "d.csv: the file has names but no rows below them"),
    ("a,b\n1,2\n3\n", "d.csv:3:1: this row has 1 field, the first line names 2 columns"),
    ("a,b\n1,2\n\n3,4,5\n", "d.csv:4:1: this row has 3 fields, the first line names 2 columns"),
    ("a,b,a\n1,2,3\n", "d.csv:1:5: two columns are called 'a'"),
    ("a,,\n1,2,3\n", "d.csv:1:4: two columns have no name"),
    ("a,b\n1,\"2\n3,4\n", "d.csv:2:3: the quote that opens here is not closed"),
    (
      "a,b\n\"1\"x,2\n",
      "d.csv:2:4: a comma or the end of the line must follow the closing quote"
    ),
    ("a\u{0},b\n1,2\n", "d.csv: the file is not text"),
  ])
  func whatIsNoTableIsRefusedWithItsPlace(text: String, message: String) throws {
    #expect(try refusal(text).text == message)
  }

  @Test func waysOutAreSaid() throws {
    #expect(try refusal("a,a\n1,2\n").hint == "Give every column a name of its own.")
    #expect(try refusal("a\n\"1\"x\n").hint == "A quote within a quoted field is written twice.")
    func hint(_ cell: String) throws -> String {
      let table = try table("a,b\n1,\(cell)\n")
      return try #require(throws: DataError.self) { try table.numbers([1]) }.hint
    }
    #expect(
      try hint("") == "Fill it in, remove the row, or leave the column out of features.")
    #expect(
      try hint("red") == "Encode the words as numbers, or leave the column out of features.")
    #expect(try hint("inf") == "")
    let long = try table("a\n" + String(repeating: "x", count: 41) + "\n")
    let error = try #require(throws: DataError.self) { try long.numbers([0]) }
    #expect(
      error.text
        == "d.csv:2:1: column 'a' needs a number, found '\(String(repeating: "x", count: 40))...'")
  }

  @Test func tabsBlanksAndQuotesWithinAreText() throws {
    let table = try table("a\t, b ,c\r\n x y ,5'2\",\" , \"\r\n1,\t2\t,3")
    #expect(table.columnNames == ["a", "b", "c"])
    #expect((0..<3).map { table.text(row: 0, column: $0) } == ["x y", "5'2\"", " , "])
    #expect(table.texts(1) == ["5'2\"", "2"] && table.rows == 2)
    #expect(table.column(named: "b") == 1 && table.column(named: "d") == nil)
    #expect(table.place(row: 1, column: 1) == "d.csv:3:4")
  }

  @Test func otherEncodingsAreNamed() throws {
    let utf16 = FileBytes(path: "d.csv", data: Data([0xFF, 0xFE, 0x61, 0]))
    let packed = FileBytes(path: "d.csv", data: Data([0x1F, 0x8B, 8, 0]))
    let other = FileBytes(path: "d.csv", data: Data([0xFE, 0xFF, 0, 0x61]))
    #expect(
      try #require(throws: DataError.self) { try CSVTable(other) }.description
        == "d.csv: the file is UTF-16\nSave it as UTF-8.")
    #expect(
      try #require(throws: DataError.self) { try CSVTable(utf16) }.text
        == "d.csv: the file is UTF-16")
    #expect(
      try #require(throws: DataError.self) { try CSVTable(packed) }.text
        == "d.csv: the file is compressed")
  }

  @Test(arguments: [
    ("1,", "d.csv:3:3: column 'b' has no value here"),
    ("1,\"\"", "d.csv:3:3: column 'b' has no value here"),
    (
      "1,nan", "d.csv:3:3: column 'b' needs a finite number in single precision, found 'nan'"
    ),
    (
      "1,-1e39", "d.csv:3:3: column 'b' needs a finite number in single precision, found '-1e39'"
    ),
    ("ü, red", "d.csv:3:1: column 'a' needs a number, found 'ü'"),
    ("1, red", "d.csv:3:4: column 'b' needs a number, found 'red'"),
  ])
  func aCellThatIsNoNumberIsNamed(row: String, message: String) throws {
    let table = try table("a,b\n1,2\n\(row)\nx,y\n")
    let error = try #require(throws: DataError.self) { try table.numbers([0, 1]) }
    #expect(error.text == message)
  }
}
