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

  @Test func twoNetworksMistakesArePinned() {
    let colored = SampleImage(width: 1, height: 2, pixels: [1, 0.2, 0, 0, 0.4, 2])
    let figure = Figure.mistakes(
      [
        MistakenImages(
          title: "one",
          images: (0..<5).map { index in
            MistakenImage(
              image: colored, truth: "a\(index)", predicted: "b", probability: 0.125)
          }, count: 7, rows: 30),
        MistakenImages(title: "two", images: [mistake(0.995)], count: 1, rows: 30),
      ], title: "T", part: "val")
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'the val part; the greatest loss first'
        panel 0.0 'one: 7 of 30 wrong'
          x '' ["", "", "", ""]
          y '' ["", ""]
          tiles of 64
            1 by 2 #ff3300 #0066ff 'is a0|said b, 13 %'; 1 by 2 #ff3300 #0066ff 'is a1|said b, 13 \
        %'; 1 by 2 #ff3300 #0066ff 'is a2|said b, 13 %'; 1 by 2 #ff3300 #0066ff 'is a3|said b, 13 %'
            1 by 2 #ff3300 #0066ff 'is a4|said b, 13 %'
        panel 0.1 'two: 1 of 30 wrong'
          x '' [""]
          y '' [""]
          tiles of 64
            2 by 1 #808080 #d0d0d0 'is shirt|said coat, 100 %'
        """)
  }

  @Test func columnsFollowFromTheNumberOfNetworks() {
    for (networks, columns) in [(1, 6), (2, 4), (3, 3)] {
      let one = MistakenImages(
        title: "n", images: Array(repeating: mistake(0.5), count: 9), count: 9, rows: 9)
      let figure = Figure.mistakes(
        Array(repeating: one, count: networks), title: "", part: "test")
      guard case .tiles(let tiles) = figure.panels[0][0].layers[0] else { continue }
      #expect(tiles.columns == columns)
    }
  }

  @Test func classesOfImagesArePinned() {
    let figure = Figure.imageData(
      [
        ("p", [SampleImage(width: 2, height: 1, pixels: [0.5, 1])]),
        ("q", [SampleImage(width: 1, height: 2, pixels: [-1, 0.25]), image]),
      ], title: "T", style: .dark)
    #expect(
      FigureText(figure).text
        == """
        figure 'T'
        dark
        panel 0.0
          x '' ["", ""]
          y '' ["q", "p"]
          tiles of 44
            2 by 1 #808080 #ffffff
            1 by 2 #000000 #404040; 2 by 1 #808080 #4a4e57
        """)
  }
}
