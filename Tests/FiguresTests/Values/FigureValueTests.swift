import Drawing
import Figures
import Testing

/// The values that figures are made of.
@Suite struct FigureValueTests {
  private func tile(_ caption: String = "") -> Tiles.Tile {
    Tiles.Tile(width: 1, height: 1, colors: [.black], caption: caption)
  }

  @Test func tilesFillTheirRows() {
    let tiles = Tiles((0..<5).map { tile("\($0)") }, columns: 2)
    #expect(tiles.rows.map { $0.map(\.caption) } == [["0", "1"], ["2", "3"], ["4"]])
    #expect(tiles.columns == 2 && tiles.size == 56 && tiles.captionLines == 1)
    #expect(Tiles([tile(), tile("a\nb\nc")], columns: 0).rows.count == 2)
    #expect(Tiles([tile(), tile("a\nb\nc")], columns: 3).captionLines == 3)
    #expect(Tiles([tile()], columns: 3).captionLines == 0)
  }

  @Test func rowsOfTilesHaveTheirNamesFromAbove() {
    let tiles = Tiles(rows: [[tile(), tile()], [tile()], [tile()]])
    let panel = Panel(title: "t", tiles: tiles, rowNames: ["first", "second"])
    #expect(panel.y.scale == .categories(["", "second", "first"]))
    #expect(panel.x.scale == .categories(["", ""]) && !panel.hasGrid && panel.title == "t")
  }

  @Test func aScaleOfColoursEndsAtItsRange() {
    let scale = ColorScale(label: "loss", range: 1...100, scale: .log)
    #expect(scale.color(1).hex == "#440154" && scale.color(10).hex == "#21918c")
    #expect(scale.color(100).hex == "#fde725" && scale.color(1e9).hex == "#fde725")
    let reversed = ColorScale(label: "", range: 0...4, isReversed: true)
    #expect(reversed.color(0).hex == "#fde725" && reversed.color(1).hex == "#5ec962")
    #expect(
      reversed.color(-9).hex == "#fde725" && scale.axis == Axis("loss", scale: .log, range: 1...100)
    )
  }

  @Test func columnsAreThoseOfTheLongestRow() {
    let panel = Panel(x: Axis(""), y: Axis(""), layers: [])
    #expect(Figure(title: "", panels: [[panel], [panel, panel, panel], []]).columns == 3)
    #expect(Figure(title: "", panels: []).columns == 0)
  }
}
