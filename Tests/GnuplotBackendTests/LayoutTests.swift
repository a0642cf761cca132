import Drawing
import Figures
import GnuplotBackend
import Testing

@Suite struct LayoutTests {
  /// Long names that differ in one word stand apart in the legend, above panels and at ticks.
  @Test func namesThatDifferStayDifferent() {
    let names = ["one", "two", "six"].map { word in
      "a network with a rather long descriptive name, variant \(word) of the deep family"
    }
    let stroke = Style.light.series(0, of: 1)
    let panels = names.map { Panel(title: $0, x: Axis("x"), y: Axis("y"), layers: []) }
    let cell = HeatMap.Cell(color: Color(0), text: "1")
    let axis = Axis("", scale: .categories(names))
    let map = HeatMap(rows: names.map { _ in names.map { _ in cell } })
    func cut(_ panels: [Panel], _ legend: [LegendEntry] = []) -> [String] {
      Layout(Figure(title: "", panels: [panels], legend: legend)).texts.map(\.text)
        .filter { $0.contains("…") }
    }
    let entries = cut(
      [Panel(x: Axis("x"), y: Axis("y"), layers: [])],
      names.map { LegendEntry($0, .line(stroke)) })
    #expect(entries.count == 3 && Set(entries).count == 3, "\(entries)")
    for (entry, word) in zip(entries, ["one", "two", "six"]) { #expect(entry.contains(word)) }
    // Titles of panels go on in a further line.
    let titles = Layout(Figure(title: "", panels: [panels])).texts.map(\.text)
    #expect(cut(panels).isEmpty)
    for word in ["one", "two", "six"] {
      #expect(titles.contains { $0.split(separator: " ").contains(Substring(word)) }, "\(titles)")
    }
    let ticks = cut([Panel(x: axis, y: axis, layers: [.heatMap(map)])])
    #expect(ticks.count == 6 && Set(ticks).count == 3, "\(ticks)")
  }

  private func figure(series: Int, name: (Int) -> String = { "series \($0)" }) -> Figure {
    let lines = (0..<series).map { index in
      Layer.line(
        Line(
          xs: [0, 1], ys: [0, Double(index)], stroke: Style.light.series(index, of: series)))
    }
    let legend = (0..<series).map {
      LegendEntry(name($0), .line(Style.light.series($0, of: series)))
    }
    return Figure(
      title: "Title", panels: [[Panel(x: Axis("epoch"), y: Axis("loss"), layers: lines)]],
      legend: legend)
  }

  @Test func aShortLegendStandsAboveThePanel() throws {
    let layout = Layout(figure(series: 3))
    let frame = try #require(layout.panels.first?.frame)
    #expect(layout.lines.allSatisfy { $0.fromY < frame.y })
  }

  @Test(arguments: [11, 30, 60])
  func aLongLegendStandsBesideThePanel(series: Int) throws {
    let layout = Layout(figure(series: series))
    let frame = try #require(layout.panels.first?.frame)
    #expect(layout.lines.allSatisfy { $0.fromX > frame.right && $0.toX < layout.width })
    #expect(layout.texts.allSatisfy { $0.y > 0 && $0.y < layout.height })
    #expect(layout.texts.filter { $0.text.hasPrefix("series") }.count == series)
  }

  @Test func whatDoesNotFitIsCounted() {
    let layout = Layout(figure(series: 300))
    let shown = layout.texts.filter { $0.text.hasPrefix("series") }.count
    #expect(layout.texts.contains { $0.text == "and \(300 - shown) more" })
  }

  @Test func longNamesAreCutInTheMiddle() {
    let layout = Layout(
      figure(series: 2) { "the beginning \(String(repeating: "x", count: 200)) end \($0)" })
    let names = layout.texts.map(\.text).filter { $0.hasPrefix("the beginning") }
    #expect(names.count == 2)
    #expect(names.allSatisfy { $0.contains("…") && $0.count < 60 })
    #expect(Set(names).count == 2)
  }

  @Test func textsOfAnAxisDoNotOverlap() {
    let layout = Layout(figure(series: 2))
    let bottom = layout.texts.filter { $0.anchor == .center && $0.size == Style.tickSize }
      .sorted { $0.x < $1.x }
    for (a, b) in zip(bottom, bottom.dropFirst()) {
      let half = { (text: PlacedText) in TextMeasure.width(text.text, size: text.size) / 2 }
      #expect(a.x + half(a) < b.x - half(b))
    }
  }

  @Test func linesBreakAtSpaces() {
    #expect(TextMeasure.wrapped("aa bb cc", size: 10, limit: 40) == ["aa bb", "cc"])
    #expect(TextMeasure.wrapped("a\nb", size: 10, limit: 400) == ["a", "b"])
    #expect(TextMeasure.wrapped("", size: 10, limit: 400).isEmpty)
    #expect(TextMeasure.oneLine("a\nb") == "a↵b")
  }

  private func panel(_ title: String, _ x: Axis, _ y: Axis) -> Panel {
    Panel(title: title, x: x, y: y, layers: [])
  }

  @Test func everyPlaceOfTwoRowsIsPinned() {
    let scaled = Panel(
      title: "heat", x: Axis("k", scale: .categories(["a", "b"])), y: Axis("", range: 0...2),
      layers: [], colorScale: ColorScale(label: "loss", range: 1...3))
    var figure = Figure(
      title: "Title", subtitle: "below it",
      panels: [
        [
          panel("first", Axis("epoch", range: 0...4), Axis("loss", range: 0...100)),
          panel("", Axis("", range: 0...4), Axis("", range: 0...1)),
        ], [scaled],
      ],
      legend: [
        LegendEntry("model", .none), LegendEntry("wide", .lineAndBand(Stroke(color: .black))),
        LegendEntry("small", .marker(Stroke(color: .white, marker: .square))),
      ], notes: ["a note"])
    figure.style = .light
    var layout = Layout(figure)
    // Of the colour bar's 64 boxes the lowest and the uppermost tell all: each reaches to the top.
    let bar = layout.boxes.dropFirst()
    #expect(bar.count == 64)
    layout.boxes = Array(layout.boxes.prefix(2)) + layout.boxes.suffix(1)
    #expect(
      LayoutText(layout).text
        == """
        960 by 836
        panel 'first' (64.8 103.3) 380 by 296
        panel '' (548 103.3) 380 by 296
        panel 'heat' (64.8 465.3) 380 by 296
        'Title' (14 23) left 15 #1a1a1a
        'below it' (14 41.5) left 12 #595959
        'model' (14 66.5) left 11 #595959
        'wide' (98.3 66.5) left 11 #1a1a1a
        'small' (175.7 66.5) left 11 #1a1a1a
        'first' (254.8 92.3) center 12.5 #1a1a1a
        '0' (64.8 412.3) center 11 #1a1a1a
        '1' (159.8 412.3) center 11 #1a1a1a
        '2' (254.8 412.3) center 11 #1a1a1a
        '3' (349.8 412.3) center 11 #1a1a1a
        '4' (444.8 412.3) center 11 #1a1a1a
        'epoch' (254.8 429.3) center 12 #1a1a1a
        '0' (56.8 399.3) right 11 #1a1a1a
        '20' (56.8 340.1) right 11 #1a1a1a
        '40' (56.8 280.9) right 11 #1a1a1a
        '60' (56.8 221.7) right 11 #1a1a1a
        '80' (56.8 162.5) right 11 #1a1a1a
        '100' (56.8 103.3) right 11 #1a1a1a
        'loss' (24 251.3) center 12 #1a1a1a turned 90
        '0' (548 412.3) center 11 #1a1a1a
        '1' (643 412.3) center 11 #1a1a1a
        '2' (738 412.3) center 11 #1a1a1a
        '3' (833 412.3) center 11 #1a1a1a
        '4' (928 412.3) center 11 #1a1a1a
        '0.0' (540 399.3) right 11 #1a1a1a
        '0.2' (540 340.1) right 11 #1a1a1a
        '0.4' (540 280.9) right 11 #1a1a1a
        '0.6' (540 221.7) right 11 #1a1a1a
        '0.8' (540 162.5) right 11 #1a1a1a
        '1.0' (540 103.3) right 11 #1a1a1a
        'heat' (254.8 454.3) center 12.5 #1a1a1a
        'a' (159.8 774.3) center 11 #1a1a1a
        'b' (349.8 774.3) center 11 #1a1a1a
        'k' (254.8 791.3) center 12 #1a1a1a
        '0.0' (56.8 761.3) right 11 #1a1a1a
        '0.5' (56.8 687.3) right 11 #1a1a1a
        '1.0' (56.8 613.3) right 11 #1a1a1a
        '1.5' (56.8 539.3) right 11 #1a1a1a
        '2.0' (56.8 465.3) right 11 #1a1a1a
        '1.0' (475.8 761.3) left 11 #1a1a1a
        '1.5' (475.8 687.3) left 11 #1a1a1a
        '2.0' (475.8 613.3) left 11 #1a1a1a
        '2.5' (475.8 539.3) left 11 #1a1a1a
        '3.0' (475.8 465.3) left 11 #1a1a1a
        'loss' (507.4 613.3) center 12 #1a1a1a turned 90
        'a note' (14 818.3) left 10 #595959
        line (67.3 66.5) to (91.3 66.5) #000000
        box (67.3 61.5) 24 by 9.9 #000000 0.2
        box (458.8 465.3) 12 by 296 #440456 1
        box (458.8 465.3) 12 by 4.6 #f8e626 1
        marker (156.7 66.5) #ffffff square
        """)
  }

