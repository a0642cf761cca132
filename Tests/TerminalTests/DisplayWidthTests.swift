import Terminal
import Testing

struct DisplayWidthTests {
  @Test func textIsCutAtAColumn() {
    #expect(fitted("abcdef", to: 6) == "abcdef")
    #expect(fitted("abcdef", to: 5) == "abcd…")
    #expect(fitted("漢字漢字", to: 5) == "漢字…")
  }

  @Test func textIsBrokenAtBlanks() {
    #expect(wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(wrapped("one two three", to: 100) == ["one two three"])
    #expect(wrapped("漢字 漢字", to: 8) == ["漢字", "漢字"])
    #expect(wrapped("a seventeen", to: 6) == ["a", "seven…"])
    #expect(wrapped("", to: 6) == [])
  }
}
