import Datasets
import Foundation
import TensorKernels
import Testing
import Tracking

/// Random tables, read by the walk in parts and windows of a few bytes and by `PlainReader`.
@Suite struct TableWalkTests {
  /// What the tables of a test are made of.
  struct Kind: Sendable {
    let separator: String
    let comment: String
    let end: String
    /// Of a hundred tables, how many have something that cannot be read.
    let spoiled: Int

    var form: PlainReader.Form {
      PlainReader.Form(
        separator: separator == "blanks" ? nil : separator == "tab" ? "\t" : separator.first,
        comment: comment.first)
    }

    func reading() throws -> TableReading {
      var values: [String: ParameterValue] = [:]
      let choice = try #require(Sources.all.first { $0.name == "csv" })
      for setting in choice.settings { values[setting.name] = setting.standard ?? .off }
      values["separator"] = .text(separator)
      if !comment.isEmpty { values["comment"] = .text(comment) }
      values["header"] = .flag(true)
      values["decimal"] = .text(".")
      return TableReading(Chosen("csv", values))
    }

    static let all = [
      Kind(separator: ",", comment: "", end: "\n", spoiled: 0),
      Kind(separator: ";", comment: "", end: "\r\n", spoiled: 0),
      Kind(separator: "tab", comment: "", end: "\r", spoiled: 0),
      Kind(separator: "|", comment: "#", end: "\n", spoiled: 0),
      Kind(separator: "blanks", comment: "", end: "\r\n", spoiled: 0),
      Kind(separator: "blanks", comment: "%", end: "\n", spoiled: 0),
      Kind(separator: ",", comment: "", end: "\n", spoiled: 60),
      Kind(separator: ",", comment: "#", end: "\r\n", spoiled: 60),
      Kind(separator: "blanks", comment: "", end: "\r", spoiled: 60),
    ]
  }

  /// Of each kind; with `LABBOOK_LONG_TESTS` a hundred times as many.
  private static func count(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["LABBOOK_LONG_TESTS"] == nil ? usual : 100 * usual
  }

  @Test(arguments: Kind.all) func everyCellIsThatOfAPlainReader(kind: Kind) throws {
    for seed in 0..<Self.count(60) {
      var maker = TableMaker(kind, seed: seed)
      let text = maker.table()
      var plain = PlainReader(text, kind.form)
      let rows = Result { try plain.rows() }
      for body in [Int32(0), 1, 2] {
        let window = [1, 7, 64, 129, 4096][(seed + Int(body)) % 5]
        let pieces = TextPieces(part: [40, 333, 5000][seed % 3], window: window, body: body)
        try compare(text, rows, kind, pieces, "seed \(seed), body \(body), window \(window)")
      }
    }
  }

