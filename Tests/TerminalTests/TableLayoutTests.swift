import Terminal
import Testing
import Tracking

/// Tables in the room of a terminal.
struct TableLayoutTests {
  private var table: Table {
    var table = Table([
      Table.Column("run"), Table.Column("note", rank: 4), Table.Column("val/accuracy", rank: 0),
      Table.Column("message"), Table.Column("duration_s", rank: 6),
    ])
    table.append([
      .words("3f2a9c41"), .words("tried with the old data"), Table.Cell(.number(0.98125)),
      .words("exit 1: ValueError: no column 'price' (train.py:42)"), Table.Cell(.integer(12)),
    ])
    table.append([
      .words("9c413f2a"), .empty, Table.Cell(.number(0.5)), .empty, Table.Cell(.integer(1234)),
    ])
    return table
  }

  private func lines(_ width: Int) -> [String] {
    table.text(within: width, otherwise: "--format csv has all").split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }

  @Test func withRoomNothingChanges() {
    #expect(table.text(within: nil) == table.text(.table))
    #expect(table.text(within: 200) == table.text(.table))
    let widest = table.text(.table).split(separator: "\n").map { displayWidth(of: String($0)) }
      .max()
    #expect(table.text(within: widest) == table.text(.table))
  }

  /// First texts and heads are broken; no letter is lost, numbers stay whole.
  @Test func cellsAreBroken() {
    #expect(
      lines(72) == [
        "run       note               val/accuracy  message            duration_s",
        "3f2a9c41  tried with the          0.98125  exit 1:                    12",
        "          old data                         ValueError: no",
        "                                           column 'price'",
        "                                           (train.py:42)",
        "9c413f2a                              0.5                           1234",
      ])
  }

  /// Of two columns neither is left out: a value without its name says nothing.
  @Test func ofTwoColumnsBothStay() {
    var table = Table([Table.Column("parameter"), Table.Column("value")])
    table.append([.words("models.hidden.mlp.activation"), .words("relu")])
    table.append([.words("train.lr"), Table.Cell(.number(0.001))])
    #expect(
      table.text(within: 24) == """
        parameter          value
        models.hidden.mlp   relu
        .activation
        train.lr           0.001

        """)
    // With no room at all the second one is named.
    #expect(table.text(within: 12).contains("Not shown"))
  }

  /// Then columns are left out, those of the highest rank first, and named.
  @Test func columnsAreLeftOutByRank() {
    #expect(
      lines(46) == [
        "run       val/accuracy  message",
        "3f2a9c41       0.98125  exit 1: ValueError: no",
        "                        column 'price'",
        "                        (train.py:42)",
        "9c413f2a           0.5",
        "Not shown, for want of room: note, duration_s;",
        "--format csv has all",
      ])
  }

  @Test(arguments: 1...120)
  func noLineIsWiderThanTheTerminal(_ width: Int) {
    for line in lines(width) {
      // Numbers stay whole, and a sentence needs twenty columns.
      #expect(displayWidth(of: line) <= max(20, width), "\(line)")
    }
    let text = lines(width).joined(separator: " ")
    for name in ["message", "note", "accuracy", "duration"] where width >= 20 {
      #expect(text.contains(name), "\(name) at \(width)")
    }
  }

  @Test func columnsAreChosen() throws {
    let chosen = try table.choosing(["message", "run", "message"])
    #expect(chosen.columns.map(\.name) == ["message", "run"])
    #expect(chosen.rows[1].map(\.text) == ["", "9c413f2a"])
    let error = #expect(throws: LabbookError.self) { try table.choosing(["mesage"]) }
    #expect(error?.message == "--columns: there is no column 'mesage'")
    #expect(error?.hint == "Did you mean 'message'?")
  }

  @Test func textsAreBrokenWhereReadersExpectIt() {
    #expect(
      brokenLines(of: "val/balanced_accuracy", within: 12) == ["val/", "balanced_", "accuracy"])
    #expect(brokenLines(of: "a bb ccc", within: 4) == ["a bb", "ccc"])
    #expect(brokenLines(of: "日本語です", within: 4) == ["日本", "語で", "す"])
    #expect(brokenLines(of: "abcdefgh", within: 3) == ["abc", "def", "gh"])
    for width in 1...30 {
      let text = "one two/three four-five, sixseveneight"
      let joined = brokenLines(of: text, within: width).joined().filter { $0 != " " }
      #expect(joined == text.filter { $0 != " " })
    }
  }
}
