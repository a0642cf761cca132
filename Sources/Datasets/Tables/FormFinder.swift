import Foundation
import Tracking

/// Finds from a table's first rows how it is written; what a file says overrules it.
struct FormFinder {
  private let file: FileBytes
  private let reading: TableReading
  /// Names that the columns must have, the target's first.
  private let wanted: [String]
  private var form = TableForm()
  /// How many of the bytes were looked at.
  private let reach = Reach()

  private final class Reach {
    var end = 0
  }

  /// Rows that are looked at.
  private static let mostRows = 2_000

  init(_ file: FileBytes, _ reading: TableReading, wanted: [String]) {
    self.file = file
    self.reading = reading
    self.wanted = wanted
  }

  /// The form of the whole file.
  ///
  /// - Throws: an error where the first line is no header and the file does not say so, where commas
  ///   could mean either, or where there is nothing to read.
  static func form(
    of file: FileBytes, _ reading: TableReading, wanted: [String]
  ) throws(DataError) -> TableForm {
    try found(in: file, reading, wanted: wanted).form
  }

  /// The same of the first bytes of a file, with how many of them were looked at; `nil` where those that
  /// follow have a say.
  ///
  /// - Parameter isWhole: whether none follow.
  static func form(
    ofHead head: FileBytes, isWhole: Bool, _ reading: TableReading, wanted: [String]
  ) -> (form: TableForm, end: Int)? {
    guard let found = try? found(in: head, reading, wanted: wanted) else { return nil }
    let end = min(found.end, head.data.count)
    return isWhole || end < head.data.count ? (found.form, end) : nil
  }

  private static func found(
    in file: FileBytes, _ reading: TableReading, wanted: [String]
  ) throws(DataError) -> (form: TableForm, end: Int) {
    var finder = FormFinder(file, reading, wanted: wanted)
    try file.withBytes { bytes throws(DataError) in
      finder.skipLines(bytes)
      let separator =
        finder.separatorLine(bytes)
        ?? reading.separator.flatMap(
          TableForm.Separator.init(word:))
      finder.findComment(bytes)
      guard let found = separator ?? finder.separator(bytes) else {
        throw DataError(setting: "path", place: file.path, "the file is empty")
      }
      finder.form.separator = found
      if separator == nil, found != .byte(UInt8(ascii: ",")) {
        finder.form.found.append("fields stand between \(found.inWords)")
      }
      try finder.findHeader(bytes)
      try finder.findMarks(bytes)
    }
    return (finder.form, finder.reach.end)
  }

  // MARK: Lines before the table

  private mutating func skipLines(_ bytes: UnsafeRawBufferPointer) {
    var scanner = TableScanner(bytes, at: 0, form.classes)
    for _ in 0..<reading.skip { scanner.skipLine() }
    reach.end = max(reach.end, scanner.position)
    form.start = scanner.position
  }

  /// The separator that a line `sep=;` names; the line is left out.
  private mutating func separatorLine(_ bytes: UnsafeRawBufferPointer) -> TableForm.Separator? {
    let line = bytes[form.start...].prefix(8)
    let text = String(decoding: line, as: UTF8.self).replacingOccurrences(of: "\"", with: "")
    guard text.lowercased().hasPrefix("sep="), let mark = text.dropFirst(4).utf8.first,
      mark != TableScanner.lineFeed, mark != TableScanner.carriageReturn
    else { return nil }
    var scanner = TableScanner(bytes, at: form.start, form.classes)
    scanner.skipLine()
    form.start = scanner.position
    let separator: TableForm.Separator = mark == 0x20 ? .blanks : .byte(mark)
    form.found.append("the line sep= says that fields stand between \(separator.inWords)")
    return separator
  }

  private mutating func findComment(_ bytes: UnsafeRawBufferPointer) {
    if let mark = reading.comment?.utf8.first {
      form.comment = mark
      return
    }
    let rest = bytes[form.start...]
    guard let first = rest.first(where: { $0 > 0x20 }), first == UInt8(ascii: "#") else { return }
    // A header may begin with the sign too.
    let candidates = Self.candidates.contains { separator in
      let names = Set(rows(bytes, separator, most: 1).first ?? [])
      return wanted.contains(where: names.contains)
    }
    guard !candidates else { return }
    form.comment = first
    form.found.append("lines that begin with # are comments")
  }

  // MARK: What stands between fields

  private static let candidates: [TableForm.Separator] = [
    .byte(0x09), .byte(UInt8(ascii: ";")), .byte(UInt8(ascii: "|")), .byte(UInt8(ascii: ",")),
  ]

  /// The candidate by which most rows have the same number of fields; commas where none parts them,
  /// `nil` where there is no row.
  private func separator(_ bytes: UnsafeRawBufferPointer) -> TableForm.Separator? {
    var best: (separator: TableForm.Separator, score: Score)?
    var scanner = TableScanner(bytes, at: form.start, form.classes)
    guard scanner.skipEmptyLines() else { return nil }
    for separator in Self.candidates + [.blanks] {
      if separator == .blanks, let best, best.score.share == 1 { break }
      let rows = rows(bytes, separator, most: 200)
      // What stands behind a closing quote may be another separator.
      if rows.isEmpty { continue }
      let score = Score(rows, wanted)
      if separator == .blanks, let best, best.score.whole >= 0.5 {
        // Blanks stand within fields too: they part them where nothing else parts all rows, and into more.
        if score.share == 1, score.width > 2 * best.score.width { return .blanks }
        break
      }
      if score.whole > best?.score.whole ?? 0 { best = (separator, score) }
    }
    return best?.separator ?? .byte(UInt8(ascii: ","))
  }

