import Terminal
import Testing
import Tracking

struct RecordLinesTests {
  private let values: [ParameterValue] = [.text("a,\"b\""), .off, .number(0.5), .integer(3)]

  @Test func csvQuotesWhatNeedsIt() {
    let lines = RecordLines(["na,me", "none", "x", "n"], json: false)
    #expect(lines.header == "\"na,me\",none,x,n\r\n")
    #expect(lines.line(values) == "\"a,\"\"b\"\"\",,0.5,3\r\n")
  }

  @Test(arguments: [
    ("a b", "a b"), ("a;b", "a;b"), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("\"", "\"\"\"\""),
    ("", ""), ("é", "é"),
  ])
  func fieldsAreQuotedWhereTheyMustBe(text: String, field: String) {
    #expect(RecordLines(["x"], json: false).line([.text(text)]) == field + "\r\n")
    #expect(RecordLines([text], json: false).header == field + "\r\n")
  }

  @Test func jsonLeavesOutWhatIsOff() {
    let lines = RecordLines(["a", "none", "x", "n"], json: true)
    #expect(lines.header == "")
    #expect(lines.line(values) == "{\"a\": \"a,\\\"b\\\"\", \"x\": 0.5, \"n\": 3}\n")
  }

  @Test func whatIsNoNumberIsSaid() {
    let values: [ParameterValue] = [.number(.nan), .number(-.infinity)]
    #expect(RecordLines(["a", "b"], json: false).line(values) == "nan,-inf\r\n")
    #expect(
      RecordLines(["a", "b"], json: true).line(values) == "{\"a\": \"nan\", \"b\": \"-inf\"}\n")
  }
}
