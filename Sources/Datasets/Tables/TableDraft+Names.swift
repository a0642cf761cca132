import Tracking

extension TableDraft {
  /// What stands above the table, and whether its first line is a header.
  mutating func findNames(_ wanted: String?) throws(DataError) {
    try findHead()
    if settings["names"] != .off { return }
    settings["header"] = .flag(true)
    let named: TextTable
    do throws(DataError) { named = try table() } catch {
      guard error.message.hasPrefix("two columns") else { throw error }
      settings["header"] = .flag(false)
      try nameApart()
      return
    }
    if let wanted, named.column(named: wanted) != nil {
      settings["header"] = .off
      target = wanted
      if (try? table()) == nil { settings["header"] = .flag(true) }
      return
    }
    guard !WordKinds(named.columnNames, TableForm()).numbers.isEmpty else {
      settings["header"] = .off
      return
    }
    let isHeader = TableHead(named).firstIsHeader
    settings["header"] = .flag(isHeader)
    remarks.append(
      isHeader
        ? "the first line names the columns, by numbers too"
        : "the first line has numbers, so that it is taken for a row")
  }

  // MARK: Above the table

  /// Lines above the table, and rows with a name of their own, which have one field more than the header.
  private mutating func findHead() throws(DataError) {
    for _ in 0..<3 {
      settings["header"] = .flag(true)
      if (try? table()) == nil { settings["header"] = .flag(false) }
      let table = try table()
      let head = TableHead(table)
      guard let first = head.rows.first, let width = head.surestWidth else { return }
      if head.countsRows(upTo: table.parts.mostRows) {
        skip(1, "the first line counts rows and columns and is left out")
      } else if first.fields.count == width {
        return
      } else if let more = head.oneMore {
        nameRows(more, first)
        return
      } else if let lines = head.linesAbove {
        let above = head.namesAbove
        let count = (above.map { $0.line - 1 } ?? lines) - skipped
        skip(
          count,
          count == 1
            ? "the first line is not of the table and is left out"
            : "the first \(count) lines are not of the table and are left out")
        if let above { return name(above.names, belowLine: above.line) }
      } else {
        return
      }
    }
  }

  private var skipped: Int {
    if case .integer(let lines) = settings["skip"] { lines } else { 0 }
  }

  private mutating func skip(_ lines: Int, _ remark: String) {
    settings["skip"] = .integer(skipped + lines)
    remarks.append(remark)
  }

  private mutating func name(_ names: [String], belowLine line: Int) {
    settings["header"] = .flag(false)
    settings["names"] = .list(names.map(ParameterValue.text))
    settings["skip"] = .integer(line)
  }

  private mutating func nameRows(_ more: TableHead.OneMore, _ first: TableHead.Row) {
    switch more {
    case .namedRows(let names):
      name(names, belowLine: first.line)
      remarks.append(
        "rows begin with a name of their own, as R writes them: the column \(names[0])")
    case .endedRows(let names):
      name(names, belowLine: first.line)
      remarks.append("rows end with a separator, so that a column without values is behind them")
    }
  }

  /// A first line with equal fields is a row where one of them is a number; else it has names, which are
  /// told apart by numbers behind them.
  private mutating func nameApart() throws(DataError) {
    let table = try table()
    guard let first = TableHead(table).rows.first else { return }
    let fields = first.fields.enumerated().map { $1.isEmpty ? "c\($0 + 1)" : $1 }
    guard WordKinds(fields, TableForm()).numbers.isEmpty else { return }
    var seen: [String: Int] = [:]
    let names = fields.map { name in
      seen[name, default: 0] += 1
      return seen[name] == 1 ? name : "\(name).\((seen[name] ?? 1) - 1)"
    }
    guard Set(names).count == names.count else { return }
    name(names, belowLine: first.line)
    let twice = Set(fields.filter { (seen[$0] ?? 0) > 1 }).sorted()
    remarks.append(
      "several columns have the same name, numbered in names: "
        + twice.prefix(8).joined(separator: ", "))
  }
}
