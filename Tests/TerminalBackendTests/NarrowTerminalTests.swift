import Drawing
import Figures
import Terminal
import TerminalBackend
import Testing
import Tracking

/// A terminal of 40 columns loses nothing without saying so.
@Suite struct NarrowTerminalTests {
  private let plain = TextStyle(isColored: false)

  private func text(_ figure: Figure, _ width: Int) -> String {
    let lines = TerminalFigure(figure, width: width, plain).lines
    for line in lines { #expect(displayWidth(of: line) <= width, "\(line)") }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: [40, 80]) func everyCellOfAHeatMapIsThere(width: Int) {
    let values = (0..<9).flatMap { x in
      ["a wide network", "a narrow network"].enumerated().map { row, name in
        SweepValue(
          x: .integer(x), y: .text(name), seed: 0, value: Double(100 + 10 * x + row))
      }
    }
    var options = SweepOptions(metric: .valLoss, xName: "batch_size")
    options.yName = "model"
    let drawn = text(.heatMap(values, options: options), width)
    for x in 0..<9 {
      for row in 0...1 { #expect(drawn.contains("\(100 + 10 * x + row)")) }
    }
    #expect(drawn.contains("narrow") && drawn.contains("wide"))
  }

  @Test(arguments: [40, 80]) func titlesAndNamesAreWhole(width: Int) {
    let names = (0..<6).map { "network number \($0)" }
    let panel = Panel(
      title: "a title that is longer than forty columns of a terminal are",
      x: Axis("model", scale: .categories(names)), y: Axis("loss"),
      layers: [
        .points(
          Points(
            xs: [0, 1, 2, 3, 4, 5], ys: [1, 2, 3, 4, 5, 6], stroke: Stroke(color: .black)))
      ])
    let drawn = text(
      Figure(
        title: "another title that is longer than forty columns of a terminal are",
        panels: [[panel]]), width)
    let words = drawn.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("a title that is longer than forty columns of a terminal are"))
    #expect(words.contains("another title that is longer than forty columns of a terminal are"))
    for name in names { #expect(words.contains(name), "\(drawn)") }
  }

  /// Classes in the plane are told apart, however many points there are: left of the middle one, right the other.
  @Test(arguments: [4, 1000]) func classesOfPointsHaveLetters(count: Int) throws {
    let rows = (0..<count).map { index -> [Double] in
      let share = Double(index) / Double(count - 1)
      return [share < 0.5 ? share - 1 : share, Double(index % 7)]
    }
    let names = ["minus", "plus"]
    let drawn = text(
      .data(
        DataSample(
          columns: ["x", "y"], rows: rows,
          target: .classes(rows.map { $0[0] < 0 ? 0 : 1 }, names: names)),
        title: "t"), 40)
    #expect(drawn.contains("a minus   b plus") && !drawn.contains("Not told apart"))
    let plane = drawn.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }
    let letters = plane.flatMap { row in
      row.indices.filter { "ab".contains(row[$0]) }.map { (row, $0) }
    }
    #expect(letters.count >= 4)
    // No dot is left beside its letter.
    #expect(!plane.joined().contains { ("\u{2801}"..."\u{28FF}").contains($0) }, "\(drawn)")
    for (row, index) in letters {
      let column = row.distance(from: row.startIndex, to: index)
      #expect((column < 20) == (row[index] == "a"), "\(drawn)")
    }
  }

  /// What no letter shows is said below; its heading alone would say nothing.
  @Test func aHeadingOfNothingIsLeftOut() {
    let (blue, grey) = (Stroke(color: Color(0x0072B2)), Stroke(color: Color(0x777777)))
    let panel = Panel(
      title: "", x: Axis("epoch"), y: Axis("loss"),
      layers: [.line(Line(xs: [0, 1], ys: [1, 2], stroke: blue))])
    let drawn = text(
      Figure(
        title: "t", panels: [[panel]],
        legend: [
          LegendEntry("model", .none), LegendEntry("wide", .line(blue)),
          LegendEntry("rate", .none), LegendEntry("0.1", .line(grey)),
        ]), 40)
    #expect(drawn.contains("model   a wide\n") && !drawn.contains("rate"))
    #expect(drawn.contains("Not told apart here: 0.1."))
  }

  @Test func textsOnAPanelStandBelowIt() {
    let options: SweepOptions = {
      var options = SweepOptions(metric: .valLoss, xName: "")
      options.title = "all"
      return options
    }()
    let figure = Figure.parallel(
      [
        ParallelLine(values: [.number(0.1), .text("sgd")], metric: 1),
        ParallelLine(values: [.number(0.2), .text("adam")], metric: 2),
      ], keys: ["lr", "optimizer"], options: options)
    let drawn = text(figure, 40)
    #expect(drawn.contains("lr: 0.2, 0.1") && drawn.contains("optimizer: sgd, adam"))
    var importance = ImportanceOptions()
    importance.title = "importance"
    let bars = Figure.importance(
      [ImportanceBar(name: "lr", share: 0.8), ImportanceBar(name: "model", share: 0.2)],
      options: importance)
    #expect(text(bars, 40).contains("lr: 80 %"))
  }

  @Test func whatLettersCannotShowIsSaid() {
    let stroke = Style.light.series(0, of: 1)
    let grey = Stroke(color: Style.light.muted, dash: .dashed)
    let figure = Figure(
      title: "",
      panels: [
        [
          Panel(
            x: Axis("x"), y: Axis("y"),
            layers: [
              .band(Band(xs: [0, 1], lower: [0, 0], upper: [1, 1], color: stroke.color)),
              .line(Line(xs: [0, 1], ys: [0, 1], stroke: stroke)),
            ])
        ]
      ], legend: [LegendEntry("net", .line(stroke)), LegendEntry("lr 0.1", .line(grey))])
    let drawn = text(figure, 60)
    #expect(drawn.contains("Bands are not drawn here."))
    #expect(drawn.contains("Not told apart here: lr 0.1."))
    #expect(drawn.contains("a net"))
  }

  @Test func seriesOfOneColourHaveLettersOfTheirOwn() {
    let names = (0..<9).map { "net \($0)" }
    let strokes = names.indices.map { Style.light.series($0, of: 9) }
    let lines = zip(names.indices, strokes).map { index, stroke in
      Layer.line(Line(xs: [0, 1], ys: [0, Double(index)], stroke: stroke))
    }
    let drawn = text(
      Figure(
        title: "", panels: [[Panel(x: Axis("x"), y: Axis("y"), layers: lines)]],
        legend: zip(names, strokes).map { LegendEntry($0, .line($1)) }), 80)
    for (letter, name) in zip("abcdefghi", names) { #expect(drawn.contains("\(letter) \(name)")) }
  }
}
