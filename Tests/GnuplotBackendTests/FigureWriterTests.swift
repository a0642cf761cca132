import Figures
import Foundation
import FoundationXML
import GnuplotBackend
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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "-d", path("a.gp")]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let second = try text("a.svg")
      .replacingOccurrences(of: "<title>Gnuplot</title>", with: "<title>A curve</title>")
    #expect(first == second)
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
    #expect(error?.status == 1)
    #expect(!FileManager.default.fileExists(atPath: path("a.svg")))
  }

  /// A shell script as a program, written by another process: a file that a sibling of ours holds
  /// open for writing cannot be started.
  private func program(_ text: String) throws -> String {
    let file = path("program")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "printf '%s' \"$1\" > \"$0\"; chmod 755 \"$0\"", file, "#!/bin/sh\n" + text,
    ]
    try process.run()
    process.waitUntilExit()
    return file
  }

  @Test func aSilentProgramIsEndedAndSaid() throws {
    let program = try program("exec sleep 60")
    let error = #expect(throws: LabbookError.self) {
      try FigureWriter(program: program, timeoutSeconds: 1).write(curve(), to: path("a.svg"))
    }
    #expect(error?.message.contains("1 seconds") == true)
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
}
