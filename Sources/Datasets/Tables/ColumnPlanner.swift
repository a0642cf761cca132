import TensorKernels
import Tracking

/// Decides what each feature column of a table is, by what the file asks and what the cells are.
struct ColumnPlanner {
  let table: TextTable
  let wishes: ColumnWishes
  let settings: Chosen
  let cells: TableCells
  /// The row of the file that each row of the cells was; `nil` where none was left out.
  let fileRows: [Int32]?

  /// The most columns that one column may become.
  static let mostCategories = 10_000

  /// What becomes of every feature.
  struct Plans {
    var plans: [(column: Int, plan: ColumnPlan)] = []
    /// Columns that have no plan, with what would make them usable.
    var unusable: [UnusableColumn] = []
    /// What is worth a word.
    var remarks: [String] = []
  }

  /// Plans the features; those that cannot be used are told apart.
  func plans(_ features: [Int]) -> Plans {
    var result = Plans()
    for column in features {
      guard let content = cells.columns[column] else { continue }
      let planned: Planned =
        switch content {
        case .numbers(_, let missing): numbers(column, missing)
        case .words(let words): self.words(column, words, &result.remarks)
        }
      switch planned {
      case .plan(let plan): result.plans.append((column, plan))
      case .unusable(let problem): result.unusable.append(problem)
      }
    }
    return result
  }

  private enum Planned {
    case plan(ColumnPlan)
    case unusable(UnusableColumn)
  }

  private func unusable(
    _ column: Int, _ message: String, _ cures: UnusableColumn.Cure...
  ) -> Planned {
    .unusable(UnusableColumn(name: table.columnNames[column], message: message, cures: cures))
  }

  private func plan(_ column: Int, _ kind: ColumnPlan.Kind, _ fill: FillRule?) -> Planned {
    .plan(
      ColumnPlan(
        name: table.columnNames[column], kind: kind, fill: fill,
        hasIndicator: wishes.hasIndicators))
  }

  // MARK: Numbers

  private func numbers(_ column: Int, _ missing: Int) -> Planned {
    let name = table.columnNames[column]
    if table.nameless.contains(column), !isAsked(name) {
      return unusable(column, "has no name", .drop)
    }
    if missing == cells.rows { return unusable(column, "has no value in any row", .drop) }
    guard missing == 0 || wishes.rule(name) != nil else {
      return missingValues(column, missing) { row in isMissing(row, column) }
    }
    return plan(column, .numbers, wishes.rule(name))
  }

  /// Whether the file names a column, so that its having no name of its own is known.
  private func isAsked(_ name: String) -> Bool {
    wishes.names.contains { $0.name == name }
      || settings.list("features")?.contains(.text(name)) == true
      || settings.values["features"] == .text(name) || settings.list("names") != nil
  }

  private func isMissing(_ row: Int, _ column: Int) -> Bool {
    switch cells.columns[column] {
    case .numbers(let slot, _): cells.numbers.elements[row * cells.numbersPerRow + slot].isNaN
    case .words(let words): words.codes[row] < 0
    case nil: false
    }
  }

  private func missingValues(
    _ column: Int, _ count: Int, isMissing: (Int) -> Bool
  ) -> Planned {
    let first = (0..<cells.rows).first(where: isMissing) ?? 0
    return unusable(
      column,
      "has no value in \(count) row\(count == 1 ? "" : "s"), \(count == 1 ? "" : "first ")in line "
        + line(first), .fill("median"))
  }

  /// The line that a row of the cells begins in.
  private func line(_ row: Int) -> String { String(table.line(row: fileRow(row))) }

  private func fileRow(_ row: Int) -> Int { fileRows.map { Int($0[row]) } ?? row }

  // MARK: Words

