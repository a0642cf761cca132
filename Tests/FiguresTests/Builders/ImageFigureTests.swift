import Figures
import Testing

@Suite struct ImageFigureTests {
  private let image = SampleImage(width: 2, height: 1, pixels: [0.5, .nan])

  private func mistake(_ probability: Double?) -> MistakenImage {
    MistakenImage(image: image, truth: "shirt", predicted: "coat", probability: probability)
  }

  private func tiles(_ figure: Figure) -> [Tiles.Tile] {
    figure.panels.joined().flatMap { panel -> [Tiles.Tile] in
      if case .tiles(let tiles) = panel.layers[0] { Array(tiles.rows.joined()) } else { [] }
    }
  }

  @Test func aMistakeSaysWhatItIsAndWhatWasSaid() {
    let network = MistakenImages(
      title: "net", images: [mistake(0.934), mistake(nil)], count: 20, rows: 100)
    let figure = Figure.mistakes([network], title: "t", part: "test")
    #expect(tiles(figure).map(\.caption) == ["is shirt\nsaid coat, 93 %", "is shirt\nsaid coat"])
    #expect(figure.panels[0][0].title == "net: 20 of 100 wrong")
    #expect(figure.subtitle.contains("test part"))
  }

  @Test func aPixelThatIsNotFiniteIsGrey() {
    let figure = Figure.mistakes(
      [MistakenImages(title: "", images: [mistake(.nan)], count: 1, rows: 1)], title: "t",
      part: "val")
    #expect(tiles(figure)[0].colors[1] == Style.light.absent)
    #expect(tiles(figure)[0].caption == "is shirt\nsaid coat, NaN")
  }

  @Test func aNetworkWithoutMistakesHasAnEmptyPanel() {
    let figure = Figure.mistakes(
      [MistakenImages(title: "net", images: [], count: 0, rows: 10)], title: "t", part: "val")
    #expect(figure.panels[0][0].title == "net: 0 of 10 wrong")
  }
}
