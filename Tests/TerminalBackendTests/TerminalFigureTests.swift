import Drawing
import Figures
import Terminal
import TerminalBackend
import Testing

@Suite struct TerminalFigureTests {
  private let plain = TextStyle(isColored: false)

  private func figure(name: String = "a name") -> Figure {
    let strokes = (0..<2).map { Style.light.series($0, of: 2) }
    let lines = strokes.enumerated().map { index, stroke in
      Layer.line(Line(xs: [0, 10], ys: [0, Double(index + 1)], stroke: stroke))
    }
    return Figure(
      title: "A title", panels: [[Panel(x: Axis("epoch"), y: Axis("loss"), layers: lines)]],
      legend: [LegendEntry(name, .line(strokes[0])), LegendEntry("second", .line(strokes[1]))],
      notes: ["a note"])
  }

  @Test func curvesEndInTheirLetters() throws {
    let lines = TerminalFigure(figure(), width: 60, plain).lines
    #expect(lines.prefix(2) == ["A title", "a a name   b second"])
    #expect(lines.last == "a note")
    let a = try #require(lines.firstIndex { $0.hasSuffix(" a") })
    let b = try #require(lines.firstIndex { $0.hasSuffix(" b") })
    #expect(b < a)
    #expect(lines.contains { $0.contains("epoch") } && lines.contains("loss"))
  }

