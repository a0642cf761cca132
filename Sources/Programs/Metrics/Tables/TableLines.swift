/// The lines of a table of metrics: names first, then rows of numbers between commas, semicolons or
/// tabs.
///
/// Every column is a metric; `step`, `epoch` and `time` are reserved; without a step and an epoch a row's
/// number is its step. Fields may stand in double quotes. An empty field, `NA`, `null` and `None` are no
/// values. A row that repeats the names, as programs write it that go on with a table, is passed over.
public struct TableLines: LineMetrics {
  private var names: [String] = []
  private var separator = UInt8(ascii: ",")
  private var header: [UInt8] = []
  private var rows = 0
  /// The beginning of a row whose last field has a quote that is not closed: it goes on in the next line.
  private var open: [UInt8] = []
  private var openLines = 0

  /// So many lines of one field are waited for; then its quote is an error.
  private static let mostLines = 100

  /// Makes a reader that expects the names.
  public init() {}

  /// What a row reports; `nil` for the line of the names and for a line that is no row.
  public mutating func read(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading? {
    if open.isEmpty, line.bytes.allSatisfy(DecimalNumber.isBlank) { return nil }
    if line.isCut {
      open = []
      notes.say(.longLine, "table") { "a row of \(line.length) bytes is too long to be read" }
      return nil
    }
    if open.isEmpty { return readWhole(line, &notes) }
    var all = open + [UInt8(ascii: "\n")]
    all.append(contentsOf: line.bytes)
    (open, openLines) = ([], openLines + 1)
    return all.withUnsafeBufferPointer { readWhole(ByteLine($0), &notes) }
  }

  private mutating func readWhole(_ line: ByteLine, _ notes: inout MetricNotes) -> MetricReading? {
    if names.isEmpty, !line.bytes.contains(UInt8(ascii: "\"")) {
      readNames(line, &notes)
      return nil
    }
    if line.bytes.elementsEqual(header) { return nil }
    guard let fields = fields(of: line.bytes) else {
      if openLines < Self.mostLines, line.length < 1 << 16 {
        open = Array(line.bytes)
      } else {
        openLines = 0
        notes.say(.table, "quote") { "a quote of a row is not closed: \(line.text.prefix(100))" }
      }
      return nil
    }
    openLines = 0
    if names.isEmpty {
      readNames(line, &notes)
      return nil
    }
    return row(fields, line, &notes)
  }

  /// Says that the table ends within a field.
  public func finish(_ notes: inout MetricNotes) {
    if open.isEmpty { return }
    notes.say(.table, "quote") {
      "a quote of a row is not closed: \(String(decoding: open.prefix(100), as: UTF8.self))"
    }
  }

  private mutating func readNames(_ line: ByteLine, _ notes: inout MetricNotes) {
    var bytes = line.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(3))
    }
    header = Array(line.bytes)
    let signs = [",", ";", "\t"].map { UInt8(ascii: $0) }
    let counts = signs.map { sign in bytes.count { $0 == sign } }
    separator = signs[counts.firstIndex(of: counts.max() ?? 0) ?? 0]
    names = (fields(of: bytes) ?? []).map {
      let text = String(decoding: $0, as: UTF8.self).unicodeScalars
      let start = text.drop { $0.properties.isWhitespace }
      return String(
        String.UnicodeScalarView(start.reversed().drop { $0.properties.isWhitespace }.reversed()))
    }
    if names.isEmpty { names = [""] }
    let areNumbers = names.allSatisfy { name in
      var name = name
      return name.withUTF8 { DecimalNumber.whole($0) != nil }
    }
    if areNumbers {
      notes.say(.table, "names") {
        "the first line of the table holds numbers where names are expected: \(line.text.prefix(100))"
      }
    }
  }

  private mutating func row(
    _ fields: [[UInt8]], _ line: ByteLine, _ notes: inout MetricNotes
  ) -> MetricReading {
    if fields.count != names.count {
      notes.say(.table, "columns") {
        "a row has \(fields.count) fields and the table \(names.count) names: "
          + line.text.prefix(100)
      }
    }
    rows += 1
    var reading = MetricReading()
    for (name, field) in zip(names, fields) where !name.isEmpty {
      field.withUnsafeBufferPointer {
        if let number = DecimalNumber.whole($0) {
          reading.take(name, number, &notes)
        } else if !Self.isMissing($0) {
          let text = String(decoding: $0.prefix(60), as: UTF8.self)
          notes.sayNotNumber(name) { text }
        }
      }
    }
    if reading.step == nil, reading.epoch == nil { reading.step = rows }
    return reading
  }

  private static func isMissing(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    if field.allSatisfy(DecimalNumber.isBlank) { return true }
    guard field.count <= 4 else { return false }
    return ["NA", "null", "NULL", "None"].contains(String(decoding: field, as: UTF8.self))
  }

  /// The fields of a row; `nil` where a quote is not closed.
  private func fields(of bytes: UnsafeBufferPointer<UInt8>) -> [[UInt8]]? {
    let quote = UInt8(ascii: "\"")
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var next = 0
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      if isQuoted {
        if byte != quote {
          field.append(byte)
        } else if next < bytes.count, bytes[next] == quote {
          field.append(quote)
          next += 1
        } else {
          isQuoted = false
        }
      } else if byte == separator {
        fields.append(field)
        field = []
      } else if byte == quote, field.isEmpty {
        isQuoted = true
      } else {
        field.append(byte)
      }
    }
    return isQuoted ? nil : fields + [field]
  }
}
