import GnuplotBackend
import Testing

@Suite struct TextMeasureTests {
  /// Widths of DejaVu Sans in units of the size, each class by its widest: from its font metrics
  /// (advance / 2048) i 0.278, t 0.392, a 0.613, m 0.974, + 0.838, A 0.684, Q 0.787.
  static let widths: [(String, Double)] = [
    ("iiii", 1.36), ("tttt", 1.64), ("mm", 1.96), ("++", 1.68), ("AB", 1.44), ("abc", 1.89),
    ("10⁻⁷", 2.1), ("·", 0.32), ("e\u{301}", 0.63), ("漢字", 2.04), ("😀", 1.3), ("", 0),
  ]

  @Test(arguments: widths)
  func widthsAreThoseOfTheLetters(text: String, width: Double) {
    #expect(abs(TextMeasure.width(text, size: 10) - 10 * width) < 1e-9)
  }

  @Test func longTextKeepsBothItsEnds() {
    // Ten letters of 6.3 points; the sign between takes 9.8.
    let text = "abcdeghkno"
    #expect(TextMeasure.shortened(text, size: 10, limit: 63.1) == text)
    #expect(TextMeasure.shortened(text, size: 10, limit: 62.9) == "abcd…hkno")
    #expect(TextMeasure.shortened(text, size: 10, limit: 41.4) == "abc…no")
    #expect(TextMeasure.shortened(text, size: 10, limit: 1) == "a…")
  }

  @Test func linesBeyondTheMostAreOne() {
    let text = "aa bb cc dd ee"
    #expect(TextMeasure.wrapped(text, size: 10, limit: 13) == ["aa", "bb", "c…"])
    #expect(TextMeasure.wrapped(text, size: 10, limit: 31, most: 9) == ["aa bb", "cc dd", "ee"])
    #expect(TextMeasure.wrapped("a\n\nb\n", size: 10, limit: 99) == ["a", "", "b"])
  }
}