  /// How well a separator parts the first rows.
  private struct Score {
    /// Of the rows, those with the most frequent number of fields above 1.
    private(set) var share = 0.0
    /// That number.
    private(set) var width = 0
    /// The share, and 1 more where the first row has a wanted name.
    private(set) var whole = 0.0

    init(_ rows: [[String]], _ wanted: [String]) {
      var counts: [Int: Int] = [:]
      for row in rows where row.count > 1 { counts[row.count, default: 0] += 1 }
      guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return }
      share = Double(most.value) / Double(rows.count)
      width = most.key
      let names = Set(rows[0])
      let hasName = rows[0].count > 1 && wanted.contains(where: names.contains)
      whole = share + (hasName ? 1 : 0)
    }
  }

  /// The first rows as texts, read by one separator.
  private func rows(
    _ bytes: UnsafeRawBufferPointer, _ separator: TableForm.Separator, most: Int
  ) -> [[String]] {
    var result: [[String]] = []
    var scanner = TableScanner(
      bytes, at: form.start, ByteClasses(separator, comment: form.comment))
    defer { reach.end = max(reach.end, scanner.position) }
    while result.count < most, scanner.skipEmptyLines() {
      var row: [String] = []
      while true {
        guard let field = try? scanner.field() else { return result }
        row.append(TextTable.text(bytes[field.start..<field.end], hasQuotes: field.hasQuotes))
        if field.endsRow || row.count > 100_000 { break }
      }
      result.append(row)
    }
    return result
  }

  // MARK: The first line

  private mutating func findHeader(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
    let rows = rows(bytes, form.separator, most: 200)
    guard let first = rows.first else {
      throw DataError(setting: "path", place: file.path, "the file is empty")
    }
    if let header = reading.header {
      form.hasHeader = header
    } else if let names = reading.names {
      form.hasHeader = first == names
    } else if let name = wanted.first(where: first.contains) {
      try checkHeader(name, first, rows)
    } else if Self.looksLikeRow(first, form, hasTarget: !wanted.isEmpty) {
      throw noHeader(
        wanted.first.map { "the first line does not name '\($0)' and looks like a row of values" }
          ?? "the first line has numbers alone, so it is open whether it names the columns",
        first, isOpen: wanted.isEmpty)
    }
  }

  /// A name that is a value further down is no header's: the target of a file without one was named
  /// by its first row.
  private func checkHeader(
    _ name: String, _ first: [String], _ rows: [[String]]
  ) throws(DataError) {
    guard let place = first.firstIndex(of: name) else { return }
    let again = rows.dropFirst().contains { $0.count > place && $0[place] == name }
    if again, Self.looksLikeRow(first, form, hasTarget: true) {
      throw noHeader(
        "the first line names '\(name)', but it looks like a row of values, and '\(name)' is a "
          + "value of the column in other rows too", first, isOpen: true)
    }
  }

  private func noHeader(_ message: String, _ first: [String], isOpen: Bool) -> DataError {
    let names = first.count == 1 ? "c1" : "c1 to c\(first.count)"
    return DataError(
      setting: "path", place: file.path, message,
      hint: "Where it is a row, write header: false; columns are then called \(names), or as "
        + "names: [...] says." + (isOpen ? " Where it names them, write header: true." : ""))
  }

  /// Whether a line has numbers where names would be: one among words, or nothing else.
  private static func looksLikeRow(_ line: [String], _ form: TableForm, hasTarget: Bool) -> Bool {
    let isNumber = line.map { cell in
      var cell = cell
      return cell.withUTF8 {
        if case .finite = DecimalNumber(UnsafeRawBufferPointer($0)[...]) { true } else { false }
      }
    }
    return hasTarget ? isNumber.contains(true) : !isNumber.contains(false)
  }

  // MARK: Marks within numbers

  private mutating func findMarks(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
    form.decimal = reading.decimal?.utf8.first ?? UInt8(ascii: ".")
    form.thousands = reading.thousands.flatMap { $0 == "space" ? 0x20 : $0.utf8.first }
    if reading.decimal != nil, reading.thousands != nil { return }
    var evidence = MarkEvidence()
    for row in rows(bytes, form.separator, most: Self.mostRows).dropFirst(form.hasHeader ? 1 : 0) {
      for cell in row { evidence.add(cell) }
    }
    if reading.thousands == nil, let mark = evidence.spacing, form.separator != .blanks {
      form.thousands = mark
      form.found.append(
        (mark == UInt8(ascii: "'") ? "apostrophes" : "spaces") + " stand between thousands")
    }
    if reading.decimal == nil, reading.thousands != ",", evidence.saysDecimalComma {
      form.decimal = UInt8(ascii: ",")
      form.found.append("numbers have a decimal comma")
      if form.thousands == nil, evidence.pointGroups > 0 {
        form.thousands = UInt8(ascii: ".")
        form.found.append("points stand between thousands")
      }
    } else if form.thousands == nil, form.decimal == UInt8(ascii: "."), evidence.hasCommaGroups {
      guard form.separator == .byte(UInt8(ascii: ",")) || evidence.isCommaGroupSure else {
        throw DataError(
          setting: "path", place: file.path,
          "'\(evidence.example)' may be a decimal fraction or thousands",
          hint: "Write decimal: \",\" or thousands: \",\" under data.")
      }
      form.thousands = UInt8(ascii: ",")
      form.found.append("commas stand between thousands")
    }
  }
}
