import Foundation

extension TextTable {
  func unequalRow(at start: Int, fields count: Int, isFirst: Bool) -> DataError {
    let fields = count == 1 ? "1 field" : "\(count) fields"
    let first = form.hasHeader ? "the first line names" : "the first row has"
    let columns = "\(columnNames.count) column\(columnNames.count == 1 ? "" : "s")"
    let hint: String
    if isFirst, form.hasHeader, count == columnNames.count + 1 {
      hint =
        "Where rows begin with a name of their own, as R writes them, write skip: 1 and names: "
        + "[row, \(columnNames.prefix(3).joined(separator: ", "))\(columnNames.count > 3 ? ", ..." : "")]."
    } else if let lines = linesBeforeTable(width: columnNames.count) {
      hint = "Where the table begins further down, leave the lines above it out: skip: \(lines)."
    } else {
      let line = text.line(of: start)
      hint =
        "Where the line is no row (a sum, a note), take it out: sed -i \(line)d FILE; where such "
        + "lines begin with a sign of their own, write comment: \"#\"."
    }
    return DataError(
      setting: setting, place: place(ofByte: start), "this row has \(fields), \(first) \(columns)",
      hint: hint)
  }

  /// Lines above the first one that has as many fields as most; `nil` where the first has.
  func linesBeforeTable(width: Int) -> Int? {
    text.data.withUnsafeBytes { bytes in
      var scanner = TableScanner(bytes, at: form.start, form.classes)
      var seen: [(start: Int, count: Int)] = []
      while seen.count < 200, scanner.skipEmptyLines() {
        let start = scanner.position
        var count = 0
        while let field = try? scanner.field() {
          count += 1
          if field.endsRow { break }
        }
        if count == 0 { break }
        seen.append((start, count))
      }
      let counts = Dictionary(grouping: seen.map(\.count)) { $0 }.mapValues(\.count)
      guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key,
        most > 1, most != width, let first = seen.first(where: { $0.count == most })
      else { return nil }
      return TextPlace(of: first.start, in: bytes).line - 1
    }
  }
}