  /// What a figure leaves out is said to the last word, however narrow the terminal is.
  @Test func notesAreBrokenAndNotCut() {
    var figure = figure()
    figure.notes = ["2 of 6 runs diverged: others show the mean of those that did not."]
    #expect(
      TerminalFigure(figure, width: 40, plain).lines.suffix(2) == [
        "2 of 6 runs diverged: others show the", "mean of those that did not.",
      ])
  }

  @Test func coloursAreWrittenOnlyWhereTheyAreWanted() {
    #expect(!TerminalFigure(figure(), width: 60, plain).text.contains("\u{1B}"))
    let colored = TerminalFigure(figure(), width: 60, TextStyle(isColored: true)).text
    #expect(colored.contains("\u{1B}["))
  }

  @Test func longNamesStayDifferent() {
    let name = "a network with a long descriptive name, variant one of the deep family"
    var figure = figure(name: name)
    figure.legend[1].label = name.replacing("one", with: "two")
    let lines = TerminalFigure(figure, width: 40, plain).lines
    #expect(lines[1].hasPrefix("a ") && lines[1].contains(" one "))
    #expect(lines[2].hasPrefix("b ") && lines[2].contains(" two "))
    #expect(lines.prefix(3).allSatisfy { displayWidth(of: $0) <= 40 })
  }

  @Test func namesCannotMoveTheCursor() {
    let text = TerminalFigure(figure(name: "\u{1B}[2J\r\n漢字"), width: 60, plain).text
    #expect(!text.contains("\u{1B}") && !text.contains("\r"))
  }

  @Test func aHeatMapIsATable() {
    let cells = ["0.10", "0.20"].map { HeatMap.Cell(color: .white, text: $0) }
    let panel = Panel(
      x: Axis("lr", scale: .categories(["0.1", "1"])),
      y: Axis("model", scale: .categories(["net"])), layers: [.heatMap(HeatMap(rows: [cells]))])
    let lines = TerminalFigure(Figure(title: "t", panels: [[panel]]), width: 60, plain).lines
    #expect(lines.contains("net  0.10  0.20"))
    #expect(lines.contains("      0.1     1"))
  }

  @Test func regionsAreLetters() {
    let regions = Regions(
      xRange: 0...1, yRange: 0...1, width: 2, height: 2,
      colors: Array(repeating: .white, count: 4), classes: [0, 0, 1, 1])
    let panel = Panel(x: Axis("x"), y: Axis("y"), layers: [.regions(regions)])
    let lines = TerminalFigure(Figure(title: "", panels: [[panel]]), width: 60, plain).lines
    let pictures = lines.filter { $0.contains("│") || $0.contains("┤") }
    #expect(pictures.first?.hasSuffix("bbb") == true && pictures.last?.hasSuffix("aaa") == true)
  }

  @Test func nothingToSeeIsNoTrap() {
    let panel = Panel(
      x: Axis("x"), y: Axis("y", scale: .log),
      layers: [.line(Line(xs: [.nan], ys: [.nan], stroke: Stroke(color: .black)))])
    #expect(!TerminalFigure(Figure(title: "", panels: [[panel]]), width: 1, plain).lines.isEmpty)
  }

  /// The lines with a full stop behind each that ends in blanks, dots of Braille as they are.
  private func text(_ figure: Figure, width: Int = 46) -> String {
    TerminalFigure(figure, width: width, plain).lines.map { $0.hasSuffix(" ") ? $0 + "." : $0 }
      .joined(separator: "\n")
  }

  @Test func curvesOnALogarithmicAxisArePinned() {
    let strokes = (0..<3).map { Style.light.series($0, of: 3) }
    let layers: [Layer] = [
      .line(Line(xs: [0, 4, 8], ys: [1000, 10, 0], stroke: strokes[0])),
      .line(Line(xs: [0, 8], ys: [1, 100], stroke: strokes[1])),
      .line(Line(xs: [0, 8], ys: [2, 100], stroke: strokes[2])),
      .points(Points(xs: [8], ys: [1000], stroke: strokes[1])),
    ]
    let panel = Panel(
      title: "P", x: Axis("epoch", range: 0...8), y: Axis("loss", scale: .log, range: 1...1000),
      layers: layers)
    let figure = Figure(
      title: "T", subtitle: "S", panels: [[panel]],
      legend: [LegendEntry("model", .none)]
        + zip(["first one here", "second one here", "third"], strokes).map {
          LegendEntry($0, .line($1))
        })
    // `first` ends at 10, where its last value has a place; the other two end together.
    #expect(
      text(figure)
        == """
        T
        S
        model   a first one here
        b second one here   c third

        P
        loss
        1000 ┤⠑⢄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀b
             │⠀⠈⠢⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠈⢆⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠀⠀⠑⢄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠀⠀⠀⠀⠣⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
         100 ┤⠀⠀⠀⠀⠀⠀⠀⠀⠈⠒⡄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡤⠖ b+
             │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠢⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣤⠶⠋⠁⠀⠀
             │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠘⢄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⢤⡲⠝⠉⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠑⢄⠀⠀⠀⠀⠀⢀⡠⠤⣒⠝⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠢⡀⣠⠔⢊⡡⠒⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
          10 ┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⠤⠒⢉⡲⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ a
             │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⠤⠒⠉⣀⠔⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⠀⠀⠀⠀⢀⡠⠔⠊⠉⢀⡠⠒⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠀⢀⡠⠔⠊⠁⠀⡠⠔⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             │⠊⠁⠀⢀⠤⠒⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
           1 ┤⡠⠔⠊⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
             └┬────────┬────────┬────────┬────────┬
              0        2        4        6        8
                              epoch
        """)
  }

  @Test func regionsWithTheirAxesArePinned() {
    let regions = Regions(
      xRange: 0...3, yRange: 0...20, width: 4, height: 3,
      colors: Array(repeating: .white, count: 12), classes: [0, 0, 1, 1, 0, 2, 2, 1, 2, 2, 2, 2])
    let panel = Panel(x: Axis("u"), y: Axis("v"), layers: [.regions(regions)])
    #expect(
      text(Figure(title: "", panels: [[panel]]))
        == """
        v
        20 ┤cccccccccccccccccccccccccccccccc
           │cccccccccccccccccccccccccccccccc
           │cccccccccccccccccccccccccccccccc
           │cccccccccccccccccccccccccccccccc
        15 ┤aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaccccccccccccccccccccbbbbbb
        10 ┤aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaccccccccccccccccccccbbbbbb
         5 ┤aaaaaaccccccccccccccccccccbbbbbb
           │aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb
           │aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb
           │aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb
         0 ┤aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb
           └┬─────────┬──────────┬─────────┬
            0         1          2         3
                           u
        """)
  }

  @Test func cellsWithNamesArePinned() {
    func cell(_ text: String) -> HeatMap.Cell { HeatMap.Cell(color: .white, text: text) }
    let map = HeatMap(rows: [
      [cell("1"), cell("22"), cell("")], [cell("diverged"), cell("4"), cell("5")],
    ])
    let panel = Panel(
      x: Axis("lr", scale: .categories(["0.1", "1", "10"])),
      y: Axis("model", scale: .categories(["low", "highest"])), layers: [.heatMap(map)])
    #expect(
      text(Figure(title: "", panels: [[panel]]))
        == """
        model
        highest  diverged   4   5
            low         1  22    .
                      0.1   1  10
                 lr
        """)
  }

  @Test func smallPicturesArePinned() {
    func tile(_ width: Int, _ colors: [UInt32], _ caption: String) -> Tiles.Tile {
      Tiles.Tile(
        width: width, height: colors.count / width, colors: colors.map { Color($0) },
        caption: caption)
    }
    // Two rows of pixels are one of letters, in whose middle the lower one begins.
    let white: UInt32 = 0xFFFFFF
    let tiles = Tiles(rows: [
      [
        tile(3, [0, 0, 0, white, 0, 0x808080], "is a\nsaid b"),
        tile(1, [0, white, 0, 0x808080], "c"),
      ],
      [tile(2, [0, white], "")],
    ])
    let panel = Panel(tiles: tiles, rowNames: ["first", "second"])
    // The root of the luminance of #808080 is 0.46: the fifth of ten letters.
    #expect(
      text(Figure(title: "", panels: [[panel]])).split(separator: "\n") == [
        "first", "@ =     @", "is a    =", "said b  c", "second", " @",
      ])
  }

  @Test func boxesAreAListOfWhatLeadsToThem() {
    let diagram = Diagram(
      nodes: [
        .init(["x"], .value), .init(["0 linear", "weight (3, 2)"], .module(.black)),
        .init([""], .joint), .init(["y"], .value),
      ],
      edges: [
        .init(from: 0, to: 1, label: "(2)"), .init(from: 1, to: 2), .init(from: 0, to: 2),
        .init(from: 2, to: 3, label: "(3)"),
      ])
    let figure = Figure(title: "", panels: [[Panel(title: "g", diagram: diagram)]])
    #expect(
      TerminalFigure(figure, width: 60, plain).lines == [
        "g", "x", "0 linear  weight (3, 2)  <- x (2)", "+  <- 0 linear, x", "y  <- + (3)",
      ])
  }
}
