import Foundation

extension TextTable {
  func unequalRow(at start: Int, fields count: Int, isFirst: Bool) -> DataError {
    let fields = count == 1 ? "1 field" : "\(count) fields"
    let first = form.hasHeader ? "the first line names" : "the first row has"
    let columns = "\(columnNames.count) column\(columnNames.count == 1 ? "" : "s")"
    let hint: String
    if isFirst, form.hasHeader, count == columnNames.count + 1,
      let names = TableHead(self).rows.first
    {
      hint =
        "Where rows begin with a name of their own, as R writes them, these lines under data make the "
        + "file usable:\n  skip: \(names.line)\n  names: ["
        + names.namesWithRow.map(UnusableColumns.word).joined(separator: ", ") + "]"
    } else if let lines = TableHead(self).linesAbove {
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
}
