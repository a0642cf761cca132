import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// Marks between thousands, quotes around everything, and lines that are none of the table.
@Suite struct NumberMarksTests {
  private func table(_ text: String, wanted: [String] = []) throws -> TextTable {
    try TextTable(FileBytes(path: "d.csv", data: Data(text.utf8)), wanted: wanted)
  }

  /// The first column as numbers, where it has nothing else.
  private func numbers(_ table: TextTable) throws -> [Double]? {
    let cells = try table.cells([0])
    guard case .numbers(let slot, _) = cells.columns[0] else { return nil }
    return (0..<cells.rows).map { cells.numbers[$0 * cells.numbersPerRow + slot] }
  }

  @Test(arguments: [
    ("1'234'567.5;a\n900.25;b\n-12'000;c\n", "apostrophes stand between thousands"),
    ("1 234 567.5;a\n900.25;b\n-12 000;c\n", "spaces stand between thousands"),
    ("1\u{A0}234\u{A0}567,5;a\n900,25;b\n-12\u{A0}000;c\n", "spaces stand between thousands"),
    ("1\u{202F}234\u{202F}567,5;a\n900,25;b\n-12\u{202F}000;c\n", "spaces stand between thousands"),
  ]) func thousandsMayBePartedBySpacesAndApostrophes(rows: String, found: String) throws {
    let table = try table("n;k\n" + rows)
    #expect(try numbers(table) == [1_234_567.5, 900.25, -12_000])
    #expect(table.found.contains(found))
  }

  /// What only looks like it is text: groups of other lengths, a zero before them, letters beside them.
  @Test(arguments: ["12 34", "0'123", "1 234 5", "1'234'56", "1 234 a", "123 4567", "'123"])
  func wordsStayWords(cell: String) throws {
    let table = try table("n;k\n\(cell);a\n\(cell);b\n")
    #expect(try numbers(table) == nil && table.found.count == 1)
  }

  @Test func everyFieldMayBeQuoted() throws {
    for mark in [",", ";", "\t", "|"] {
      let text = [["n", "k"], ["1.5", "a"], ["2", "b"]].map { row in
        row.map { "\"\($0)\"" }.joined(separator: mark)
      }.joined(separator: "\n")
      let table = try table(text, wanted: ["k"])
      #expect(table.columnNames == ["n", "k"])
      #expect(try numbers(table) == [1.5, 2])
    }
  }

  @Test func aTitleAboveTheTableIsTold() throws {
    let path = try Fixture.file("Report 2020\n\na,b,y\n1,2,p\n3,4,q\n")
    let error = try refusal("csv", ["path": .text(path), "target": .text("y")])
    #expect(error.message == "\(path) has no column 'y'")
    #expect(
      error.hint == "Where the table begins further down, leave the lines above it out: skip: 2.")
  }

  @Test func aNumberOfManyDigitsIsNotRepeatedInTheCure() throws {
    let digits = String(repeating: "1", count: 5000)
    let path = try Fixture.file("a,b,y\n\(digits),1,p\n2,2,q\n")
    let error = try refusal("csv", ["path": .text(path), "target": .text("y")])
    #expect(error.hint == "These lines under data make the file usable:\n  drop: [a]")
    #expect(error.message.utf8.count < 300)
  }

  @Test func filesOfOtherKindsGetTheirLine() throws {
    func error(_ data: Data, _ name: String) throws -> DataError {
      try refusal(
        "csv", ["path": .text(Fixture.file(data, named: name)), "target": .text("y")])
    }
    let text = "a,y\n1,p\n2,q\n"
    for (encoding, order) in [
      (String.Encoding.utf16LittleEndian, "UTF-16LE"), (.utf16BigEndian, "UTF-16BE"),
    ] {
      let hint = try error(#require(text.data(using: encoding)), "t.csv").hint
      #expect(hint.contains("iconv -f \(order) -t UTF-8 "))
    }
    #expect(
      try error(Data("[\n  {\n    \"a\": 1,\n    \"y\": \"p\"\n  }\n]".utf8), "t.json").hint
        .contains("pandas.read_json("))
    #expect(try error(Data([0x80, 4, 0x95, 1, 0]), "t.pkl").hint.contains("pandas.read_pickle("))
    #expect(
      try error(Data("<!DOCTYPE html><html></html>".utf8), "t.csv").message
        == "the file is a web page, not the table itself")
    let archive = try Data(contentsOf: Fixture.folder.appendingPathComponent("rows.npz"))
    #expect(try error(archive, "t.npz").hint.hasPrefix("Write source: npz,"))
  }
}
