import Terminal
import Testing

/// Sentences on a terminal: no word is cut, nothing is lost.
struct FlowedTextTests {
  @Test func longLinesAreBrokenAtBlanks() {
    let text = "Measured on 160 rows, by which an accuracy is uncertain by 0.03.\nShort.\n"
    #expect(
      flowed(text, within: 30)
        == "Measured on 160 rows, by which\nan accuracy is uncertain by\n0.03.\nShort.\n")
    #expect(flowed(text, within: nil) == text)
    #expect(flowed(text, within: 64) == text)
    #expect(flowed("", within: 30).isEmpty)
    #expect(flowed("\n\n", within: 30) == "\n\n")
  }

  /// What follows stands as far in as the line began; blanks within a line stay.
  @Test func indentsAndBlanksStay() {
    #expect(
      flowed("  expected one of  a,  b, c, d or e here", within: 24)
        == "  expected one of  a,\n  b, c, d or e here")
    #expect(flowed("ok      rate=0.1", within: 20) == "ok      rate=0.1")
  }

  /// A path and a command between backquotes can be copied.
  @Test func wordsStayWhole() {
    let path = "plots/" + String(repeating: "a", count: 40) + ".svg"
    #expect(flowed("written to " + path, within: 20) == "written to\n" + path)
    #expect(
      flowed("To see it type `labbook plot F --terminal` here", within: 24)
        == "To see it type\n`labbook plot F --terminal`\nhere")
    // A backquote that stands alone ends nothing.
    #expect(
      flowed("a ` b c d e f g h i j k l m", within: 20) == "a ` b c d e f g h i\nj k l m")
  }

  /// Wide letters take two columns, styles none.
  @Test func columnsAreThoseOfATerminal() {
    #expect(flowed("網路 網路 網路 網路 網路", within: 20) == "網路 網路 網路 網路\n網路")
    let style = TextStyle(isColored: true)
    let words = style.strong("claim held:") + " the mean is less"
    #expect(withoutStyles(flowed(words, within: 28)) == "claim held: the mean is less")
    #expect(withoutStyles(flowed(words, within: 27)) == "claim held: the mean is\nless")
  }

  /// The mark stays under what it marks, and what it marks is seen.
  @Test func ofAMarkedLineThePartAroundTheMarkIsShown() {
    let line = "  train: {optimizer: adam, lr: 0.1, epochs: 12, batch_sise: 64, clip_norm: 5}"
    let mark = String(repeating: " ", count: 48) + "^~~~~~~~~~"
    #expect(flowed(line + "\n" + mark, within: 80) == line + "\n" + mark)
    let lines = flowed("error\n" + line + "\n" + mark + "\nnote", within: 40)
      .split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.count <= 40 })
    let place = lines[2].prefix { $0 == " " }.count
    #expect(lines[1].dropFirst(place).hasPrefix("batch_sise"))
    #expect(lines[2].filter { $0 != " " } == "^~~~~~~~~~")
  }
}
