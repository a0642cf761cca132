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

  @Test func emojiAndCombiningMarksHaveTheirWidths() {
    #expect(displayWidth(of: "e\u{301}a") == 2)
    #expect(displayWidth(of: "👩‍👩‍👧") == 2)
    #expect(displayWidth(of: "±") == 1)
  }

  @Test func colourIsOnlyForTerminals() {
    #expect(TextStyle.of(descriptor: -1, environment: [:]).bad("x") == "x")
    #expect(TextStyle(isColored: true).bad("x") == "\u{1B}[31mx\u{1B}[0m")
  }
}
