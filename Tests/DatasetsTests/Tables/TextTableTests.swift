import Datasets
import Foundation
import TensorKernels
import Testing

@Suite struct TextTableTests {
  private struct Oddities: Decodable {
    let text: String
    let rows: [[String]]
  }

  /// A table with what pandas reads from it.
  private struct Form: Decodable {
    let text: String?
    let base64: String?
    let rows: [[Double]]
  }

  private struct Forms: Decodable { let forms: [String: Form] }

  private func table(_ text: String, wanted: [String] = []) throws -> TextTable {
    try TextTable(FileBytes(path: "d.csv", data: Data(text.utf8)), wanted: wanted)
  }

  private func texts(_ table: TextTable) throws -> [[String]] {
    let all = Array(table.columnNames.indices)
    let cells = try table.cells(all, asWords: Set(all))
    return (0..<cells.rows).map { row in
      all.map { column in
        guard case .words(let words) = cells.columns[column] else { return "" }
        return words.codes[row] < 0 ? "" : words.names[Int(words.codes[row])]
      }
    }
  }

  private func numbers(_ table: TextTable) throws -> [[Double]] {
    let all = Array(table.columnNames.indices)
    let cells = try table.cells(all)
    return (0..<cells.rows).map { row in
      all.map { column in
        guard case .numbers(let slot, _) = cells.columns[column] else { return .infinity }
        return cells.numbers[row * cells.numbersPerRow + slot]
      }
    }
  }

