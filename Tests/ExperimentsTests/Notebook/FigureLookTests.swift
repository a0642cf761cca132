import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

/// The looks of figures: in cells, for a whole file, as options of a command.
struct FigureLookTests {
  private let head = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {a: {mlp: {hidden: [4]}}, b: {mlp: {hidden: [8]}}}

    """

  private func looks(_ file: String, _ cells: String) throws -> [FigureLook] {
    let text =
      head + file + """
        notebook:
          - {sweep: s, over: {model: all, lr: [0.1, 0.2]}, seeds: 2}

        """
    return try read(text + cells).cells.compactMap {
      if case .plot(let plot) = $0 { plot.look } else { nil }
    }
  }

  private func errors(_ file: String, _ cells: String) throws -> [String] {
    let thrown = #expect(throws: Diagnostics.self) { _ = try looks(file, cells) }
    return try #require(thrown).list.map(\.message)
  }

  @Test func aCellSaysHowItsFigureLooks() throws {
    let look = try #require(
      try looks(
        "",
        """
          - {plot: curves, metric: val/loss, band: quartiles, width: 8cm, height: 2 in,
             font_size: 9, dpi: 300, x_range: [0, 5], y_range: [-1, 2], x_label: Epochs,
             y_label: L, legend: false, title: none, theme: dark, format: [pdf, svg], top: 1}

        """
      ).first)
    #expect(look.band == .quartiles && look.fontSize == 9 && look.dotsPerInch == 300)
    #expect(abs((look.width ?? 0) - 226.7717) < 1e-3 && look.height == 144)
    #expect(look.xRange == 0...5 && look.yRange == -1...2)
    #expect(look.xLabel == "Epochs" && look.yLabel == "L")
    #expect(look.hasNoLegend && look.hasNoTitle && look.theme == .dark && look.top == 1)
    #expect(look.formats == [.pdf, .svg])
  }

  @Test func lengthsHaveUnits() throws {
    for (text, points) in [("80mm", 226.7717), ("600px", 450), ("230pt", 230), ("3.3in", 237.6)] {
      let look = try #require(try looks("", "  - {plot: curves, width: \(text)}\n").first)
      #expect(abs((look.width ?? 0) - points) < 1e-3, "\(text)")
    }
    #expect(try errors("", "  - {plot: curves, width: 8}\n") == ["'8' is no length"])
    #expect(
      try errors("figures: {width: 9000cm}\n", "  - plot: curves\n")
        == ["'9000cm' is no width of a picture"])
  }

  @Test func theFileSaysItForAllFigures() throws {
    let all = try looks(
      "figures: {width: 8cm, band: ci, theme: dark, format: png, font_size: 8, dpi: 200}\n",
      """
        - {plot: curves, metric: val/loss}
        - {plot: heatmap, metric: val/loss, x: lr, y: model, theme: light, format: svg}

      """)
    #expect(all.map(\.band) == [.ci, .ci] && all.map(\.theme) == [.dark, .light])
    #expect(all.map(\.formats) == [[.png], [.svg]] && all.map(\.fontSize) == [8, 8])
    #expect(try errors("figures: {band: wide}\n", "  - plot: curves\n").count == 1)
    #expect(try errors("figures: {legend: false}\n", "  - plot: curves\n").count == 1)
  }

  @Test func figuresWithoutANotebookHaveThemToo() throws {
    let experiment = try read(head + "figures: {width: 8cm}\nover: {model: all, lr: [0.1, 0.2]}\n")
    let plots = experiment.cells.compactMap { cell -> PlotCell? in
      if case .plot(let plot) = cell { plot } else { nil }
    }
    #expect(plots.count == 2 && plots.allSatisfy { $0.look.width != nil })
  }

  @Test func aKindTellsWhatItHasNoUseFor() throws {
    let cell = "  - {plot: heatmap, metric: val/loss, x: lr, y: model, "
    #expect(
      try errors("", cell + "band: std}\n") == ["the plot heatmap has no use for 'band'"])
    #expect(
      try errors("", cell + "x_range: [0, 1]}\n") == ["the plot heatmap has no use for 'x_range'"])
    #expect(try errors("", "  - {plot: curves, y_range: [2, 1]}\n").count == 1)
  }

  @Test func aLandscapeIsOfOneShape() throws {
    #expect(
      try errors("", "  - {plot: landscape, by: model}\n")
        == ["'b' has other weights than 'a', so that one plane cannot show both"])
    // Of every rate there is a network of each shape.
    #expect(try looks("", "  - {plot: landscape, by: lr}\n").count == 1)
  }
}
