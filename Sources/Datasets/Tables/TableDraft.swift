import Foundation
import Tracking

/// The settings of a table while they are being found.
struct TableDraft {
  var settings: [String: ParameterValue]
  var target = ""
  private(set) var isRegression = false
  private(set) var rows = 0
  private(set) var features = 0
  var remarks: [String] = []
  /// Columns that are left out, and each with the reason.
  private var dropped: [String] = []
  private var leftOut: [String] = []
  /// Cells that count as missing, though no word of the list says so, by column.
  private var countedMissing: [(column: String, words: [String])] = []
  private var rowsWithoutTarget = 0
  /// What is said of single columns, by key.
  private var entries: [String: [String: ParameterValue]] = [:]

  /// A target of numbers with at most so many whole values is one of classes.
  private static let mostNumericClasses = 20
  /// Rare words of a column with more words than this have no column of their own.
  private static let manyWords = 50

  init(_ path: String) {
    var values: [String: ParameterValue] = [:]
    for setting in CSVSource().choice.settings { values[setting.name] = setting.standard ?? .off }
    values["path"] = .text(path)
    settings = values
  }

  private var chosen: Chosen { Chosen("csv", settings) }

  func table() throws(DataError) -> TextTable {
    try TextTable(
      reading: chosen.text("path"), TableReading(chosen), wanted: target.isEmpty ? [] : [target])
  }

  // MARK: Target

  private static let targetNames = ["target", "label", "class", "y"]

  mutating func findTarget(_ wanted: String?) throws(DataError) {
    let table = try table()
    remarks.insert(contentsOf: table.found, at: 0)
    if let wanted {
      target = table.columnNames[try table.requiredColumn(wanted, setting: "target")]
    } else {
      target = try guessedTarget(table)
    }
    settings["target"] = .text(target)
    let column = try table.requiredColumn(target, setting: "target")
    let cells = try table.cells([column])
    switch cells.columns[column] {
    case .numbers(let slot, _):
      let values = Set(cells.numbers(slot: slot).filter { !$0.isNaN })
      if values.count == 1 { tellConstant() }
      let isClass =
        values.count <= Self.mostNumericClasses && values.allSatisfy { $0 == $0.rounded() }
      isRegression = !isClass
      if isClass { settings["task"] = .text("classification") }
    case .words(let words):
      if words.names.count == 1 { tellConstant() }
      try classes(words, table, column)
    case nil: break
    }
  }

  private mutating func tellConstant() {
    remarks.append(
      "'\(target)' has one value in all rows, so that nothing can be learned: name another column by "
        + "--target")
  }

  /// The column called so, else the last one that has a value in most rows, or in any.
  private mutating func guessedTarget(_ table: TextTable) throws(DataError) -> String {
    if let named = table.columnNames.first(where: { Self.targetNames.contains($0.lowercased()) }) {
      remarks.append("the target is the column of that name")
      return named
    }
    var (last, hasSkipped): (String?, Bool) = (nil, false)
    for (place, name) in table.columnNames.enumerated().reversed() {
      let cells = try table.cells([place])
      let known = Self.known(cells, place)
      if known * 2 >= cells.rows, known > 0 {
        let isLast = place == table.columnNames.count - 1
        remarks.append(
          "the target is the last column"
            + (isLast ? "" : hasSkipped ? " that has a value in most rows" : " that has a value"))
        return name
      }
      if known > 0 { (last, hasSkipped) = (last ?? name, true) }
    }
    remarks.append("the target is the last column that has a value")
    return last ?? table.columnNames.last ?? ""
  }

  /// Rows with a value.
  private static func known(_ cells: TableCells, _ column: Int) -> Int {
    switch cells.columns[column] {
    case .numbers(_, let missing): cells.rows - missing
    case .words(let words): words.codes.count { $0 >= 0 }
    case nil: 0
    }
  }

  private mutating func classes(
    _ words: WordColumn, _ table: TextTable, _ column: Int
  ) throws(DataError) {
    let kinds = WordKinds(words.names, table.form)
    if let mark = kinds.commas, !kinds.numbers.isEmpty {
      settings[mark] = .text(",")
      isRegression = true
    } else if kinds.numbers.count > 2, kinds.words.count + kinds.notFinite.count <= 2 {
      addMissing(kinds.words + kinds.notFinite)
      isRegression = true
    } else {
      if !kinds.numbers.isEmpty { settings["task"] = .text("classification") }
      let words = words.hasMissingWords ? table.missingWords(in: column) : []
      if !words.isEmpty { addMissing(words) }
    }
  }

  private mutating func addMissing(_ words: [String]) {
    var known = TableReading(chosen).missing ?? TableReading.standardMissing
    known += words.filter { !known.contains($0) }
    settings["missing"] = .list(known.map(ParameterValue.text))
    remarks.append(
      "rows without a target are left out, and so are those where it is "
        + words.map { "'\($0)'" }.joined(separator: " or "))
  }

  // MARK: Features