  private func compare(
    _ text: String, _ rows: Result<[[String]], any Error>, _ kind: Kind, _ pieces: TextPieces,
    _ name: String
  ) throws {
    let cells = Result {
      let table = try TextTable(
        FileBytes(path: "t.csv", data: Data(text.utf8)), kind.reading(), pieces: pieces)
      return try table.cells(Array(table.columnNames.indices))
    }
    switch (rows, cells) {
    case (.success(let rows), .success(let cells)):
      let below = rows.dropFirst()
      #expect(cells.rows == below.count, "\(name)")
      guard cells.rows == below.count else { return }
      for column in rows[0].indices {
        let expected = below.map { $0[column] }
        #expect(Self.texts(cells, column) == Self.read(expected), "\(name), column \(column)")
      }
    case (.failure, .failure(let error as DataError)):
      // The same cells in one piece give the same words and place.
      let whole = #expect(throws: DataError.self) {
        let table = try TextTable(
          FileBytes(path: "t.csv", data: Data(text.utf8)), kind.reading())
        _ = try table.cells(Array(table.columnNames.indices))
      }
      #expect(whole?.message == error.message && whole?.place == error.place, "\(name)")
    case (.success, .failure(let error)): Issue.record("\(name): \(error)\n\(text)")
    default: Issue.record("\(name): an error was expected\n\(text)")
    }
  }

  /// A column as the texts of its numbers' bits, or as its words.
  private static func texts(_ cells: TableCells, _ column: Int) -> [String] {
    switch cells.columns[column] {
    case .numbers(let slot, let missing):
      let numbers = (0..<cells.rows).map { cells.numbers[$0 * cells.numbersPerRow + slot] }
      return ["numbers, \(missing) missing"]
        + numbers.map { $0.isNaN ? "none" : "\($0.bitPattern)" }
    case .words(let words):
      return ["words"] + words.codes.map { $0 < 0 ? "none" : words.names[Int($0)] }
    case nil: return []
    }
  }

  private static let missing: Set<String> = ["", "na", "n/a", "?", "nan", "null"]

  private static func read(_ column: [String]) -> [String] {
    let texts = column.map { missing.contains($0.lowercased()) ? nil : $0 }
    let isNumbers = texts.allSatisfy { $0.map { number($0) != nil } ?? true }
    guard isNumbers else { return ["words"] + texts.map { $0 ?? "none" } }
    return ["numbers, \(texts.count { $0 == nil }) missing"]
      + texts.map { $0.flatMap(number).map { "\($0.bitPattern)" } ?? "none" }
  }

  /// Of decimal digits alone, by the C library.
  private static func number(_ text: String) -> Double? {
    guard text.allSatisfy({ "0123456789+-.eE".contains($0) }), let value = Double(text),
      abs(value) <= Double(Float.greatestFiniteMagnitude)
    else { return nil }
    return value
  }

  /// A file that is read a piece at a time gives what the same bytes in memory give.
  @Test func aStreamedFileIsTheSameTable() throws {
    for seed in 0..<Self.count(20) {
      let kind = Kind.all[seed % 6]
      var maker = TableMaker(kind, seed: 1000 + seed)
      let text = (seed % 2 == 0 ? "\u{FEFF}" : "") + maker.table(rows: 300)
      let path = try Fixture.file(text)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let pieces = TextPieces(part: 700, window: 100, head: seed % 20 < 10 ? 2000 : 1 << 20)
      let streamed = try TextTable(reading: path, kind.reading(), pieces: pieces)
      let whole = try TextTable(FileBytes(path: path, data: Data(text.utf8)), kind.reading())
      #expect(streamed.isStreamed && !whole.isStreamed, "seed \(seed)")
      #expect(streamed.columnNames == whole.columnNames && streamed.digest == whole.digest)
      let columns = Array(whole.columnNames.indices)
      let (a, b) = (try streamed.cells(columns), try whole.cells(columns))
      #expect(a.rows == b.rows)
      for column in columns {
        #expect(Self.texts(a, column) == Self.texts(b, column), "seed \(seed)")
      }
      let row = min(250, b.rows - 1)
      #expect(streamed.place(row: row, column: 0) == whole.place(row: row, column: 0))
    }
  }

  /// What only a later byte shows, an encoding or a wrong letter, is found in a streamed file too.
  @Test func theEndOfAStreamedFileHasItsSay() throws {
    let rows = (0..<500).map { "\($0),word\($0 % 7)" }.joined(separator: "\n")
    let text = Data("a,b\n\(rows)\n".utf8)
    let pieces = TextPieces(part: 700, window: 100, head: 500)
    let latin = try Fixture.file(text + Data("500,caf".utf8) + [0xE9, 0x0A])
    let table = try TextTable(reading: latin, pieces: pieces)
    #expect(table.found == ["letters are latin-1"] && !table.isStreamed)
    guard case .words(let words) = try table.cells([1]).columns[1] else {
      Issue.record("no words")
      return
    }
    #expect(words.names.first == "caf\u{E9}")
    let mixed = try Fixture.file(text + Data("500,\u{E9}".utf8) + [0xE9, 0x0A])
    let error = #expect(throws: DataError.self) { try TextTable(reading: mixed, pieces: pieces) }
    #expect(error?.message.hasPrefix("the byte E9 is no letter of utf-8") == true)
    #expect(error?.place?.hasSuffix(":502:6") == true)
  }

  /// Bytes that are written while the table is read are no rows of it.
  @Test func aFileThatChangesIsAnError() throws {
    let rows = (0..<5000).map { "\($0),\($0)" }.joined(separator: "\n")
    let path = try Fixture.file("a,b\n\(rows)\n")
    let pieces = TextPieces(part: 700, window: 100, head: 500)
    let cut = try TextTable(reading: path, pieces: pieces)
    try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    // Written anew under the same name: the file that was opened is still there, whole.
    #expect(try cut.cells([0, 1]).rows == 5000)
    let open = try TextTable(
      reading: Fixture.file("a,b\n\(rows)\n"), pieces: pieces)
    #expect(cut.isStreamed && open.isStreamed)
    truncate(open.path, 9000)
    let error = #expect(throws: DataError.self) { try open.cells([0, 1]) }
    #expect(error?.message == "the file was changed while it was read")
  }
}

