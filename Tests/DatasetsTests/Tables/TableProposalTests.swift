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
}