  private func words(_ column: Int, _ words: WordColumn, _ remarks: inout [String]) -> Planned {
    let name = table.columnNames[column]
    if table.nameless.contains(column), !isAsked(name) {
      return unusable(column, "has no name", .drop)
    }
    if words.names.isEmpty { return unusable(column, "has no value in any row", .drop) }
    if let order = wishes.ordinal[name] { return ordinal(column, words, order) }
    if let parts = wishes.dates[name] { return dates(column, words, parts) }
    if let list = wishes.categories[name] { return categories(column, words, list, &remarks) }
    if words.names.allSatisfy({ ColumnRecipe.truth($0) != nil }) { return truths(column, words) }
    let kinds = WordKinds(words.names, table.form)
    if !kinds.numbers.isEmpty || kinds.words.isEmpty || kinds.commas != nil {
      return mixed(column, words, kinds)
    }
    let orders = DateOrder.common(words.names)
    if !orders.isEmpty { return looksLikeDates(column, words, orders) }
    if let almost = almostDates(column, words) { return almost }
    return categories(column, words, nil, &remarks)
  }

  private func truths(_ column: Int, _ words: WordColumn) -> Planned {
    let missing = words.codes.count { $0 < 0 }
    let rule = wishes.rule(table.columnNames[column])
    guard missing == 0 || rule != nil else {
      return missingValues(column, missing) { words.codes[$0] < 0 }
    }
    return plan(column, .truths, rule)
  }

  private func ordinal(_ column: Int, _ words: WordColumn, _ order: [String]) -> Planned {
    if let unknown = words.names.firstIndex(where: { !order.contains($0) }) {
      return unusable(
        column,
        "has '\(TextTable.short(words.names[unknown]))' in line \(line(words, unknown)), "
          + "which is not in its order",
        .key(
          "ordinal",
          "{\(UnusableColumns.word(table.columnNames[column])): "
            + "[\((order + words.names.filter { !order.contains($0) }).map(UnusableColumns.word).joined(separator: ", "))]}"
        ))
    }
    return filled(column, words, .ordinal(order))
  }

  private func filled(_ column: Int, _ words: WordColumn, _ kind: ColumnPlan.Kind) -> Planned {
    let missing = words.codes.count { $0 < 0 }
    let rule = wishes.rule(table.columnNames[column])
    guard missing == 0 || rule != nil else {
      return missingValues(column, missing) { words.codes[$0] < 0 }
    }
    return plan(column, kind, rule)
  }

  private func dates(_ column: Int, _ words: WordColumn, _ parts: [DatePart]) -> Planned {
    let orders = DateOrder.common(words.names)
    guard let order = orders.first else {
      let best = DateOrder.allCases.max { a, b in
        words.names.count { DateCell($0, a) != nil } < words.names.count { DateCell($0, b) != nil }
      }
      let wrong = words.names.firstIndex { DateCell($0, best ?? .yearFirst) == nil } ?? 0
      return unusable(
        column,
        "has '\(TextTable.short(words.names[wrong]))' in line \(line(words, wrong)), which is "
          + "no date like the others; mend it, or count it as missing",
        .missing([words.names[wrong]]), .fill("median"))
    }
    guard orders.count == 1 else { return openDates(column, words) }
    return filled(column, words, .dates(parts, order))
  }

  /// Words most of which are dates: some are none, and categories are not meant.
  private func almostDates(_ column: Int, _ words: WordColumn) -> Planned? {
    guard let almost = AlmostDates(words.names) else { return nil }
    let first = words.names.firstIndex(of: almost.wrong[0]) ?? 0
    let message =
      "has dates, but '\(TextTable.short(almost.wrong[0]))' in line \(line(words, first)) is none"
    guard let parts = almost.parts else { return unusable(column, message, .allCategories) }
    return unusable(column, message, .missing(almost.wrong), .dates(parts), .fill("median"))
  }

  private func looksLikeDates(
    _ column: Int, _ words: WordColumn, _ orders: [DateOrder]
  ) -> Planned {
    guard orders.count == 1, let order = orders.first else { return openDates(column, words) }
    let hasTime = words.names.contains { DateCell($0, order)?.hasTime == true }
    let parts: [DatePart] = [.year, .month, .day, .weekday] + (hasTime ? [.hour] : [])
    let missing = words.codes.contains { $0 < 0 }
    let example = "has dates, the first '\(words.names[0])'"
    return missing && wishes.rule(table.columnNames[column]) == nil
      ? unusable(column, example, .dates(parts), .fill("median"))
      : unusable(column, example, .dates(parts))
  }

