import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// Columns whose numbers carry a sign of per cent or of a currency, and numbers that stand for missing
/// values.
@Suite struct SignedNumbersTests {
  private func settings(
    _ text: String, _ more: [String: ParameterValue] = [:]
  ) throws -> [String: ParameterValue] {
    ["path": .text(try Fixture.file(text)), "target": .text("y")].merging(more) { $1 }
  }

  private func table(_ cells: [String], separator: String = ",") -> String {
    "a\(separator)y\n"
      + cells.enumerated().map { "\"\($1)\"\(separator)\($0)\n" }.joined()
  }

  @Test(
    arguments: [
      (["12 %", "3.5%", "-7 %"], [12, 3.5, -7]),
      (["$1,234.50", "$3", "-$2.25", "$-1"], [1234.5, 3, -2.25, -1]),
      (["€ 12,00", "€ 1.234,56", "€ 3,5"], [12, 1234.56, 3.5]),
      (["12,00\u{A0}€", "1\u{202F}234,56 €", "7 €"], [12, 1234.56, 7]),
      (["£5", "+£6", "£.5"], nil),
      (["£5", "£+6", "£.5"], [5, 6, 0.5]),
    ] as [([String], [Float]?)])
  func aColumnOfSignedNumbersIsOneOfNumbers(cells: [String], numbers: [Float]?) throws {
    let data = try prepare("csv", settings(table(cells, separator: ";")))
    #expect((data.train.columnNames == ["a"]) == (numbers != nil))
    if let numbers { #expect(data.train.table == numbers.map { [$0] }) }
  }

  @Test func whatIsLeftOutIsSaidAndCanBeForbidden() throws {
    let file = try settings(table(["12 %", "3 %", "12 %"]))
    let found = try configuration("csv", file)
    let library = DataLibrary()
    #expect(
      try library.remarks(of: found) == [
        "'a' has numbers with %: '12 %' is 12; signs: false takes them for words"
      ])
    #expect(try library.version(of: found) == 3)
    let words = try configuration("csv", file.merging(["signs": .flag(false)]) { $1 })
    #expect(try library.prepare(words).train.columnNames == ["a=12 %", "a=3 %"])
    #expect(try library.version(of: words) == 1)
    let all = try configuration(
      "csv", file.merging(["categories": .mapping(["a": .text("all")])]) { $1 })
    #expect(try library.prepare(all).train.columnNames == ["a=12 %", "a=3 %"])
    #expect(try library.version(of: all) == 1)
  }

  /// Signs of two kinds, or none beside some, are no common unit.
  @Test func onlyAWholeColumnIsTaken() throws {
    let two = try prepare("csv", settings(table(["$5", "€5", "$5"])))
    #expect(two.train.columnNames == ["a=$5", "a=€5"])
    let late = (0..<150).map { "\($0 % 3) %" } + ["half"]
    let words = try prepare("csv", settings(table(late)))
    #expect(words.train.columnNames == ["a=0 %", "a=1 %", "a=2 %", "a=half"])
    let bare = (0..<150).map { "\($0 % 3) %" } + ["7"]
    let error = try #require(throws: DataError.self) { try prepare("csv", settings(table(bare))) }
    #expect(error.text.contains("has numbers, but '0 %' in line 2"))
  }

  @Test func missingCellsAndTargetsToo() throws {
    let text = "a,y\n12 %,$10\nNA,$20\n,$30\n24 %,\n"
    let data = try prepare("csv", settings(text, ["fill": .text("mean")]))
    #expect(data.train.table == [[12], [12], [12]])
    #expect(data.train.values == [10, 20, 30])
    let classes = try prepare(
      "csv", settings(text, ["fill": .text("mean"), "task": .text("classification")]))
    #expect(classes.classNames == ["10", "20", "30"])
  }

  /// The marks of such a column are its own: they change no other.
  @Test func otherColumnsKeepTheirMarks() throws {
    let text = "a;b;y\n€ 1,50;1.5;1\n€ 2,25;2.25;2\n"
    let data = try prepare("csv", settings(text))
    #expect(data.train.table == [[1.5, 1.5], [2.25, 2.25]])
  }

  @Test func rowsThatComeLaterAreReadAlike() throws {
    let configuration = try configuration("csv", settings(table(["12 %", "3 %"])))
    let data = try DataLibrary().prepare(configuration)
    let inputs = RunInputs(data, of: configuration)
    let rows = try inputs.read(Fixture.file("a,b\n50 %,1\n8 %,2\n"))
    #expect(rows.dataset.table == [[50], [8]])
    #expect(try inputs.read(Fixture.file("a,b\n50,1\n8,2\n")).dataset.table == [[50], [8]])
  }

  // MARK: Numbers that stand for missing values

  @Test func aNumberMayStandForAMissingValue() throws {
    let more: [String: ParameterValue] = [
      "missing": .list([.text(""), .integer(-999)]), "fill": .text("mean"),
    ]
    let configuration = try configuration(
      "csv", settings("a,y\n1,2\n-999,3\n3,4\n-999.5,-999\n", more))
    let library = DataLibrary()
    let data = try library.prepare(configuration)
    // The mean of 1 and 3: a row without a target is left out.
    #expect(data.train.table == [[1], [2], [3]] && data.train.values == [2, 3, 4])
    #expect(try library.version(of: configuration) == 3)
    let inputs = RunInputs(data, of: configuration)
    #expect(try inputs.read(Fixture.file("a\n-999\n5\n")).dataset.table == [[2], [5]])
    // What a run of version 0.1.0 kept says nothing of it: there the number was one.
    var json = try #require(
      try JSONSerialization.jsonObject(with: inputs.json) as? [String: Any])
    var reading = try #require(json["reading"] as? [String: Any])
    #expect(reading.removeValue(forKey: "hasMissingNumbers") != nil)
    json["reading"] = reading
    let former = try RunInputs(json: JSONSerialization.data(withJSONObject: json))
    #expect(try former.read(Fixture.file("a\n-999\n5\n")).dataset.table == [[-999], [5]])
  }

  @Test func wordsThatStandForAMissingValueCountNoVersionUp() throws {
    let configuration = try configuration(
      "csv",
      settings(
        "a,y\n1,2\n.,3\n", ["missing": .list([.text("."), .integer(-1)]), "fill": .integer(0)]))
    #expect(try DataLibrary().version(of: configuration) == 1)
  }
}