  private func refusal(_ text: String, wanted: [String] = []) throws -> DataError {
    try #require(throws: DataError.self) {
      let table = try table(text, wanted: wanted)
      _ = try table.cells(Array(table.columnNames.indices))
    }
  }

  @Test func quotesLineEndsAndMarksAreReadAsPythonDoes() throws {
    let wanted = try Fixture.json("oddities.json", as: Oddities.self)
    let table = try table(wanted.text)
    #expect(table.columnNames == wanted.rows[0])
    #expect(try texts(table) == Array(wanted.rows.dropFirst()))
    let cells = try table.cells([3, 2])
    #expect(cells.rows == wanted.rows.count - 1)
    #expect(Array(cells.numbers.elements.prefix(8)) == [3, 2, 0.5, -1e-3, 4, 1e2, 6, 5])
    // Line 1 names, 2 empty, 3 a, 4 and 5 b, 6 ü, 7 d.
    #expect(table.place(row: 1, column: 1) == "d.csv:5:4")
    #expect(table.place(row: 2, column: 1) == "d.csv:6:5")
    #expect(table.place(row: 3, column: 3) == "d.csv:7:8")
  }

  @Test func everyFormIsFoundAndReadAsPandasReadsItWhenTold() throws {
    let forms = try Fixture.json("tables.json", as: Forms.self).forms
    #expect(forms.count == 11)
    for (name, form) in forms {
      let data = form.base64.flatMap { Data(base64Encoded: $0) } ?? Data((form.text ?? "").utf8)
      let table = try TextTable(FileBytes(path: "d.csv", data: data), wanted: ["y"])
      #expect(table.columnNames == ["a", "b", "y"], "\(name)")
      #expect(try numbers(table) == form.rows, "\(name)")
      #expect(table.found.isEmpty == (name == "plain"), "\(name): \(table.found)")
    }
  }

  @Test(arguments: [
    ("", "d.csv: the file is empty"),
    ("\n\r\n\n", "d.csv: the file is empty"),
    ("\u{FEFF}", "d.csv: the file is empty"),
    ("a,b\n", "d.csv: the file has names but no rows below them"),
    ("a,b\n1,2\n3\n", "d.csv:3:1: this row has 1 field, the first line names 2 columns"),
    ("a,b\n1,2\n\n3,4,5\n", "d.csv:4:1: this row has 3 fields, the first line names 2 columns"),
    ("a,b,a\n1,2,3\n", "d.csv:1:5: two columns are called 'a'"),
    ("a,b\n1,\"2\n3,4\n", "d.csv:2:3: the quote that opens here is not closed"),
    (
      "a,b\n\"1\"x,2\n",
      "d.csv:2:4: a separator or the end of the line must follow the closing quote"
    ),
    ("a\u{0},b\n1,2\n", "d.csv: the file is not text"),
  ])
  func whatIsNoTableIsRefusedWithItsPlace(text: String, message: String) throws {
    #expect(try refusal(text).text == message)
  }

  @Test func waysOutAreSaid() throws {
    #expect(try refusal("a,a\n1,2\n").hint.hasPrefix("Give every column a name of its own"))
    #expect(try refusal("a\n\"1\"x\n").hint == "A quote within a quoted field is written twice.")
    let footer = try refusal("a,b\n1,2\n3,4\nTotal: 2 rows\n")
    #expect(footer.text == "d.csv:4:1: this row has 1 field, the first line names 2 columns")
    #expect(footer.hint.contains("sed -i 4d FILE") && footer.hint.contains("comment:"))
    let title = try refusal("Report of 2020\n\na,b,y\n1,2,3\n4,5,6\n")
    #expect(
      title.hint == "Where the table begins further down, leave the lines above it out: skip: 2.")
    let named = try refusal("a,b\nr1,1,2\nr2,3,4\n")
    #expect(named.hint.hasSuffix("usable:\n  skip: 1\n  names: [row, a, b]"))
  }

  @Test func tabsBlanksAndQuotesWithinAreText() throws {
    let table = try table("a\t, b ,c\r\n x y ,5'2\",\" , \"\r\n1,\t2\t,3")
    #expect(table.columnNames == ["a", "b", "c"])
    #expect(try texts(table) == [["x y", "5'2\"", " , "], ["1", "2", "3"]])
    #expect(table.column(named: "b") == 1 && table.column(named: "d") == nil)
    #expect(table.place(row: 1, column: 1) == "d.csv:3:4")
  }

  @Test func columnsWithoutANameAreCalledByTheirPlace() throws {
    #expect(try table(",a,\n1,2,3\n").columnNames == ["c1", "a", "c3"])
  }

  /// Blanks part rows that another sign parts too, where it does not part all of them alike.
  @Test func blanksPartWhatTabsPartUnevenly() throws {
    let body = (1...9).map { "\($0)   2.5  \($0 * 7)   3 4\t\"a name\"" }.joined(separator: "\n")
    let table = try table("a\tb c\td\te\tname\n" + body)
    #expect(table.columnNames == ["a", "b", "c", "d", "e", "name"])
    #expect(try texts(table)[8] == ["9", "2.5", "63", "3", "4", "a name"])
  }

  // MARK: Which line names the columns

  @Test func theTargetsNameMakesAHeader() throws {
    #expect(try table("1,y\n2,3\n", wanted: ["y"]).columnNames == ["1", "y"])
    let row = try refusal("5.1,3.5,Iris-setosa\n4.9,3.0,Iris-virginica\n", wanted: ["kind"])
    #expect(row.message.contains("does not name 'kind'") && row.hint.contains("header: false"))
    #expect(row.hint.contains("c1 to c3") && row.hint.contains("names: [...]"))
    // The target was named by the first row of a file without a header.
    let named = try refusal(
      "5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n6,3,Iris-virginica\n", wanted: ["Iris-setosa"])
    #expect(named.message.contains("is a value of the column in other rows too"))
    #expect(named.hint.contains("header: false") && named.hint.contains("header: true"))
    let open = try refusal("1,2\n3,4\n")
    #expect(open.message.contains("it is open whether it names the columns"))
  }

  // MARK: Marks within numbers

  @Test func whatMayBeEitherIsAsked() throws {
    let open = try refusal("a;y\n1,234;1,5x\n2,345;2\n", wanted: ["y"])
    #expect(open.message == "'2,345' may be a decimal fraction or thousands")
    #expect(open.hint == "Write decimal: \",\" or thousands: \",\" under data.")
    #expect(
      try numbers(table("a;y\n0,234;1\n2,345;2\n", wanted: ["y"])) == [[0.234, 1], [2.345, 2]])
    #expect(
      try numbers(table("a;y\n1,234,567;0.5\n2,345;2\n", wanted: ["y"]))
        == [[1_234_567, 0.5], [2345, 2]])
  }

  // MARK: Letters

  private func bytes(_ text: [UInt8]) -> FileBytes { FileBytes(path: "d.csv", data: Data(text)) }

  @Test func lettersOfOtherEncodingsAreFoundOrRefused() throws {
    let latin = try TextTable(bytes(Array("a,y\n1,caf".utf8) + [0xE9, 10]), wanted: ["y"])
    #expect(try texts(latin) == [["1", "café"]] && latin.found == ["letters are latin-1"])
    let windows = try TextTable(bytes(Array("a,y\n1,".utf8) + [0x80, 10]), wanted: ["y"])
    #expect(try texts(windows) == [["1", "€"]] && windows.found == ["letters are windows-1252"])
    let mixed = try #require(throws: DataError.self) {
      try TextTable(bytes(Array("a,ü\n1,caf".utf8) + [0xE9, 10]))
    }
    #expect(
      mixed.text
        == "d.csv:2:6: the byte E9 is no letter of utf-8, though others before or after it are")
    #expect(mixed.setting == "encoding" && mixed.hint.contains("encoding: latin-1"))
    let none = try #require(throws: DataError.self) { try TextTable(bytes([97, 10, 0x81, 10])) }
    #expect(none.text == "d.csv:2:1: the byte 81 is no letter of windows-1252")
  }

  // MARK: Files of other formats

  @Test(arguments: [
    ("PAR1....", "Parquet", "pandas.read_parquet"),
    ("ARROW1..", "Feather", "read_feather"),
    ("MATLAB 5.0 MAT-file", "a MATLAB file", "scipy.io.loadmat"),
    ("@relation iris\n@data\n", "ARFF", "arff.loadarff"),
    ("% x\n@RELATION iris\n", "ARFF", "arff.loadarff"),
    ("{\"a\": 1}\n{\"a\": 2}\n", "JSON lines", "read_json('d.csv', lines=True)"),
    ("\u{FD}", "", ""),
  ])
  func foreignFormatsGetTheLineThatTurnsThem(text: String, name: String, command: String) throws {
    if name.isEmpty { return }
    let error = try refusal(text)
    #expect(error.text == "d.csv: the file is \(name), which is not read")
    #expect(error.hint.contains(command))
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], "UTF-16", "iconv -f UTF-16 -t UTF-8 d.csv > d-utf8.csv"),
      ([0xFE, 0xFF, 0, 0x61], "UTF-16", "iconv -f UTF-16 -t UTF-8 d.csv > d-utf8.csv"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1], "packed by xz", "xz -dc d.csv > d-utf8.csv"),
    ] as [([UInt8], String, String)])
  func packedAndWideTextToo(start: [UInt8], name: String, command: String) throws {
    let error = try #require(throws: DataError.self) { try TextTable(bytes(start)) }
    #expect(error.text == "d.csv: the file is \(name), which is not read")
    #expect(error.hint.hasSuffix(command))
  }

  @Test func damagedPackingIsSaid() throws {
    let gzip = try #require(throws: DataError.self) { try TextTable(bytes([0x1F, 0x8B, 8, 0])) }
    #expect(gzip.text == "d.csv: the file is gzip, but it is damaged or cut off")
    let zip = try #require(throws: DataError.self) {
      try TextTable(bytes([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 40)))
    }
    #expect(zip.text == "d.csv: the file is zip, but it is damaged or cut off")
  }

  /// An archive as large ones are written, made by Fixtures/make_zip64.py; and every byte of it changed,
  /// so that what leads elsewhere is damage and nothing else.
  @Test func zipOfLargeFilesIsRead() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("table64.zip")))
    let table = try TextTable(FileBytes(path: "d.csv", data: data))
    #expect(table.columnNames == ["a", "y"] && table.found == ["it is packed by zip"])
    #expect(try table.cells([0, 1]).rows == 2)
    for place in data.indices {
      for change in [UInt8(0x01), 0x80, 0xFF] {
        var other = data
        other[place] ^= change
        _ = try? TextTable(FileBytes(path: "d.csv", data: other))
      }
    }
  }
}
