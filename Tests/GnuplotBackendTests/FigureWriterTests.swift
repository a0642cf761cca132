import Drawing
import Figures
import Foundation
import FoundationXML
import GnuplotBackend
import Synchronization
import TestSupport
import Testing
import Tracking

@Suite struct FigureWriterTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("labbook-figures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private func curve(title: String = "A curve", name: String = "one", ys: [Double] = [1, 2, 4, 3])
    -> Figure
  {
    let stroke = Style.light.series(0, of: 1)
    let xs = ys.indices.map(Double.init)
    let line = Line(xs: xs, ys: ys, stroke: stroke)
    let band = Band(
      xs: xs, lower: ys.map { $0 - 0.5 }, upper: ys.map { $0 + 0.5 }, color: stroke.color)
    return Figure(
      title: title,
      panels: [
        [
          Panel(
            title: name, x: Axis(name), y: Axis(name, unit: name),
            layers: [.band(band), .line(line)])
        ]
      ], legend: [LegendEntry(name, .lineAndBand(stroke))], notes: [name])
  }

  @Test func svgShowsTextsAndLines() throws {
    try FigureWriter().write(curve(), to: path("a.svg"))
    let svg = try text("a.svg")
    #expect(svg.contains("<text>A curve</text>"))
    #expect(svg.contains("<title>A curve</title>"))
    #expect(svg.contains("stroke='rgb(  0, 114, 178)'"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.svg"])
  }

  /// Stored pictures of a width that was asked for stand in as many columns as it has room for.
  @Test func aSheetHasTheWidthThatIsAsked() throws {
    let picture = try StoredPicture(Data(#"<svg width="400" height="300"/>"#.utf8))
    var figure = Figure(title: "t", panels: [])
    figure.sheet = Sheet((0..<5).map { Sheet.Item(label: "lr=\($0)", picture: picture) })
    func svg() throws -> String {
      String(decoding: try FigureWriter().picture(of: figure, .svg), as: UTF8.self)
    }
    #expect(try svg().contains(" width=\"820\""))
    figure.size = FigureSize(width: 8 * 72 / 2.54)
    let narrow = try svg()
    #expect(narrow.contains(" width=\"226.8pt\""))
    // Two a row, none beyond the edge: 340.2 units have room for them and their margins.
    #expect(Set(narrow.matches(of: /<image x="([\d.]+)"/).map(\.1)) == ["16", "177.1"])
    figure.size = FigureSize(width: 8 * 72 / 2.54, height: 200)
    let low = try svg()
    let heights = low.matches(of: #/ width="([\d.]+)" height="([\d.]+)" preserve/#).map(\.2)
    #expect(heights.compactMap { Double($0) }.allSatisfy { $0 < 60 })
  }

  /// An SVG of more than 1 MB holds an image of its lines instead, and that is said once.
  @Test func aLargePictureIsBounded() throws {
    let xs = (0..<1_500).map(Double.init)
    let stroke = Style.light.series(0, of: 1)
    let lines = (0..<120).map { number in
      Layer.line(Line(xs: xs, ys: xs.map { sin($0 * Double(number + 1) / 7) }, stroke: stroke))
    }
    let large = Figure(
      title: "Many <lines>",
      panels: [[Panel(title: "", x: Axis("x"), y: Axis("y"), layers: lines)]],
      legend: [], notes: ["a note"])
    let said = Mutex<[String]>([])
    let writer = FigureWriter(silentSeconds: 110) { sentence in
      said.withLock { $0.append(sentence) }
    }
    try writer.write(large, to: [path("large.svg"), path("large.pdf")])
    let svg = try text("large.svg")
    #expect(svg.utf8.count <= FigureWriter.mostBytes)
    #expect(svg.contains("<image ") && !svg.contains("<path d="))
    #expect(svg.contains("<title>Many &lt;lines&gt;</title>") && svg.contains("a note</desc>"))
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    // An image that is too large too has fewer pixels along a side.
    let drawing = Data(("<svg><desc></desc>" + String(repeating: "x", count: 3 << 20)).utf8)
    var shares: [Double] = []
    let bounded = try FigureWriter().bounded(drawing, for: "x.svg") { share in
      shares.append(share)
      return Data(count: Int(share * share * Double(1 << 20)))
    }
    #expect(shares == [1, 0.5] && bounded.count <= FigureWriter.mostBytes)
    shares = []
    let dense = try FigureWriter().bounded(drawing, for: "x.svg") { share in
      shares.append(share)
      return Data(count: Int(share * share * Double(8 << 20)))
    }
    #expect(shares == [1, 0.5, 0.35, 0.25] && dense.count <= FigureWriter.mostBytes)
    let sentences = said.withLock { $0 }
    #expect(sentences.count == 1)
    #expect(sentences[0].hasPrefix("\(path("large.svg")) would have "))
    #expect(sentences[0].hasSuffix("; format: pdf keeps the lines"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path("large.pdf"))).count > 100_000)
    // A small one is drawn in lines, and nothing is said.
    try writer.write(curve(), to: path("small.svg"))
    #expect(!(try text("small.svg").contains("<image ")) && said.withLock { $0.count } == 1)
  }

  @Test func everyFormatIsWritten() throws {
    try FigureWriter().write(curve(), to: [path("a.png"), path("a.pdf")])
    let png = try Data(contentsOf: URL(fileURLWithPath: path("a.png")))
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(png.count > 5000)
    let pdf = try Data(contentsOf: URL(fileURLWithPath: path("a.pdf")))
    #expect(pdf.starts(with: Array("%PDF".utf8)))
  }

  static let hostile = [
    "it's \"quoted\"", "`touch CANARY`", "$(touch CANARY)", "system(\"touch CANARY\")",
    "\"; system('touch CANARY'); \"", "'; !touch CANARY", "! touch CANARY", "@canary",
    "a_b^{c}&d~e{/Bold f}", "%d %s %%", "\\n\\042", "<b>&amp;</b>]]>", "😀 שלום العربية 漢字",
    "#comment; quit", "-", "x\ttab",
  ]

  @Test(arguments: hostile)
  func hostileTextIsShownAsWritten(text hostile: String) throws {
    let canary = path("canary")
    let written = hostile.replacingOccurrences(of: "CANARY", with: canary)
    try FigureWriter().write(curve(title: written, name: "n"), to: path("h.svg"))
    try FigureWriter().write(curve(title: "t", name: written), to: path("n.svg"))
    #expect(!FileManager.default.fileExists(atPath: canary))
    let shown = try Self.texts(in: text("h.svg")).joined(separator: " ")
    let expected = written.replacingOccurrences(of: "\t", with: " ")
    // A long title may be broken into lines or cut; what is there must be as written.
    let matches = shown.contains(expected) || written.contains(canary)
    #expect(matches, "\(shown)")
    #expect(try XMLParser(data: Data(text("n.svg").utf8)).parse())
  }

  /// Every sign before every digit, in one picture: gnuplot reads digits behind an escape.
  @Test func signsBeforeDigitsArriveExactly() throws {
    let signs =
      (0x20...0x7E).compactMap(Unicode.Scalar.init).map(String.init) + ["é", "漢", "😀", "±"]
    let expected = signs.flatMap { sign in (0...9).map { "a\(sign)\($0)7" } }
    let notes = expected.enumerated().map { place, text in
      Layer.note(
        Note(text, x: Double(place % 30), y: Double(place / 30), color: Color(0)))
    }
    let axis = Axis("", range: -1...40)
    let figure = Figure(title: "", panels: [[Panel(x: axis, y: axis, layers: notes)]])
    try FigureWriter().write(figure, to: path("net #1 !2 \"3 $4.svg"))
    let shown = try Self.texts(in: text("net #1 !2 \"3 $4.svg"))
    for text in expected { #expect(shown.contains(text), "\(text)") }
    #expect(try XMLParser(data: Data(text("net #1 !2 \"3 $4.svg").utf8)).parse())
    // Other formats differ in the terminal alone, which no text is in.
    #expect(!Script(figure).commands.contains("set terminal"))
  }

  /// A picture says what it is, and its curves say who they are.
  @Test func picturesAndCurvesHaveTheirNames() throws {
    var figure = curve(title: "Loss <&> #1\u{1B}", name: "net #1 ]]>")
    figure.subtitle = "3 seeds"
    let other = Stroke(color: Color(0x123456))
    figure.panels[0][0].layers.append(.line(Line(xs: [0, 1], ys: [1, 2], stroke: other)))
    try FigureWriter().write(figure, to: path("a.svg"))
    let svg = try text("a.svg")
    #expect(svg.contains("<title>Loss &lt;&amp;&gt; #1\u{FFFD}</title>"))
    #expect(svg.contains("<desc>3 seeds; net #1 ]]&gt;: net #1 ]]&gt; "))
    #expect(svg.contains("; series: net #1 ]]&gt;; net #1 ]]&gt;</desc>"))
    // The band and the line of the series have its name, the other line none.
    #expect(svg.components(separatedBy: "<title>net #1 ]]&gt;</title>").count == 3)
    #expect(svg.components(separatedBy: "<title>").count == 4)
    #expect(!svg.contains("binary") && !svg.contains("<title>gnuplot") && !svg.contains("GNUPLOT"))
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse())
  }

  @Test func lineBreaksInTitlesAreLines() throws {
    try FigureWriter().write(curve(title: "first\nsecond"), to: path("a.svg"))
    let texts = try Self.texts(in: text("a.svg"))
    #expect(texts.contains("first") && texts.contains("second"))
  }

  private static func texts(in svg: String) -> [String] {
    svg.split(separator: "\n").compactMap { line in
      guard let start = line.range(of: "<text>"), let end = line.range(of: "</text>") else {
        return nil
      }
      return String(line[start.upperBound..<end.lowerBound])
        .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
        .replacingOccurrences(of: "&amp;", with: "&")
    }
  }

  @Test func strangePathsAreFiles() throws {
    let name = "it's `touch x` $(y) ünï.svg"
    try FigureWriter().write(curve(), to: path(name), keepsScript: true)
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
        == [name, "it's `touch x` $(y) ünï.gp", "it's `touch x` $(y) ünï.data"])
  }

  @Test func theKeptScriptDrawsTheSamePicture() throws {
    try FigureWriter().write(curve(), to: path("a.svg"), keepsScript: true)
    let first = try text("a.svg")
    try FileManager.default.removeItem(atPath: path("a.svg"))
    let outcome = try SpawnedProgram.call(
      "/usr/bin/env", ["gnuplot", "-d", path("a.gp")], folder: "/")
    #expect(outcome.status == 0, "\(outcome.errors)")
    func drawing(_ svg: String) -> String {
      svg.replacing(/<(title|desc)>[^<]*<\/(title|desc)>/, with: "")
        .replacing(/width="\d+" height="\d+" viewBox/, with: "viewBox")
    }
    #expect(try drawing(first) == drawing(text("a.svg")))
  }

  @Test func aMissingGnuplotNamesThePackage() {
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: "no-such-gnuplot").write(curve(), to: path("a.svg"))
    }
    #expect(error?.description.contains("gnuplot-nox") == true)
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
  }

  @Test func aProgramThatIsNotGnuplotIsAnError() {
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: "true").write(curve(), to: path("a.svg"))
    }
    #expect(error?.message == "gnuplot ended before it had drawn" && error?.status == 1)
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
  }

  /// A shell script as a program, written by another process: a file that a sibling of ours holds
  /// open for writing cannot be started.
  private func program(_ text: String) throws -> String {
    let file = path("program")
    _ = try SpawnedProgram.call(
      "/bin/sh",
      ["-c", "printf '%s' \"$1\" > \"$0\"; chmod 755 \"$0\"", file, "#!/bin/sh\n" + text])
    return file
  }

  @Test func aSilentProgramIsEndedAndSaid() throws {
    let program = try program("exec sleep 60")
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: program, timeoutSeconds: 1).write(curve(), to: path("a.svg"))
    }
    #expect(error?.message.contains("1 seconds") == true)
  }

  /// A gnuplot that never answers is asked once: the next figure fails at once, with the same words.
  @Test func aProgramThatNeverAnsweredIsNotTriedAgain() throws {
    let program = try program("echo start >> \(path("starts")); exec sleep 60")
    let writer = FigureWriter(program: program, timeoutSeconds: 1)
    for name in ["a.svg", "b.svg"] {
      let error = #expect(throws: LabbookError.self) { try writer.write(curve(), to: path(name)) }
      #expect(error?.message == "gnuplot did not answer within 1 seconds")
    }
    #expect(try text("starts") == "start\n")
  }

  /// It answers that it is there and reads no more; 100,000 letters fill the pipe to it.
  @Test func aProgramThatStopsReadingIsEndedAndSaidBefore() throws {
    let program = try program(
      """
      while read -r line; do
        case "$line" in 'print "'*) line="${line#*\\"}"; echo "${line%\\"}"; exec sleep 60 ;; esac
      done
      """)
    let notices = Mutex([String]())
    let writer = FigureWriter(program: program, timeoutSeconds: 2, silentSeconds: 1) { notice in
      notices.withLock { $0.append(notice) }
    }
    let long = curve(title: String(repeating: "long ", count: 20_000))
    let error = #expect(throws: LabbookError.self) { try writer.write(long, to: path("a.svg")) }
    #expect(error?.message == "gnuplot did not answer within 2 seconds")
    #expect(
      notices.withLock { $0 } == ["gnuplot has not answered for 1 s: \(path("a.svg"))"])
  }

  @Test func gnuplotsOwnWordsAreTheError() throws {
    let program = try program(
      """
      echo 'gnuplot> plot x' >&2
      echo '         line 0: undefined variable: x' >&2
      exec gnuplot "$@"
      """)
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: program).write(curve(), to: path("a.svg"))
    }
    #expect(error?.message == "gnuplot says: undefined variable: x")
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
  }

  @Test func anUnknownFormatIsAnErrorOfTheInput() {
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter().write(curve(), to: path("a.jpg"))
    }
    #expect(error?.status == 2)
  }

  @Test func aFolderThatCannotBeMadeIsAnError() throws {
    try Data().write(to: URL(fileURLWithPath: path("file")))
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter().write(curve(), to: path("file/a.svg"))
    }
    #expect(error?.status == 1)
  }

  static let odd: [[Double]] = [
    [0.5, 0.5, 0.5], [1], [.nan, .nan], [.infinity, 1, -.infinity], [], [0, 0],
    [1e308, -1e308], [Double.leastNonzeroMagnitude, 1e-300],
  ]

  @Test(arguments: odd)
  func anyValuesAreDrawn(ys: [Double]) throws {
    try FigureWriter().write(curve(ys: ys), to: path("a.svg"))
    #expect(try text("a.svg").contains("<text>A curve</text>"))
  }

  @Test func manyThreadsDrawAtOnce() async throws {
    let writer = FigureWriter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<8 {
        let figure = curve(title: "figure \(index)")
        let target = path("\(index).svg")
        group.addTask { try writer.write(figure, to: target) }
      }
      try await group.waitForAll()
    }
    for index in 0..<8 {
      #expect(try text("\(index).svg").contains("<text>figure \(index)</text>"))
    }
  }

  /// The fills of an SVG's polygons with their middles, in the order they were drawn.
  private func cells(_ svg: String) -> [(fill: String, x: Double, y: Double)] {
    svg.components(separatedBy: "<polygon").dropFirst().compactMap { part in
      guard let fill = part.range(of: "fill = '"),
        let points = part.range(of: "points = '")
          ?? part.range(of: "points='")
      else { return nil }
      let color = part[fill.upperBound...].prefix { $0 != "'" }
      let numbers = part[points.upperBound...].prefix { $0 != "'" }
        .split(whereSeparator: { $0 == " " || $0 == "," }).compactMap { Double($0) }
      let xs = stride(from: 0, to: numbers.count - 1, by: 2).map { numbers[$0] }
      let ys = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
      return (
        color.filter { $0 != " " }, ((xs.min() ?? 0) + (xs.max() ?? 0)) / 2,
        ((ys.min() ?? 0) + (ys.max() ?? 0)) / 2
      )
    }
  }

  @Test func gnuplotDrawsTheCellsOfAHeatMapWhereTheyBelong() throws {
    // Two rows from the bottom up, three columns from the left.
    let rows: [[UInt32]] = [[0x010000, 0x020000, 0x030000], [0x040000, 0x050000, 0x060000]]
    let map = HeatMap(rows: rows.map { $0.map { HeatMap.Cell(color: Color($0), text: "") } })
    let panel = Panel(
      x: Axis("x", scale: .categories(["a", "b", "c"])),
      y: Axis("y", scale: .categories(["low", "high"])), layers: [.heatMap(map)], hasGrid: false)
    try FigureWriter().write(Figure(title: "t", panels: [[panel]]), to: path("a.svg"))
    let drawn = cells(try text("a.svg"))
    func place(_ red: Int) throws -> (x: Double, y: Double) {
      let found = try #require(drawn.first { $0.fill == "rgb(\(red),0,0)" })
      return (found.x, found.y)
    }
    let places = try (1...6).map(place)
    // y grows downwards in the picture.
    #expect(places[0].x < places[1].x && places[1].x < places[2].x)
    for column in 0..<3 {
      #expect(abs(places[column].x - places[column + 3].x) < 0.5)
      #expect(places[column].y > places[column + 3].y + 30)
    }
  }

  @Test func oneProcessDrawsManyPictures() throws {
    let program = try program(
      """
      echo "$@ $LC_ALL $GNUPLOT_LIB $GNUTERM" >> \(path("starts"))
      exec gnuplot "$@"
      """)
    setenv("GNUTERM", "dumb", 1)
    defer { unsetenv("GNUTERM") }
    let writer = FigureWriter(program: program)
    for name in ["a.svg", "b.svg", "c.pdf"] { try writer.write(curve(), to: path(name)) }
    // Without the user's start-up files, in the language of no country.
    #expect(try text("starts") == "-d C.UTF-8  \n")
  }

  @Test func aProcessThatComplainedIsNotAskedAgain() throws {
    let program = try program(
      """
      echo start >> \(path("starts"))
      [ -e \(path("bad")) ] && { rm \(path("bad")); echo 'gnuplot: no' >&2; }
      exec gnuplot "$@"
      """)
    try Data().write(to: URL(fileURLWithPath: path("bad")))
    let writer = FigureWriter(program: program)
    #expect(throws: LabbookError.self) { try writer.write(curve(), to: path("a.svg")) }
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
    try writer.write(curve(), to: path("b.svg"))
    #expect(try text("starts") == "start\nstart\n")
  }

  @Test func notesOfGnuplotAreNoErrors() throws {
    let program = try program(
      """
      echo 'Fontconfig warning: no cache' >&2
      echo '   line 3: warning: empty y range [0:0], adjusting to [-1:1]' >&2
      echo '       ^' >&2
      exec gnuplot "$@"
      """)
    try FigureWriter(program: program).write(curve(), to: path("a.svg"))
    #expect(try text("a.svg").contains("<text>A curve</text>"))
  }

  @Test func aPictureThatIsNotThereIsAnError() throws {
    // It answers as gnuplot does, and draws nothing.
    let program = try program(
      """
      while read -r line; do
        case "$line" in 'print "'*) line="${line#*\\"}"; echo "${line%\\"}" ;; esac
      done
      """)
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: program).write(curve(), to: path("a.svg"))
    }
    #expect(error?.message == "gnuplot did not write '\(path("a.svg"))' to its end.")
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
  }

  @Test func theTitleOfAnSVGIsXML() throws {
    try FigureWriter().write(curve(title: "a<b> & c\u{1}]]>"), to: path("a.svg"))
    let svg = try text("a.svg")
    #expect(svg.contains("<title>a&lt;b&gt; &amp; c\u{FFFD}]]&gt;</title>"))
    #expect(!svg.contains("]]>") && XMLParser(data: Data(svg.utf8)).parse())
  }

  @Test func aFingerprintTellsAllThatIsDrawn() {
    let writer = FigureWriter()
    let figure = curve()
    var others: [Figure] = [
      curve(title: "Another"), curve(name: "two"), curve(ys: [1, 2, 4, 3.0000001]),
    ]
    var size = figure
    size.panels[0][0].isSquare = true
    var color = figure
    color.style.muted = Color(0x595958)
    others += [size, color]
    let prints = ([figure] + others).map(writer.fingerprint)
    #expect(Set(prints).count == prints.count)
    #expect(writer.fingerprint(of: curve()) == prints[0] && prints[0].count == 64)
  }

  @Test func aKeptScriptSaysWhatItDraws() throws {
    try FigureWriter().write(curve(), to: path("it's 1.svg"), keepsScript: true)
    let lines = try text("it's 1.gp").split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(7) == [
        "# Draws it's 1.svg beside itself; its numbers are in the .data file.",
        #"folder(path, n) = n == 0 ? "" : path[n:n] eq "/" ? path[1:n] : folder(path, n - 1)"#,
        #"here = exists("ARG0") ? folder(ARG0, strlen(ARG0)) : """#,
        #"data = here."it\047s 1.data""#, Script(curve()).terminal(.svg),
        #"set output here."it\047s 1.svg""#, "set encoding utf8",
      ])
    #expect(lines.last == "unset output")
    let data = try Data(contentsOf: URL(fileURLWithPath: path("it's 1.data")))
    #expect(Array(data) == Script(curve()).data.bytes)
  }

  @Test func theVersionIsGnuplotsOwn() throws {
    #expect(try FigureWriter.programVersion().hasPrefix("gnuplot "))
    #expect(throws: LabbookError.self) { try FigureWriter.programVersion("no-such-gnuplot") }
    #expect(throws: LabbookError.self) { try FigureWriter.programVersion("false") }
  }
}
