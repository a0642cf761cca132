import Runs
import Testing

struct ShellWordsTests {
  private struct Case: Decodable {
    let text: String
    let words: [String]?
    let error: String?
  }

  /// Fixtures/shlex.py: what Python's shlex makes of the same texts.
  @Test func textsAreSplitAsPythonSplitsThem() throws {
    let cases = try Fixture.json("shlex.json", [Case].self)
    try #require(cases.count == 700 && cases.count { $0.error != nil } > 50)
    for item in cases {
      let words = try? ShellWords.split(item.text)
      #expect(words == item.words, "\(item.text.debugDescription)")
    }
  }

  @Test(.enabled(if: Fixture.long != nil)) func randomTextsOfAnyNumber() throws {
    let cases = try Fixture.long("shlex.json", [Case].self)
    let wrong = cases.filter { (try? ShellWords.split($0.text)) != $0.words }
    #expect(wrong.isEmpty, "\(wrong.first?.text.debugDescription ?? "")")
    print("\(cases.count) texts, \(cases.count { $0.error != nil }) of them wrong")
  }

  @Test func quotedWordsAreReadBack() throws {
    let cases = try Fixture.json("shlex.json", [Case].self)
    for words in cases.compactMap(\.words) {
      let text = words.map(ShellWords.quoted).joined(separator: " ")
      #expect(try ShellWords.split(text) == words)
    }
  }

  @Test(arguments: [
    ("python 'a b", "the quote ' is never closed", 8),
    ("a \"b\\\"", "the quote \" is never closed", 3),
    ("é a\\", "nothing stands behind the backslash", 4),
  ])
  func whatIsNotClosedIsToldWithItsColumn(_ text: String, _ message: String, _ column: Int) throws {
    let problem = try #require(throws: CommandProblem.self) { try ShellWords.split(text) }
    #expect(problem.message == message)
    #expect(problem.place?.column == column)
  }
}