  private func openDates(_ column: Int, _ words: WordColumn) -> Planned {
    unusable(
      column,
      "has dates such as '\(words.names[0])', whose day and month cannot be told apart; "
        + "write them as 2020-01-31 to use them", .drop)
  }

  private func categories(
    _ column: Int, _ words: WordColumn, _ list: [String]?, _ remarks: inout [String]
  ) -> Planned {
    let name = table.columnNames[column]
    if let list {
      let unknown = words.names.filter { !list.contains($0) }
      if !unknown.isEmpty {
        let rows = words.codes.count { $0 >= 0 && unknown.contains(words.names[Int($0)]) }
        remarks.append(
          "'\(name)': \(rows) row\(rows == 1 ? " has a word" : "s have words") outside its list, "
            + "such as '\(TextTable.short(unknown[0]))', and all its columns 0")
      }
      return plan(column, .categories(list), wishes.fill[name])
    }
    if words.names.count > Self.mostCategories, wishes.leastCount == 1 {
      return unusable(column, "has \(words.names.count) different words", .drop)
    }
    return plan(column, .words(least: wishes.leastCount), wishes.fill[name])
  }

  // MARK: Numbers among words

  /// Bytes of a word that a line of a cure may hold.
  private static let longestCure = 60

  private func mixed(_ column: Int, _ words: WordColumn, _ kinds: WordKinds) -> Planned {
    let first = kinds.words.first ?? kinds.notFinite.first ?? ""
    let place = words.names.firstIndex(of: first) ?? 0
    let example = "'\(TextTable.short(first))' in line \(line(words, place))"
    let isLong = (kinds.words + kinds.notFinite).contains { $0.utf8.count > Self.longestCure }
    if kinds.words.isEmpty, kinds.notFinite.isEmpty, let whole = wholeColumn(column) {
      return whole
    }
    let isFilled = wishes.rule(table.columnNames[column]) != nil
    let cure = UnusableColumn.Cure.missing(kinds.words + kinds.notFinite)
    guard !kinds.words.isEmpty else {
      let message = "has \(example), which is no finite number in single precision"
      if isLong { return unusable(column, message, .drop) }
      return isFilled
        ? unusable(column, message, cure) : unusable(column, message, cure, .fill("median"))
    }
    let message =
      kinds.numbers.isEmpty ? "has numbers with commas: \(example)" : "has numbers, but \(example)"
    if let mark = kinds.commas { return unusable(column, message, .key(mark, "\",\"")) }
    if kinds.words.count <= 2, kinds.numbers.count > 2, !isLong {
      return isFilled
        ? unusable(column, message, cure) : unusable(column, message, cure, .fill("median"))
    }
    return words.names.count * 2 > cells.rows
      ? unusable(column, message, .drop) : unusable(column, message, .allCategories)
  }

  /// A column whose words stand only in rows without a target: what is wrong with it as a whole.
  private func wholeColumn(_ column: Int) -> Planned? {
    guard fileRows != nil, let cells = try? table.cells([column], asWords: [column]),
      case .words(let words) = cells.columns[column]
    else { return nil }
    let kinds = WordKinds(words.names, table.form)
    guard !kinds.words.isEmpty || !kinds.notFinite.isEmpty else { return nil }
    let planner = ColumnPlanner(
      table: table, wishes: wishes, settings: settings, cells: cells, fileRows: nil)
    return planner.mixed(column, words, kinds)
  }

  /// The line of the first row with a word.
  private func line(_ words: WordColumn, _ word: Int) -> String {
    line(words.codes.firstIndex(of: Int32(word)) ?? 0)
  }
}

extension DateOrder {
  /// The orders in which every text is a date.
  static func common(_ texts: [String]) -> [DateOrder] {
    allCases.filter { order in texts.allSatisfy { DateCell($0, order) != nil } }
  }
}
