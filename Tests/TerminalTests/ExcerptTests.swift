import Terminal
import Testing

/// The mark stands under what it marks, in columns of a terminal.
struct ExcerptTests {
  private func lines(_ line: String, _ place: Int, _ count: Int = 1) -> [String] {
    let excerpt = Excerpt(line, from: place, count: count)
    return [excerpt.line, excerpt.caret]
  }

  @Test func wideLettersTakeTwoColumns() {
    #expect(lines("網路: x", 4) == ["網路: x", "      ^"])
    #expect(lines("a: 網路 b", 3, 2) == ["a: 網路 b", "   ^~~~"])
    #expect(lines("🎈👩‍👩‍👧 x", 3) == ["🎈👩‍👩‍👧 x", "     ^"])
    #expect(lines("🎈👩‍👩‍👧 x", 1) == ["🎈👩‍👩‍👧 x", "  ^~"])
  }

  @Test func combiningMarksTakeNone() {
    #expect(lines("e\u{301}e\u{301}: x", 4) == ["e\u{301}e\u{301}: x", "    ^"])
    #expect(lines("e\u{301}x", 0) == ["e\u{301}x", "^"])
  }

  @Test func tabsAndHiddenCharactersTakeOne() {
    #expect(lines("\ta:\tx", 4) == [" a: x", "    ^"])
    #expect(lines("a\u{202E}\u{1B}\u{200B}: x", 6) == ["a\u{FFFD}␛\u{FFFD}: x", "      ^"])
  }

  @Test func placesBeyondTheLineAreItsEnd() {
    #expect(lines("abc", 9, 4) == ["abc", "   ^"])
    #expect(lines("", 0) == ["", "^"])
    #expect(lines("abc", 1, 99) == ["abc", " ^~"])
  }

  /// 150 wide letters are 300 columns: 50 letters are shown, 25 before the mark.
  @Test func longLinesAreCutByColumns() {
    let line = String(repeating: "字", count: 150)
    let middle = Excerpt(line, from: 75, count: 2)
    #expect(middle.line == "..." + String(repeating: "字", count: 50) + "...")
    #expect(middle.caret == String(repeating: " ", count: 53) + "^~~~")
    let first = Excerpt(line, from: 0, count: 1)
    #expect(first.line == String(repeating: "字", count: 50) + "..." && first.caret == "^~")
    let last = Excerpt(line, from: 149, count: 1)
    #expect(last.line == "..." + String(repeating: "字", count: 50))
    #expect(last.caret == String(repeating: " ", count: 3 + 98) + "^~")
  }
}
