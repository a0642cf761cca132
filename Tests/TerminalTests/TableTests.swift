import Foundation
import Terminal
import Testing
import Tracking

struct TableTests {
  private var table: Table {
    var table = Table([
      Table.Column("model"), Table.Column("lr"), Table.Column("val/loss", .statistics),
    ])
    table.append([
      .words("hidden, \"layer\""), Table.Cell(.number(0.001)),
      .statistics(mean: 0.5, deviation: 0.25, count: 2, text: "0.50 ± 0.25 (2)"),
    ])
    table.append([.words("日本\u{1B}[31m"), Table.Cell(.number(10)), .empty])
    return table
  }

  @Test func columnsAlignWhateverTheLettersAndNothingEscapes() {
    #expect(
      table.text(.table) == """
        model               lr         val/loss
        hidden, "layer"  0.001  0.50 ± 0.25 (2)
        日本␛[31m           10

        """)
  }

  @Test func csvIsReadByRFC4180() {
    #expect(
      table.text(.csv)
        == "model,lr,val/loss_mean,val/loss_std,val/loss_n\r\n"
        + "\"hidden, \"\"layer\"\"\",0.001,0.5,0.25,2\r\n日本\u{1B}[31m,10,,,\r\n")
  }

  @Test func whatIsNoNumberIsWrittenAsItIsRead() {
    var table = Table(["a", "b", "c"].map { Table.Column($0) })
    table.append([
      Table.Cell(.number(.nan)), Table.Cell(.number(-.infinity)), Table.Cell(.number(.infinity)),
    ])
    #expect(table.text(.csv) == "a,b,c\r\nnan,-inf,inf\r\n")
  }

  @Test func jsonHasOneObjectARow() throws {
    let data = Data(table.text(.json).utf8)
    let rows = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(rows.count == 2)
    #expect(rows[0]["model"] as? String == "hidden, \"layer\"")
    #expect(rows[0]["val/loss_std"] as? Double == 0.25)
    #expect(rows[1]["val/loss_mean"] is NSNull)
    #expect(Table([Table.Column("a")]).text(.json) == "[]\n")
  }

  /// In JSON hidden characters are escaped; CSV, which programs read, keeps them.
  @Test func hiddenCharactersReachProgramsWhole() throws {
    let name = "a\u{1B}[31m\u{9B}\u{7F}\u{202E}\u{2028}\u{E0041}👩‍🔬"
    var table = Table([Table.Column(name)])
    table.append([.words(name)])
    let json = table.text(.json)
    #expect(json.contains("\"a\\u001b[31m\\u009b\\u007f\\u202e\\u2028\\udb40\\udc41"))
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: String]])
    #expect(rows == [[name: name]])
    #expect(table.text(.csv) == "\(name)\r\n\(name)\r\n")
    let lines = RecordLines([name], json: true).line([.text(name)])
    let record = try JSONSerialization.jsonObject(with: Data(lines.utf8)) as? [String: String]
    #expect(record == [name: name] && outgoing(lines) == lines && outgoing(json) == json)
  }

  @Test func pagesHaveTheirRows() {
    var numbers = Table([Table.Column("n"), Table.Column("none"), Table.Column("some")])
    for n in 0..<5 {
      numbers.append([Table.Cell(.integer(n)), .empty, n == 3 ? .words("x") : .empty])
    }
    func first(_ table: Table) -> [String] { table.rows.map { $0[0].text } }
    #expect(first(numbers.page(offset: 1, limit: 2)) == ["1", "2"])
    #expect(first(numbers.page(offset: 3, limit: nil)) == ["3", "4"])
    #expect(
      first(numbers.page(offset: 0, limit: 0)) == []
        && first(numbers.page(offset: 9, limit: 1)) == [])
    #expect(numbers.withoutEmptyColumn("none").columns.map(\.name) == ["n", "some"])
    #expect(numbers.withoutEmptyColumn("some") == numbers)
    #expect(numbers.withoutEmptyColumn("none").rows[3].map(\.text) == ["3", "x"])
    let joined = Table.joined(
      [("a", numbers.page(offset: 0, limit: 1)), ("b", numbers.page(offset: 4, limit: 1))], by: "of"
    )
    #expect(joined.text(.csv) == "of,n,none,some\r\na,0,,\r\nb,4,,\r\n")
  }

  @Test func cellsAreReadByPeopleAndPrograms() {
    var table = Table([Table.Column("a"), Table.Column("b"), Table.Column("m", .statistics)])
    table.append([
      Table.Cell(.number(0.25), text: "25 %"), Table.Cell(.flag(true)),
      .statistics(mean: 1.5, deviation: nil, count: 1, text: "1.5"),
    ])
    table.append([Table.Cell(.number(.nan)), .words(""), .empty])
    #expect(
      table.text(.csv) == "a,b,m_mean,m_std,m_n\r\n0.25,true,1.5,,1\r\nnan,,,,\r\n")
    #expect(
      table.text(.json) == """
        [
          {"a": 0.25, "b": true, "m_mean": 1.5, "m_std": null, "m_n": 1},
          {"a": "nan", "b": "", "m_mean": null, "m_std": null, "m_n": null}
        ]

        """)
    #expect(table.rows[0][0].isRightAligned && !table.rows[0][1].isRightAligned)
    #expect(TableFormat.allCases.map(\.rawValue) == ["table", "json", "csv"])
  }

  /// Widths by Unicode's East Asian Width.
  @Test(arguments: [
    ("a", 1), ("日", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("\u{1100}", 2), ("\u{3000}", 2), ("é", 1),
    ("☀️", 2), ("☀", 1), ("🎈", 2), ("\u{200B}", 0), ("αβ", 2), ("\u{20000}", 2), ("", 0), ("、", 2),
  ])
  func widths(text: String, width: Int) { #expect(displayWidth(of: text) == width) }

  @Test func controlCharactersAreShown() {
    #expect(printable("a\u{0}\n\u{1F}b\u{7F}") == "a␀␊␟b␡")
    #expect(printable("\u{85}\u{202E}\u{2066}\u{2069}") == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(printable("é日\u{200B}\r\n\t") == "é日\u{FFFD}␍␊␉")
  }

  @Test func emojiAndCombiningMarksHaveTheirWidths() {
    #expect(displayWidth(of: "e\u{301}a") == 2)
    #expect(displayWidth(of: "👩‍👩‍👧") == 2)
    #expect(displayWidth(of: "±") == 1)
  }

  @Test func colourIsOnlyForTerminals() {
    #expect(TextStyle.of(descriptor: -1, environment: [:]).bad("x") == "x")
    let style = TextStyle(isColored: true)
    #expect(outgoing(style.bad("x")) == "\u{1B}[31mx\u{1B}[0m")
    #expect(
      [style.strong("x"), style.faint("x"), style.good("x"), style.warning("x")].map(outgoing)
        == [1, 2, 32, 33].map { "\u{1B}[\($0)mx\u{1B}[0m" })
    #expect(style.good("") == "" && TextStyle(isColored: false).strong("x") == "x")
    #expect(
      (0..<7).map { outgoing(style.series("x", $0)) }
        == [34, 33, 32, 35, 36, 31, 34].map { "\u{1B}[\($0)mx\u{1B}[0m" })
    #expect(TextStyle(isColored: false).series("x", 1) == "x")
  }
}
