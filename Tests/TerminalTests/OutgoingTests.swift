import Terminal
import Testing

/// The gate through which all text leaves.
struct OutgoingTests {
  /// Whatever is not for people's eyes has a sign in its place, character by character.
  @Test func nothingHiddenLeaves() {
    #expect(outgoing("plain, 0.5 ± 0.1\n\tnext\n") == "plain, 0.5 ± 0.1\n\tnext\n")
    #expect(outgoing("a\u{1B}]0;t\u{7}b\u{8}\r") == "a␛]0;t␇b␈␍")
    #expect(outgoing("one\r\ntwo\r\n") == "one\ntwo\n")
    let hidden: [ClosedRange<UInt32>] = [
      0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C,
      0x115F...0x1160, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164,
      0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB, 0xFFFE...0xFFFF, 0xE0000...0xE007F,
    ]
    for value in hidden.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = outgoing("a" + String(scalar) + "b")
      #expect(!text.unicodeScalars.contains(scalar), "\(value)")
      #expect(text.unicodeScalars.count == 3 && text.first == "a" && text.last == "b")
    }
  }

  /// What scripts and pictures need to be whole stays.
  @Test(arguments: [
    "👩‍👩‍👧", "❤️", "1️⃣", "نمی‌خواهم", "क्‍ष", "🏴\u{E0067}\u{E0062}\u{E007F}", "שלום", "e\u{301}", "漢字",
    "👁️‍🗨️", "Ⅷ", "\u{00A0}x",
  ])
  func textOfEveryScriptStays(text: String) { #expect(outgoing(text) == text) }

  /// A joiner between Latin letters makes two equal names different.
  @Test func joinersWithoutUseAreShown() {
    #expect(outgoing("net\u{200D}1 a\u{FE0F} \u{200C}x") == "net\u{FFFD}1 a\u{FFFD} \u{FFFD}x")
  }

  @Test func onlyStylesOfThisProgramPass() {
    let style = TextStyle(isColored: true)
    let name = "\u{1B}[31mred\u{1B}[0m \u{1B}[1;31m"
    let text = style.strong("a " + name) + name + style.series("ü", 2) + "\n"
    #expect(
      outgoing(text)
        == "\u{1B}[1ma ␛[31mred␛[0m ␛[1;31m\u{1B}[0m␛[31mred␛[0m ␛[1;31m\u{1B}[32mü\u{1B}[0m\n")
    #expect(withoutStyles(text) == "a " + name + name + "ü\n")
    // A sequence of ours that has been seen is of no use to anybody.
    #expect(outgoing(outgoing(style.bad("x"))) == "␛[31mx␛[0m")
  }
}
