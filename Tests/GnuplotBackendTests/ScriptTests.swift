import Drawing
import Figures
import GnuplotBackend
import Testing
import Tracking

@Suite struct ScriptTests {
  private let stroke = Style.light.series(0, of: 1)

  private func script(_ layers: [Layer], y: Axis = Axis("loss"), grid: Bool = true) -> Script {
    Script(
      Figure(
        title: "t",
        panels: [[Panel(x: Axis("epoch"), y: y, layers: layers, hasGrid: grid)]]))
  }

  private func doubles(_ script: Script) -> [Double] {
    stride(from: 0, to: script.data.bytes.count, by: 8).map { start in
      let bits = script.data.bytes[start..<start + 8].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      return Double(bitPattern: bits)
    }
  }

  @Test func numbersStandInTheDataAndNotInTheScript() {
    let script = script([.line(Line(xs: [1, 2], ys: [0.125, 0.25], stroke: stroke))])
    #expect(doubles(script) == [1, 0.125, 2, 0.25])
    #expect(
      script.commands.contains(
        "data binary skip=0 endian=little record=(2) format=\"%double%double\" using 1:2 with lines"
      ))
    #expect(!script.commands.contains("0.125"))
    #expect(!script.commands.contains("plot '-'"))
  }

  @Test func valuesWithoutAPlaceBreakTheLine() {
    let values = [1, 0, -1, .infinity, 2]
    let script = script(
      [.line(Line(xs: [0, 1, 2, 3, 4], ys: values, stroke: stroke))],
      y: Axis("loss", scale: .log))
    #expect(script.commands.contains("set logscale y 10"))
    #expect(doubles(script).prefix(10).count { $0.isNaN } == 3)
  }

  @Test func rangesAreAlwaysSet() {
    for ys in [[0.5, 0.5], [Double.nan, .nan], []] {
      let line = Line(xs: ys.indices.map(Double.init), ys: ys, stroke: stroke)
      let commands = script([.line(line)]).commands
      #expect(commands.contains("set yrange [") && !commands.contains("nan"))
    }
    #expect(script([]).commands.contains("no values"))
  }

  @Test func aBandEndsAtTheBottomOfALogarithmicAxis() {
    let band = Band(xs: [0, 1], lower: [-1, 0.5], upper: [1, 2], color: stroke.color)
    let script = script([.band(band)], y: Axis("loss", scale: .log, range: 0.01...10))
    #expect(doubles(script) == [0, 0.01, 1, 1, 0.5, 2])
  }

  @Test func cellsOfAHeatMapAreRectanglesWithTexts() {
    let cells = [
      HeatMap.Cell(color: Color(0x440154), text: "0.1"),
      HeatMap.Cell(color: Color(0xD0D0D0), text: "diverged", isHatched: true),
    ]
    let commands = script([.heatMap(HeatMap(rows: [cells]))], grid: false).commands
    #expect(commands.contains("fillcolor rgb \"#440154\""))
    #expect(
      commands.contains("set label \"0.1\"") && commands.contains("textcolor rgb \"#ffffff\""))
    #expect(commands.contains("nohead front lc"))
    #expect(commands.contains("unset border; unset xtics"))
  }

  @Test func regionsAreAPictureOfBytes() {
    let regions = Regions(
      xRange: 0...1, yRange: 0...2, width: 2, height: 3,
      colors: Array(repeating: Color(0x010203), count: 6))
    let script = script([.regions(regions)], grid: false)
    #expect(script.data.bytes == Array(repeating: [1, 2, 3], count: 6).flatMap { $0 })
    #expect(script.commands.contains("array=(2,3) origin=(0.0,0.0) dx=1.0 dy=1.0"))
    #expect(script.commands.contains("with rgbimage"))
  }

  @Test func eachFormatHasItsTerminal() {
    let script = script([])
    #expect(script.terminal(.svg).hasPrefix("set terminal svg size "))
    #expect(script.terminal(.png).contains("pngcairo"))
    #expect(script.terminal(.pdf).contains("pdfcairo"))
    for format in PictureFormat.allCases { #expect(script.terminal(format).contains("noenhanced")) }
  }

  @Test func pathsNameTheirFormat() {
    #expect(PictureFormat(path: "a/b.SVG") == .svg)
    #expect(PictureFormat(path: "a.png/b") == nil)
    #expect(PictureFormat(path: "pdf") == nil)
  }

  @Test func textsAreQuotedOneByOne() {
    let figure = Figure(
      title: "`date`", panels: [[Panel(title: "$(ls)", x: Axis("@x"), y: Axis("y"), layers: [])]])
    let commands = Script(figure).commands
    #expect(commands.contains("set label \"\\140date\\140\""))
    #expect(!commands.contains("`") && !commands.contains("$(") && !commands.contains("@"))
  }

  @Test func bothAxesMayBeLogarithmic() {
    let line = Line(xs: [-1, 0, 1, 10], ys: [1, 2, 3, 4], stroke: stroke)
    for (scale, words, drawn) in [
      (Axis.Scale.log, "set logscale x 10\n", [1.0, 3, 10, 4]),
      (.linear, "unset logscale\nset xrange", [-1, 1, 0, 2, 1, 3, 10, 4]),
    ] {
      let script = Script(
        Figure(
          title: "",
          panels: [[Panel(x: Axis("lr", scale: scale), y: Axis("loss"), layers: [.line(line)])]]))
      #expect(script.commands.contains(words) && doubles(script) == drawn)
      #expect(!script.commands.contains("logscale y"))
    }
  }
}
