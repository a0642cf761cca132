import Tracking

/// Looks whether cells can be prepared by what was learned of another table.
struct CellCheck {
  let table: TextTable
  /// The key of an experiment that errors stand at; `nil` where no experiment names the table.
  let setting: String?
  /// What to do about a value that is missing where none was before.
  let hint: String

  /// Throws at the first cell of a column of which no number can be made.
  ///
  /// - Parameters:
  ///   - isFilled: whether something stands for a missing value.
  func check(
    _ cells: TableCells, column: Int, _ name: String, _ kind: ColumnRecipe.Kind, isFilled: Bool
  ) throws(DataError) {
    switch cells.columns[column] {
    case .numbers(let slot, let missing):
      if missing > 0, !isFilled {
        let row = cells.numbers(slot: slot).firstIndex(where: \.isNaN)
        throw missingValue(row ?? 0, column)
      }
    case .words(let words): try check(words, column, ColumnRecipe(name, kind), isFilled)
    case nil: break
    }
  }

  private func check(
    _ words: WordColumn, _ column: Int, _ recipe: ColumnRecipe, _ isFilled: Bool
  ) throws(DataError) {
    if case .categories = recipe.kind { return }
    let unknown = words.names.firstIndex { recipe.numbers($0).contains(where: \.isNaN) }
    if let unknown, let row = words.codes.firstIndex(of: Int32(unknown)) {
      throw DataError(
        setting: setting, place: table.place(row: row, column: column),
        "column '\(recipe.name)' needs \(recipe.kind.inWords), found "
          + "'\(TextTable.short(words.names[unknown]))'")
    }
    if !isFilled, let row = words.codes.firstIndex(where: { $0 < 0 }) {
      throw missingValue(row, column)
    }
  }

  /// The error of a cell that has no value.
  func missingValue(_ row: Int, _ column: Int) -> DataError {
    DataError(
      setting: setting, place: table.place(row: row, column: column),
      "column '\(table.columnNames[column])' has no value here", hint: hint)
  }

  /// The numbers of a column to predict; not-a-number where one is missing.
  func numbers(_ cells: TableCells, column: Int) throws(DataError) -> [Double] {
    switch cells.columns[column] {
    case .numbers(let slot, _): return cells.numbers(slot: slot)
    case .words(let words):
      let kinds = WordKinds(words.names, table.form)
      let wrong = kinds.words.first ?? kinds.notFinite.first ?? ""
      let code = words.names.firstIndex(of: wrong) ?? 0
      throw DataError(
        setting: setting,
        place: table.place(row: words.codes.firstIndex(of: Int32(code)) ?? 0, column: column),
        "column '\(table.columnNames[column])' needs a number, found '\(TextTable.short(wrong))'")
    case nil: return []
    }
  }
}

extension ColumnRecipe.Kind {
  /// What a cell must be, in words.
  fileprivate var inWords: String {
    switch self {
    case .numbers: "a number"
    case .truths: "true or false"
    case .categories: "a word"
    case .ordinal(let order): "one of " + order.joined(separator: ", ")
    case .dates(_, .yearFirst): "a date such as 2020-01-31"
    case .dates(_, .dayFirst): "a date such as 31.01.2020"
    case .dates(_, .monthFirst): "a date such as 1/31/2020"
    }
  }
}