  @Test func namesThatDoNotFitAreTilted() {
    let names = (0..<9).map { "a long name number \($0)" }
    let figure = Figure(
      title: "", panels: [[panel("", Axis("k", scale: .categories(names)), Axis("", range: 0...1))]]
    )
    let layout = Layout(figure)
    let tilted = layout.texts.filter { $0.rotation == 35 }
    #expect(tilted.map(\.text) == names && tilted.allSatisfy { $0.anchor == .right })
    let short = (0..<9).map { "n\($0)" }
    let level = Layout(
      Figure(
        title: "",
        panels: [[panel("", Axis("k", scale: .categories(short)), Axis("", range: 0...1))]]))
    #expect(level.texts.allSatisfy { $0.rotation == 0 })
  }

  @Test func aLegendBesideThePanelsHasColumns() {
    // 30 entries in a panel of 360 points: in small print 25 lines, so that two columns of 15 stand.
    let layout = Layout(figure(series: 30))
    let places = layout.texts.filter { $0.text.hasPrefix("series") }
    #expect(places.map(\.text) == (0..<30).map { "series \($0)" })
    #expect(Set(places.map(\.size)) == [Style.smallLegendSize])
    #expect(Set(places.prefix(15).map(\.x)).count == 1 && places[15].x > places[14].x)
    #expect(places[15].y == places[0].y && places[1].y > places[0].y)
    // Ten entries stand above in two lines, eleven beside in the usual size.
    let ten = Layout(figure(series: 10))
    let lines = Set(ten.texts.filter { $0.text.hasPrefix("series") }.map(\.y))
    #expect(lines.count == 2 && ten.lines.allSatisfy { $0.fromY < ten.panels[0].frame.y })
    let eleven = Layout(figure(series: 11)).texts.filter { $0.text.hasPrefix("series") }
    #expect(Set(eleven.map(\.size)) == [Style.legendSize] && Set(eleven.map(\.x)).count == 1)
  }