  /// Cures what cannot be used, one round after another: a cure may show what else is wrong.
  mutating func findFeatures() throws(DataError) {
    for _ in 0..<6 {
      let table = try table()
      let wishes = ColumnWishes(chosen)
      let left = Set(wishes.drop + [target] + (wishes.id.map { [$0] } ?? []))
      let columns = table.columnNames.indices.filter { !left.contains(table.columnNames[$0]) }
      guard !columns.isEmpty else {
        throw DataError(
          setting: "path", place: table.path, "no column beside the target can be used",
          hint: leftOut.isEmpty
            ? "The table needs columns from which '\(target)' can be told."
            : leftOut.joined(separator: "; ") + ".")
      }
      let aim = try table.requiredColumn(target, setting: "target")
      var cells = try table.cells(
        columns + [aim], asWords: Set(wishes.asWords.compactMap(table.column(named:))))
      let withTarget = try TableTarget(
        table, column: aim, cells,
        task: settings["task"] == .text("classification") ? .classification : nil
      ).rows
      let whole = cells
      if let withTarget { cells = cells.keeping(withTarget) }
      rowsWithoutTarget = whole.rows - cells.rows
      rows = cells.rows
      let planner = ColumnPlanner(
        table: table, wishes: wishes, settings: chosen, cells: cells, fileRows: withTarget)
      let planned = planner.plans(columns)
      features = planned.plans.count
      let unusable = planned.unusable
      for column in unusable { column.cures.forEach { cure(column, $0) } }
      let useless = unusable.isEmpty && leaveOut(cells, table, planned.plans)
      if unusable.isEmpty, !useless { fillHoles(whole, planned.plans) }
      write()
      if unusable.isEmpty, !useless { break }
    }
    tell()
  }

  /// Holes that stand only in rows without a target are filled too: predictions are asked for such rows.
  private mutating func fillHoles(
    _ whole: TableCells, _ plans: [(column: Int, plan: ColumnPlan)]
  ) {
    for (column, plan) in plans where plan.fill == nil {
      switch whole.columns[column] {
      case .numbers(_, let missing) where missing > 0:
        entries["fill", default: [:]][plan.name] = .text("median")
      case .words(let words):
        // A category that is missing is a row of zeros.
        if case .categories = plan.recipeKind { continue }
        guard words.codes.contains(where: { $0 < 0 }) else { continue }
        entries["fill", default: [:]][plan.name] = .text("median")
      default: break
      }
    }
  }

  private mutating func tell() {
    func listed(_ names: [String]) -> String {
      names.prefix(8).joined(separator: ", ")
        + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }
    if rowsWithoutTarget > 0 {
      remarks.append(
        rowsWithoutTarget == 1
          ? "1 row has no target and is left out"
          : "\(rowsWithoutTarget) rows have no target and are left out")
    }
    if !leftOut.isEmpty { remarks.append("left out: " + listed(leftOut)) }
    for (column, words) in countedMissing {
      remarks.append(
        "'\(column)': " + listed(words.map { "'\(TextTable.short($0))'" })
          + (words.count == 1 ? " counts" : " count") + " as missing")
    }
    if let fills = entries["fill"] {
      remarks.append("filled by the training part's median: " + listed(fills.byName.map(\.key)))
    }
  }

  private mutating func cure(_ column: UnusableColumn, _ cure: UnusableColumn.Cure) {
    let name = column.name
    switch cure {
    case .drop: drop(name, column.message)
    case .fill(let rule): entries["fill", default: [:]][name] = .text(rule)
    case .dates(let parts):
      entries["dates", default: [:]][name] = .list(parts.map { .text($0.rawValue) })
    case .allCategories: entries["categories", default: [:]][name] = .text("all")
    case .missing(let words):
      var known = TableReading(chosen).missing ?? TableReading.standardMissing
      let new = words.filter { !known.contains($0) }
      known += new
      if !new.isEmpty { countedMissing.append((name, new)) }
      settings["missing"] = .list(known.map(ParameterValue.text))
    case .key(let key, _): settings[key] = .text(",")
    }
  }

  /// Puts what was found of single columns among the settings.
  private mutating func write() {
    if !dropped.isEmpty { settings["drop"] = .list(dropped.map(ParameterValue.text)) }
    for (key, values) in entries { settings[key] = .mapping(values) }
  }

  private mutating func drop(_ name: String, _ why: String) {
    leftOut.append("'\(name)' \(why)")
    dropped.append(name)
  }

  /// Leaves out columns that say nothing: one value in all rows, or another word in nearly every row.
  private mutating func leaveOut(
    _ cells: TableCells, _ table: TextTable, _ plans: [(column: Int, plan: ColumnPlan)]
  ) -> Bool {
    let before = (settings, dropped.count)
    var kept = plans.count
    for (column, plan) in plans where kept > 1 {
      switch cells.columns[column] {
      case .numbers(let slot, let missing):
        let values = cells.numbers(slot: slot)
        if missing == 0, values.allSatisfy({ $0 == values.first }) {
          drop(plan.name, "has one value in all rows")
          kept -= 1
        } else if RowNumbers.areMeant(by: plan.name), RowNumbers.are(values) {
          if settings["id"] == .off {
            settings["id"] = .text(plan.name)
            remarks.append("'\(plan.name)' counts the rows: predict carries it through")
          } else {
            drop(plan.name, "counts the rows")
          }
          kept -= 1
        }
      case .words(let words):
        if case .words = plan.kind {
          if words.names.count * 2 > cells.rows, cells.rows > 10 {
            drop(plan.name, "has another word in most rows")
            kept -= 1
          } else if words.names.count > Self.manyWords, settings["min_count"] == .off {
            settings["min_count"] = .integer(5)
          }
        }
      case nil: break
      }
    }
    return settings != before.0 || dropped.count != before.1
  }
}
