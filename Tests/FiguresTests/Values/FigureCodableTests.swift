import Drawing
import Figures
import Foundation
import Testing

@Suite struct FigureCodableTests {
  private func written(_ figure: Figure) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(figure)
  }

  @Test func everyFigureIsReadAsItWasWritten() throws {
    for sample in try EveryFigure.all() {
      let data = try written(sample.figure)
      let read = try JSONDecoder().decode(Figure.self, from: data)
      // As text, in which not-a-number equals itself, and nothing is left out.
      #expect(FigureText(read).text == FigureText(sample.figure).text, "\(sample.builder)")
      #expect("\(read)" == "\(sample.figure)", "\(sample.builder)")
      #expect(try written(read) == data, "\(sample.builder)")
    }
  }

  @Test func noBuilderIsLeftOut() throws {
    let folder =
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path + "/Sources/Figures/Builders"
    var builders: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for match in text.matches(of: /public static func (\w+)\([^{]*?\)\s*-> Figure\b/) {
        builders.insert(String(match.1))
      }
    }
    #expect(builders.count > 15)
    #expect(builders == Set(try EveryFigure.all().map(\.builder)))
  }

  @Test func numbersThatAreNotFiniteAreWords() throws {
    let line = Line(
      xs: [0, 0.1, 2, 3], ys: [.nan, .infinity, -.infinity, -0.0], stroke: Stroke(color: .black))
    let text = String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
    #expect(text.contains(#""ys":["NaN","Infinity","-Infinity",-0]"#), "\(text)")
    let read = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    #expect(read.ys[0].isNaN && read.ys[1] == .infinity && read.ys[2] == -.infinity)
    #expect(read.ys[3].sign == .minus && read.xs == line.xs)
    let list = try PropertyListEncoder().encode(line)
    #expect(try PropertyListDecoder().decode(Line.self, from: list).xs == line.xs)
  }

  @Test func coloursAreWrittenAsPagesWriteThem() throws {
    let text = String(decoding: try JSONEncoder().encode([Color(0x0072B2)]), as: UTF8.self)
    #expect(text == ##"["#0072b2"]"##)
    for wrong in ["0072b2", "#0072b", "#+072b2", "red"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([Color].self, from: Data(#"["\#(wrong)"]"#.utf8))
      }
    }
  }

  /// What would stop a renderer is refused where it is read.
  @Test func whatCouldNotBeDrawnIsRefused() throws {
    func refused(_ figure: Figure, _ from: String, _ to: String) throws {
      let text = String(decoding: try written(figure), as: UTF8.self)
      #expect(text.contains(from), "\(text)")
      #expect(throws: DecodingError.self, "\(to)") {
        try JSONDecoder().decode(Figure.self, from: Data(text.replacing(from, with: to).utf8))
      }
    }
    func figure(_ layers: Layer...) -> Figure {
      Figure(title: "", panels: [[Panel(x: Axis(""), y: Axis(""), layers: layers)]])
    }
    let stroke = Stroke(color: .black)
    try refused(
      figure(.line(Line(xs: [1, 2], ys: [3, 4], stroke: stroke))), #""xs":[1,2]"#, #""xs":[1]"#)
    try refused(
      figure(.band(Band(xs: [1], lower: [2], upper: [3], color: .black))), #""lower":[2]"#,
      #""lower":[]"#)
    try refused(
      figure(
        .points(Points(xs: [1], ys: [2], bars: Points.Bars(lower: [3], upper: [5]), stroke: stroke))
      ), "[3]", "[3,4]")
    try refused(
      figure(.colored(ColoredPoints(xs: [1], ys: [2], colors: [.black]))), ##"["#000000"]"##, "[]")
    let cell = HeatMap.Cell(color: .black, text: "a")
    try refused(
      figure(.heatMap(HeatMap(rows: [[cell], [cell]]))), #""rows":[["#, #""rows":[[],["#)
    let regions = Regions(
      xRange: 0...1, yRange: 0...1, width: 1, height: 2, colors: [.black, .white], classes: [0, 7])
    try refused(figure(.regions(regions)), #""width":1"#, #""width":4611686018427387905"#)
    try refused(figure(.regions(regions)), "[0,7]", "[7]")
    try refused(figure(.regions(regions)), "[0,7]", "[0,-7]")
    let tile = Tiles.Tile(width: 1, height: 1, colors: [.black])
    try refused(figure(.tiles(Tiles(rows: [[tile]]))), #""height":1"#, #""height":-1"#)
    let diagram = Diagram(
      nodes: [.init(["a"], .value), .init(["b"], .joint)], edges: [.init(from: 0, to: 1)])
    try refused(figure(.diagram(diagram)), #""to":1"#, #""to":2"#)
    let nothing = try written(Figure(title: "", panels: [[]]))
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Figure.self, from: nothing) }
  }
}