/// Makes tables with everything in them that a reader may stumble over.
struct TableMaker {
  private let kind: TableWalkTests.Kind
  private var state: UInt64

  init(_ kind: TableWalkTests.Kind, seed: Int) {
    self.kind = kind
    state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  private mutating func draw(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % below
  }

  private var mark: String {
    kind.separator == "blanks" ? " " : kind.separator == "tab" ? "\t" : kind.separator
  }

  mutating func table(rows most: Int = 60) -> String {
    let width = 1 + draw(6)
    let kinds = (0..<width).map { _ in draw(4) }
    var lines = [(0..<width).map { "n\($0)" }.joined(separator: mark)]
    let rows = 1 + draw(most)
    let wrong = draw(100) < kind.spoiled ? draw(rows) : -1
    for row in 0..<rows {
      var cells = kinds.map { cell($0) }
      if row == wrong { spoil(&cells) }
      var line = cells.joined(separator: mark)
      if width == 1, line.trimmingCharacters(in: .whitespaces).isEmpty { line = "7" }
      if !kind.comment.isEmpty, draw(8) == 0 { line += kind.comment + " a \"comment" }
      lines.append(line)
      if draw(12) == 0 { lines.append("") }
      if !kind.comment.isEmpty, draw(12) == 0 { lines.append("  " + kind.comment + ",;\"x") }
    }
    return lines.joined(separator: kind.end) + (draw(3) == 0 ? "" : kind.end)
  }

  private mutating func spoil(_ cells: inout [String]) {
    switch draw(4) {
    case 0: cells.append("1")
    case 1: cells[0] = "\"open"
    case 2: cells[0] = "\"a\"b"
    default: if cells.count > 1 { cells.removeLast() }
    }
  }

  private mutating func cell(_ kind: Int) -> String {
    var cell = kind == 0 || (kind == 1 && draw(9) > 0) ? number() : word()
    if kind == 2, draw(3) > 0 { cell = "w\(draw(4))" }
    if self.kind.separator != "blanks", draw(10) == 0 {
      cell = ["", " ", "  "][draw(3)] + cell + ["", " "][draw(2)]
    }
    return cell
  }

  private mutating func number() -> String {
    let isBlank = kind.separator != "blanks"
    switch draw(14) {
    case 0: return isBlank ? ["", "NA", "?", "null"][draw(4)] : "NA"
    case 1: return "\"\(draw(100))\""
    case 2: return "\(draw(1_000_000))\(draw(1_000_000_000))\(draw(1_000_000))"
    case 3: return "0.\(draw(1_000_000_000))\(draw(100_000_000))\(draw(1000))"
    case 4: return "\(draw(10)).\(draw(1000))e\(["", "-", "+"][draw(3)])\(draw(30))"
    case 5: return "+\(draw(10))."
    case 6: return "-.\(draw(100))"
    case 7: return "-0"
    default: return "\(["", "-"][draw(2)])\(draw(200)).\(draw(10_000))"
    }
  }

  private mutating func word() -> String {
    switch draw(8) {
    case 0: return "\"a\(mark)b \(draw(3))\""
    case 1: return "\"line\(kind.end)\(draw(5))\(mark)\(draw(5))\""
    case 2: return "\"he said \"\"\(draw(3))\"\"\""
    case 3: return "5\"disk"
    case 4: return "Zürich\(draw(3))"
    case 5: return "a-rather-long-word-of-many-letters-\(draw(300))"
    case 6: return kind.separator == "blanks" ? "n/a" : "N/A"
    default: return "x\(draw(1000))"
    }
  }
}
