import Datasets
import Testing
import Tracking

@Suite struct TableProposalTests {
  private func proposal(_ text: String, target: String? = nil) throws -> TableProposal {
    try TableProposal(Fixture.file(text), target: target)
  }

  /// The lines below the path.
  private func lines(_ text: String, target: String? = nil) throws -> [String] {
    Array(try proposal(text, target: target).lines.dropFirst())
  }

  private let rows = (1...30).map { "\($0),\($0 * $0 % 7).5,w\($0 % 3)" }

  @Test func theTargetIsNamedOrTheLastColumn() throws {
    let body = rows.joined(separator: "\n")
    #expect(try proposal("a,b,c\n" + body).target == "c")
    #expect(try proposal("a,Label,c\n" + body).target == "Label")
    #expect(try proposal("a,y,c\n" + body, target: "a").target == "a")
    let wrong = try #require(throws: DataError.self) {
      try proposal("alpha,b,c\n" + body, target: "alpah")
    }
    #expect(wrong.hint == "Did you mean 'alpha'?")
  }

  @Test func theTaskIsFoundFromTheTarget() throws {
    #expect(try proposal("a,y\n1,2.5\n2,3\n3,4\n").isRegression)
    let whole = try proposal("a,y\n1,2\n2,3\n3,2\n")
    #expect(!whole.isRegression && whole.lines.contains("task: classification"))
    #expect(try !proposal("a,y\n1,yes\n2,no\n3,yes\n").isRegression)
    #expect(
      try lines("a,y\n1,yes\n2,?\n3,no\n")
        == ["target: \"y\"", "missing: [\"\", NA, N/A, \"?\", \"nan\", \"null\"]"])
  }

  @Test func aFileWithoutNamesIsKnownByItsNumbers() throws {
    #expect(
      try lines("5.1,3.5,setosa\n4.9,3.0,virginica\n")
        == ["target: c3", "header: false"])
  }

  @Test func columnsThatSayNothingAreLeftOutAndHolesFilled() throws {
    let body = (1...30).map { row in
      "\(row),person \(row),\(row % 5 == 0 ? "" : String(row % 9)),7,\(row % 2 == 0 ? "m" : "f"),"
        + "2020-01-\(row < 10 ? "0" : "")\(row),\(Double(row) / 4)"
    }
    #expect(
      try lines("id,name,age,one,sex,when,price\n" + body.joined(separator: "\n")) == [
        "target: price", "drop: [name, one]", "id: id", "fill: {age: median}",
        "dates: {when: [year, month, day, weekday]}",
      ])
  }

  /// Only rows with a target are trained on: what is missing in all of them is missing altogether.
  @Test func columnsAreJudgedByTheRowsThatHaveATarget() throws {
    let body = (1...30).map { row in
      row <= 20 ? "\(row % 7),,\(row).5" : "\(row % 7),\(row),"
    }
    #expect(
      try lines("a,b,price\n" + body.joined(separator: "\n")) == ["target: price", "drop: [b]"])
    let found = try proposal("a,b,price\n" + body.joined(separator: "\n"))
    #expect(found.rows == 20 && found.remarks.contains("left out: 'b' has no value in any row"))
  }

  /// Rows without a target are those that predictions are asked for.
  @Test func holesOfRowsWithoutATargetAreFilledToo() throws {
    let body = (1...30).map { row in
      row <= 20 ? "\(row % 7),\(row % 5),\(row).5" : "\(row % 7),,"
    }
    #expect(
      try lines("a,b,price\n" + body.joined(separator: "\n"))
        == ["target: price", "fill: {b: median}"])
  }

  @Test func aLastColumnWithoutValuesIsNoTarget() throws {
    let body = (1...20).map { "\($0 % 7),\($0).5,NA" }.joined(separator: "\n")
    let found = try proposal("a,b,c\n" + body)
    #expect(found.target == "b")
    #expect(found.remarks.contains("the target is the last column that has a value"))
    #expect(throws: DataError.self) { try proposal("a,b,c\n" + body, target: "c") }
  }

  @Test func equalNamesAreNumbered() throws {
    let body = (1...20).map { "\($0 % 7),\($0 % 5).5,\($0 % 3).5" }.joined(separator: "\n")
    #expect(
      try lines("a,a,price\n" + body)
        == ["target: price", "header: false", "names: [a, a.1, price]", "skip: 1"])
    #expect(try lines("1,1,5\n" + body) == ["target: c3", "header: false"])
  }

  @Test func manyColumnsThatSayNothingAreLeftOutAtOnce() throws {
    let names = (0..<3000).map { "c\($0)" }.joined(separator: ",")
    let row = Array(repeating: "1", count: 3000).joined(separator: ",")
    let body = (1...20).map { "\(row),\($0 % 7),\($0).5" }.joined(separator: "\n")
    let found = try proposal("\(names),x,price\n" + body)
    #expect(found.features == 1)
  }

  /// What stands above a table, and a header that numbers stand in, are known by the rows below.
  @Test func whatStandsAboveATableIsLeftOut() throws {
    let body = rows.joined(separator: "\n")
    #expect(
      try lines("A report\nof 2020\n\na,b,y\n" + body) == ["target: \"y\"", "skip: 3"])
    #expect(
      try lines("A report\n\na,b,y,\n" + body)
        == ["target: \"y\"", "header: false", "names: [a, b, \"y\"]", "skip: 3"])
    let counted = try proposal("30,2,no,yes,maybe\n" + body)
    #expect(counted.rows == 30 && counted.lines.contains("skip: 1"))
    #expect(counted.remarks.first == "the first line counts rows and columns and is left out")
    // The same words where nothing is counted are a row of another length.
    #expect(try proposal("7,2,no,yes,maybe\n" + body).lines.contains("skip: 1"))
  }

  @Test func rowsWithANameOfTheirOwnAreReadAsRWritesThem() throws {
    let body = (1...20).map { "r\($0) \($0 % 7) \($0 % 3).5" }.joined(separator: "\n")
    #expect(
      try lines("a price\n" + body) == [
        "target: price", "header: false", "names: [row, a, price]", "skip: 1", "drop: [row]",
      ])
    let ended = (1...20).map { "\($0 % 7),\($0 % 3).5," }.joined(separator: "\n")
    #expect(
      try lines("a,price\n" + ended) == [
        "target: price", "header: false", "names: [a, price, c3]", "skip: 1", "drop: [c3]",
      ])
    let under = try proposal("Report\na price\n" + body)
    #expect(under.target == "price" && under.lines.contains("skip: 2"))
  }

  @Test func numbersMayNameColumns() throws {
    let years = (2001...2006).map(String.init).joined(separator: ",")
    let body = (1...20).map { row in
      "c\(row % 4)," + (0..<6).map { "\(row + $0).5" }.joined(separator: ",")
    }.joined(separator: "\n")
    let found = try proposal("country,\(years)\n" + body)
    #expect(found.target == "2006" && found.features == 6 && found.lines.contains("header: true"))
    #expect(found.remarks.first == "the first line names the columns, by numbers too")
  }

  /// A target that hardly a row has is none, unless it is asked for.
  @Test func theTargetHasAValueInMostRows() throws {
    let body = (1...20).map { "\($0 % 7),\($0).5,\($0 == 3 ? "1.5" : "")" }.joined(separator: "\n")
    #expect(try proposal("a,b,c\n" + body).target == "b")
    #expect(try proposal("a,b,c\n" + body, target: "c").rows == 1)
  }

  /// A word that stands in a row without a target alone is told, and cured.
  @Test func wordsOfRowsWithoutATargetAreCured() throws {
    let body = (1...20).map { "\($0 == 4 ? "bad" : "\($0 % 7)"),\($0 == 4 ? "" : "\($0).5")" }
    let found = try lines("a,price\n" + body.joined(separator: "\n"))
    #expect(found.contains("fill: {a: median}"), "\(found)")
    #expect(found.contains("missing: [\"\", NA, N/A, \"?\", \"nan\", \"null\", bad]"))
  }
}
