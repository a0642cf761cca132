import Foundation
import Tracking

/// A file of rows and columns as text: its form is known, its cells are read on demand.
///
/// Our own reader rather than a library's, because those at hand neither give the place of a cell nor
/// read a million rows in a second.
package struct TextTable: Sendable {
  /// The file's path, as errors name it.
  package let path: String
  /// The names of the columns in their order.
  package private(set) var columnNames: [String] = []
  /// SHA-256 of the file's bytes as they are.
  package var digest: String { fingerprint.hex }
  /// What was found from the bytes and is not what a plain file has, for people.
  package let found: [String]

  /// Columns whose name in the file is empty.
  private(set) var nameless: Set<Int> = []

  let fingerprint: LazyDigest
  let text: TableText
  let form: TableForm
  let missing: MissingWords
  /// What was said of the file.
  let reading: TableReading
  let pieces: TextPieces
  /// Where the first row below the names begins.
  private(set) var start = 0
  /// The key of an experiment that errors of the file stand at.
  let setting: String
  private let ownParts: TableParts?

  /// Reads a file, finds its form and the names of its columns.
  ///
  /// - Parameters:
  ///   - reading: what is said of it.
  ///   - wanted: names that columns must have, the target's first; by them a header is known.
  ///   - setting: the key that names the file, for errors.
  ///   - pieces: how much of it is read at once.
  package init(
    reading path: String, _ reading: TableReading = TableReading(), wanted: [String] = [],
    setting: String = "path", pieces: TextPieces = .standard
  ) throws(DataError) {
    if let streamed = try Self.streamed(path, reading, wanted, setting, pieces) {
      self = streamed
    } else {
      try self.init(
        FileBytes(reading: path, setting: setting), reading, wanted: wanted, setting: setting,
        pieces: pieces)
    }
  }

  package init(
    _ file: FileBytes, _ reading: TableReading = TableReading(), wanted: [String] = [],
    setting: String = "path", pieces: TextPieces = .standard
  ) throws(DataError) {
    path = file.path
    fingerprint = LazyDigest { file.digest }
    self.setting = setting
    self.pieces = pieces
    if let foreign = ForeignFile(file.data) { throw foreign.problem(file.path) }
    let packed = try PackedFile(file)
    if packed.packing != nil, let foreign = ForeignFile(packed.file.data) {
      throw foreign.problem(file.path)
    }
    if packed.file.data.prefix(4096).contains(0) {
      throw DataError(setting: setting, place: file.path, "the file is not text")
    }
    let decoded = try DecodedText(
      packed.file, reading.encoding.flatMap(TextEncoding.init(rawValue:)))
    text = TableText(decoded.bytes)
    ownParts = nil
    form = try FormFinder.form(
      of: FileBytes(path: file.path, data: decoded.bytes), reading, wanted: wanted)
    missing = MissingWords(reading)
    self.reading = reading
    found =
      (packed.packing.map { ["it is packed by \($0)"] } ?? [])
      + (decoded.found.map { ["letters are \($0.rawValue)"] } ?? []) + form.found
    try readNames(reading)
  }

  /// A large file of plain UTF-8, whose head says how it is written.
  private init(
    _ file: OpenFile, _ text: TableText, _ parts: TableParts, _ form: TableForm,
    _ reading: TableReading, _ setting: String, _ pieces: TextPieces
  ) throws(DataError) {
    path = file.path
    fingerprint = LazyDigest { file.digest }
    self.setting = setting
    self.text = text
    self.form = form
    self.pieces = pieces
    ownParts = parts
    missing = MissingWords(reading)
    self.reading = reading
    found = form.found
    try readNames(reading)
  }

  /// Opens a table that is never in memory as a whole; `nil` where it must be, or is small.
  private static func streamed(
    _ path: String, _ reading: TableReading, _ wanted: [String], _ setting: String,
    _ pieces: TextPieces
  ) throws(DataError) -> TextTable? {
    let file = try OpenFile(reading: path, setting: setting)
    let isPlain = reading.encoding == nil || reading.encoding == TextEncoding.utf8.rawValue
    guard file.count >= pieces.leastStreamed,
      isPlain || reading.encoding == TextEncoding.latin1.rawValue,
      let start = file.first(4096), ForeignFile(start) == nil, !PackedFile.isPacked(start),
      !start.contains(0)
    else { return nil }
    // Errors ask for all of it, to tell lines and columns.
    try MemoryLimit.check(
      rows: file.count, columns: 1, bytes: 2, setting: setting, place: path)
    let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let found = form(file, from: mark, reading, wanted, pieces) else { return nil }
    let text = TableText(file, from: mark, head: found.head)
    let parts = TableParts(text, pieces)
    guard parts.isComplete, isPlain ? parts.isUTF8 : parts.isASCII,
      let table = try? TextTable(file, text, parts, found.form, reading, setting, pieces),
      table.start < text.head.count
    else { return nil }
    return table
  }

  /// The form of a large file and its first bytes; of more of them where long rows ask for it, `nil` where
  /// all have a say.
  private static func form(
    _ file: OpenFile, from mark: Int, _ reading: TableReading, _ wanted: [String],
    _ pieces: TextPieces
  ) -> (form: TableForm, head: Data)? {
    for size in [pieces.head, 8 * pieces.head, 64 * pieces.head] {
      guard let all = file.head(size) else { continue }
      let head = Data(all.dropFirst(mark))
      let found = FormFinder.form(
        ofHead: FileBytes(path: file.path, data: head), isWhole: all.count == file.count, reading,
        wanted: wanted)
      let isWhole = all.count == file.count
      // What was looked at has all rows by which a table's form and its columns' signs are known.
      if let found { return (found.form, isWhole ? head : Data(head.prefix(found.end))) }
      if isWhole { return nil }
    }
    return nil
  }

  /// Where the rows may be cut into parts.
  var parts: TableParts {
    (ownParts ?? TableParts(text, pieces)).following(start, lines: text.line(of: start) - 1)
  }

  /// Whether the file is never in memory as a whole.
  package var isStreamed: Bool { ownParts != nil }

  /// The error of a file that is not what it was when it was opened.
  var changed: DataError {
    DataError(
      setting: setting, place: path, "the file was changed while it was read",
      hint: "Try again when nothing writes into it.")
  }

  /// The place of a column of this name.
  package func column(named name: String) -> Int? { columnNames.firstIndex(of: name) }

  /// The place of a column, or an error with the nearest name.
  package func requiredColumn(_ name: String, setting: String) throws(DataError) -> Int {
    if let column = column(named: name) { return column }
    var hint = nearestName(to: name, among: columnNames).map { "Did you mean '\($0)'?" } ?? ""
    if hint.isEmpty, let lines = TableHead(self).linesAbove {
      hint =
        "Where the table begins further down, leave the lines above it out: skip: \(lines)."
    }
    if hint.isEmpty {
      let names = columnNames.prefix(12).joined(separator: ", ")
      hint = "Its columns are \(names)\(columnNames.count > 12 ? ", ..." : "")."
    }
    throw DataError(setting: setting, "\(path) has no column '\(name)'", hint: hint)
  }

  private mutating func readNames(_ reading: TableReading) throws(DataError) {
    let head = FileBytes(path: path, data: text.head)
    let (fields, places, end) = try head.withBytes { bytes throws(DataError) in
      try firstRow(bytes)
    }
    start = form.hasHeader ? end : form.start
    var names = form.hasHeader ? fields : []
    if let given = reading.names {
      guard given.count == fields.count else {
        throw DataError(
          setting: "names",
          "names has \(given.count) names, the first line of \(path) has \(fields.count) fields")
      }
      names = given
    }
    for column in fields.indices where column >= names.count || names[column].isEmpty {
      let name = "c\(column + 1)"
      if column < names.count { names[column] = name } else { names.append(name) }
      if form.hasHeader { nameless.insert(column) }
    }
    var seen: Set<String> = []
    for (name, place) in zip(names, places) where !seen.insert(name).inserted {
      throw DataError(
        setting: setting, place: self.place(ofByte: place), "two columns are called '\(name)'",
        hint: "Give every column a name of its own: names: [...]; where the first line is a row, "
          + "write header: false.")
    }
    columnNames = names
  }

  private func firstRow(
    _ bytes: UnsafeRawBufferPointer
  ) throws(DataError) -> (fields: [String], places: [Int], end: Int) {
    var scanner = TableScanner(bytes, at: form.start, form.classes)
    guard scanner.skipEmptyLines() else {
      throw DataError(setting: setting, place: path, "the file is empty")
    }
    var (fields, places): ([String], [Int]) = ([], [])
    while true {
      let field: TableScanner.Field
      do throws(TableScanner.Problem) { field = try scanner.field() } catch {
        throw problem(error)
      }
      fields.append(Self.text(bytes[field.start..<field.end], hasQuotes: field.hasQuotes))
      places.append(field.place)
      if field.endsRow { return (fields, places, scanner.position) }
    }
  }

  // MARK: Cells and places

  /// The text of a cell's bytes.
  static func text(_ bytes: UnsafeRawBufferPointer.SubSequence, hasQuotes: Bool) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return hasQuotes ? text.replacingOccurrences(of: "\"\"", with: "\"") : text
  }

  /// A cell's text for a message.
  static func short(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "..." : text }

  /// `file:line:column` of a byte.
  func place(ofByte byte: Int) -> String {
    text.data.withUnsafeBytes { "\(path):\(TextPlace(of: byte, in: $0))" }
  }

  /// `file:line:column` of a cell, the row counted from 0 below the names.
  package func place(row: Int, column: Int) -> String {
    text.data.withUnsafeBytes { bytes in
      "\(path):\(TextPlace(of: byte(row: row, column: column, bytes), in: bytes))"
    }
  }

  /// Where a cell begins.
  private func byte(row: Int, column: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var scanner = TableScanner(bytes, at: start, form.classes)
    var place = start
    for current in 0...row where scanner.skipEmptyLines() {
      var field = 0
      while let next = try? scanner.field() {
        if current == row, field <= column { place = next.place }
        field += 1
        if next.endsRow { break }
      }
    }
    return place
  }

  /// The line that a row begins in.
  func line(row: Int) -> Int {
    text.data.withUnsafeBytes { bytes in
      TextPlace(of: self.byte(row: row, column: 0, bytes), in: bytes).line
    }
  }

  func problem(_ problem: TableScanner.Problem) -> DataError {
    switch problem {
    case .unclosedQuote(let byte):
      DataError(
        setting: setting, place: place(ofByte: byte), "the quote that opens here is not closed",
        hint: "Write the closing quote; a quote within a quoted field is written twice.")
    case .textAfterQuote(let byte):
      DataError(
        setting: setting, place: place(ofByte: byte),
        "a separator or the end of the line must follow the closing quote",
        hint: "A quote within a quoted field is written twice.")
    }
  }
}
