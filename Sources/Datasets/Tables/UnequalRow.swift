import Foundation

extension TextTable {
  func unequalRow(at start: Int, fields count: Int, isFirst: Bool) -> DataError {
    let fields = count == 1 ? "1 field" : "\(count) fields"
    let first = form.hasHeader ? "the first line names" : "the first row has"
    let columns = "\(columnNames.count) column\(columnNames.count == 1 ? "" : "s")"
    let hint: String
    let head = TableHead(self)
    if isFirst, form.hasHeader, count == columnNames.count + 1, let more = head.oneMore,
      let line = head.rows.first?.line
    {
      let (why, names) =
        switch more {
        case .namedRows(let names):
          ("Where rows begin with a name of their own, as R writes them", names)
        case .endedRows(let names): ("Rows end with a separator", names)
        }
      hint =
        why + ": these lines under data make the file usable:\n  skip: \(line)\n  names: ["
        + names.map(UnusableColumns.word).joined(separator: ", ") + "]"
    } else if let lines = head.linesAbove {
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