  @Test func panelsHaveTheWidthOfTheirNumber() {
    for (columns, width, height) in [
      (1, 520.0, 322.0), (2, 380, 296), (3, 280, 218), (4, 225, 176),
    ] {
      let one = panel("", Axis("", range: 0...1), Axis("", range: 0...1))
      let layout = Layout(Figure(title: "", panels: [Array(repeating: one, count: columns)]))
      // 62 % of the width of a single panel, 78 % of several.
      #expect(layout.panels.allSatisfy { $0.frame.width == width && $0.frame.height == height })
    }
  }

  @Test(arguments: [(1.0, 420.0), (2, 630), (0.1, 210), (0.75, 315)])
  func squaresKeepTheRatioOfTheirRanges(tall: Double, height: Double) {
    let square = Panel(
      x: Axis("", range: 0...2), y: Axis("", range: 0...(2 * tall)), layers: [], isSquare: true)
    let frame = Layout(Figure(title: "", panels: [[square]])).panels[0].frame
    #expect(frame.width == 420 && frame.height == height)
  }

  @Test func theBarOfAReversedScaleBeginsWithYellow() {
    for (isReversed, lowest, uppermost) in [
      (false, "#440456", "#f8e626"), (true, "#f8e626", "#440456"),
    ] {
      var one = panel("", Axis("", range: 0...1), Axis("", range: 0...1))
      one.colorScale = ColorScale(label: "", range: 0...1, isReversed: isReversed)
      let boxes = Layout(Figure(title: "", panels: [[one]])).boxes
      // The first box is the lowest: it is seen where no later one lies on it.
      #expect(boxes.first?.color.hex == lowest && boxes.last?.color.hex == uppermost)
    }
  }
}
