import Foundation

/// The form of a file of comma-separated values: names, and where each row begins.
struct CSVOutline {
  private(set) var columnNames: [String] = []
  private(set) var rowStarts: [Int] = []
  private(set) var rowLines: [Int32] = []

  /// Walks over the whole file; throws at the first thing that is not a table.
  init(_ file: FileBytes) throws(DataError) {
    try Self.checkEncoding(file)
    try file.withBytes { bytes throws(DataError) in
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      var scanner = CSVScanner(bytes, at: start, line: 1)
      guard scanner.skipEmptyLines() else {
        throw DataError(setting: "path", place: file.path, "the file is empty")
      }
      try readNames(&scanner, bytes, file)
      try readRows(&scanner, file)
    }
    if rowStarts.isEmpty {
      throw DataError(
        setting: "path", place: file.path, "the file has names but no rows below them")
    }
  }

  private mutating func readNames(
    _ scanner: inout CSVScanner, _ bytes: UnsafeRawBufferPointer, _ file: FileBytes
  ) throws(DataError) {
    var seen: Set<String> = []
    while true {
      let field = try Self.field(&scanner, file)
      let cell = CSVTable.Cell(bytes: bytes[field.start..<field.end], hasQuotes: field.hasQuotes)
      let name = cell.text
      if !seen.insert(name).inserted {
        throw DataError(
          setting: "path", place: Self.place(of: field.place, in: file),
          name.isEmpty ? "two columns have no name" : "two columns are called '\(name)'",
          hint: "Give every column a name of its own.")
      }
      columnNames.append(name)
      if field.endsRow { return }
    }
  }

  private mutating func readRows(
    _ scanner: inout CSVScanner, _ file: FileBytes
  ) throws(DataError) {
    while scanner.skipEmptyLines() {
      let (start, line) = (scanner.position, scanner.line)
      var count = 0
      var field: CSVScanner.Field
      repeat {
        field = try Self.field(&scanner, file)
        count += 1
      } while !field.endsRow
      if count != columnNames.count {
        throw DataError(
          setting: "path", place: Self.place(of: start, in: file),
          "this row has \(Self.fields(count)), the first line names \(columnNames.count) columns")
      }
      if rowStarts.count == Int(Int32.max) {
        throw DataError(setting: "path", place: file.path, "more rows than can be numbered")
      }
      rowStarts.append(start)
      rowLines.append(Int32(truncatingIfNeeded: line))
    }
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  private static func field(
    _ scanner: inout CSVScanner, _ file: FileBytes
  ) throws(DataError) -> CSVScanner.Field {
    do {
      return try scanner.field()
    } catch {
      switch error {
      case .unclosedQuote(let byte):
        throw DataError(
          setting: "path", place: place(of: byte, in: file),
          "the quote that opens here is not closed")
      case .textAfterQuote(let byte):
        throw DataError(
          setting: "path", place: place(of: byte, in: file),
          "a comma or the end of the line must follow the closing quote",
          hint: "A quote within a quoted field is written twice.")
      }
    }
  }

  private static func checkEncoding(_ file: FileBytes) throws(DataError) {
    let start = file.data.prefix(4096)
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw DataError(
        setting: "path", place: file.path, "the file is UTF-16", hint: "Save it as UTF-8.")
    }
    if start.starts(with: [0x1F, 0x8B]) {
      throw DataError(
        setting: "path", place: file.path, "the file is compressed",
        hint: "Unpack it first: gunzip.")
    }
    if start.contains(0) {
      throw DataError(setting: "path", place: file.path, "the file is not text")
    }
  }

  /// `file:line:column` of a byte, both from 1, the column in characters.
  static func place(of byte: Int, in file: FileBytes) -> String {
    file.data.withUnsafeBytes { bytes in
      var line = 1
      var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      var position = start
      while position < byte {
        let isReturn = bytes[position] == CSVScanner.carriageReturn
        let ends =
          bytes[position] == CSVScanner.lineFeed
          || (isReturn
            && !(position + 1 < bytes.count && bytes[position + 1] == CSVScanner.lineFeed))
        position += 1
        if ends {
          line += 1
          start = position
        }
      }
      let before = String(decoding: bytes[min(start, byte)..<byte], as: UTF8.self)
      return "\(file.path):\(line):\(before.count + 1)"
    }
  }
}
