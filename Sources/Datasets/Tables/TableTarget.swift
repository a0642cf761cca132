import Foundation
import TensorKernels
import Tracking

/// What the columns to be predicted say: classes or numbers, and which rows say nothing.
struct TableTarget {
  let targets: RawData.Targets
  let target: DataShape.Target
  /// Rows of each class.
  let counts: [Int]?
  /// The rows that have a target; `nil` where all have.
  let rows: [Int32]?

  /// The most classes a target may have.
  static let mostClasses = LabelNames.mostClasses

  /// Nothing is to be predicted.
  static let none = TableTarget(targets: .none, target: .none, counts: nil, rows: nil)

  private init(
    targets: RawData.Targets, target: DataShape.Target, counts: [Int]?, rows: [Int32]?
  ) {
    self.targets = targets
    self.target = target
    self.counts = counts
    self.rows = rows
  }

  /// Words are classes; numbers are what `task` says, values where it says nothing.
  init(
    _ table: TextTable, column: Int, _ cells: TableCells, task: DataConfiguration.Task?
  ) throws(DataError) {
    let name = table.columnNames[column]
    switch cells.columns[column] {
    case .numbers(let slot, let missing) where missing < cells.rows:
      let all = cells.numbers(slot: slot)
      let rows = missing == 0 ? nil : Self.rows(all.indices.filter { !all[$0].isNaN })
      let values = missing == 0 ? all : all.filter { !$0.isNaN }
      guard task == .classification else {
        self.init(
          targets: .values(values, columns: 1), target: .values(names: [name]), counts: nil,
          rows: rows)
        return
      }
      let sorted = Set(values).sorted()
      try Self.checkCount(sorted.count, table, column)
      let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32($0)) })
      self.init(
        labels: values.map { places[$0] ?? 0 },
        names: sorted.map { ParameterValue.number($0).json },
        rows: rows)
    case .words(let words) where !words.names.isEmpty:
      try WordTarget(table, column, words, task).check()
      try Self.checkCount(words.names.count, table, column)
      let labels = Array(words.codes)
      let isWhole = labels.allSatisfy { $0 >= 0 }
      self.init(
        labels: isWhole ? labels : labels.filter { $0 >= 0 }, names: words.names,
        rows: isWhole ? nil : Self.rows(labels.indices.filter { labels[$0] >= 0 }))
    default:
      throw DataError(
        setting: "target", place: table.path, "the target '\(name)' has no value in any row",
        hint: "Choose a column that has values.")
    }
  }

  /// Several columns of numbers; a row that lacks one of them lacks its target.
  init(_ table: TextTable, columns: [Int], _ cells: TableCells) throws(DataError) {
    var slots: [Int] = []
    for column in columns {
      switch cells.columns[column] {
      case .numbers(let slot, _): slots.append(slot)
      case .words(let words):
        try WordTarget(table, column, words, .regression).check()
        fallthrough
      case nil:
        throw DataError(
          setting: "target", place: table.path,
          "the target '\(table.columnNames[column])' has no value in any row",
          hint: "Choose a column that has values.")
      }
    }
    func values(_ row: Int) -> [Double] {
      slots.map { cells.numbers.elements[row * cells.numbersPerRow + $0] }
    }
    let kept = (0..<cells.rows).filter { !values($0).contains(where: \.isNaN) }
    if kept.isEmpty {
      throw DataError(
        setting: "target", place: table.path, "no row has a value of every target")
    }
    self.init(
      targets: .values(kept.flatMap(values), columns: columns.count),
      target: .values(names: columns.map { table.columnNames[$0] }), counts: nil,
      rows: kept.count == cells.rows ? nil : Self.rows(kept))
  }

  private init(labels: [Int32], names: [String], rows: [Int32]?) {
    var counts = [Int](repeating: 0, count: names.count)
    for label in labels { counts[Int(label)] += 1 }
    self.init(
      targets: .classes(labels), target: .classes(names: names), counts: counts, rows: rows)
  }

  private static func rows(_ places: [Int]) -> [Int32] { places.map { Int32($0) } }

  private static func checkCount(
    _ count: Int, _ table: TextTable, _ column: Int
  ) throws(DataError) {
    guard count > mostClasses else { return }
    throw DataError(
      setting: "target", place: table.path,
      "the target '\(table.columnNames[column])' has \(count) classes, at most \(mostClasses) can "
        + "be learned",
      hint: "Where it is a number write task: regression; where it names rows, choose another "
        + "target.")
  }
}

/// A column of words that is to be predicted.
private struct WordTarget {
  private let table: TextTable
  private let column: Int
  private let words: WordColumn
  private let kinds: WordKinds
  private let task: DataConfiguration.Task?

  init(_ table: TextTable, _ column: Int, _ words: WordColumn, _ task: DataConfiguration.Task?) {
    self.table = table
    self.column = column
    self.words = words
    self.task = task
    kinds = WordKinds(words.names, table.form)
  }

  private var name: String { table.columnNames[column] }

  func check() throws(DataError) {
    if kinds.words.isEmpty, !kinds.numbers.isEmpty, let wrong = kinds.notFinite.first {
      throw DataError(
        setting: "target", place: place(wrong),
        "the target '\(name)' is '\(wrong)' here, all numbers of a target must be finite")
    }
    if task == .regression, let word = kinds.words.first ?? kinds.notFinite.first {
      throw DataError(
        setting: "target", place: place(word),
        "the target '\(name)' needs a number for a regression, found '\(TextTable.short(word))'")
    }
    if task == nil, !kinds.numbers.isEmpty, let word = kinds.words.first {
      throw DataError(
        setting: "target", place: place(word),
        "the target '\(name)' has numbers, but here the word '\(TextTable.short(word))'",
        hint: kinds.commas.map { "Say \($0): \",\" where the commas belong to numbers." }
          ?? "Mend the cell, or say task: classification to take each text as a class.")
    }
    try checkMissingWord()
  }

  /// A word that stands for a missing value in a feature may be a class here: the file has to say so.
  private func checkMissingWord() throws(DataError) {
    guard !table.missing.areGiven, words.hasMissingWords,
      let (word, row) = table.missingWord(in: column)
    else { return }
    let quoted = UnusableColumns.word(word)
    throw DataError(
      setting: "target", place: table.place(row: row, column: column),
      "the target '\(name)' is '\(word)' here: a class, or a missing value?",
      hint:
        "Write missing: [\"\"] where it is a class; missing: [\"\", \(quoted)] leaves such rows "
        + "out.")
  }

  private func place(_ word: String) -> String {
    let code = words.names.firstIndex(of: word) ?? 0
    return table.place(row: words.codes.firstIndex(of: Int32(code)) ?? 0, column: column)
  }
}

extension TextTable {
  /// The words of a column that stand for a missing value and are not empty, each once.
  func missingWords(in column: Int) -> [String] {
    var found: [String] = []
    visitMissing(in: column) { word, _ in
      if !found.contains(word) { found.append(word) }
      return true
    }
    return found
  }

  /// The first cell of a column that stands for a missing value and is not empty.
  fileprivate func missingWord(in column: Int) -> (word: String, row: Int)? {
    var first: (String, Int)?
    visitMissing(in: column) { word, row in
      first = (word, row)
      return false
    }
    return first
  }

  /// Visits such cells until `visit` returns false.
  private func visitMissing(in column: Int, _ visit: (String, _ row: Int) -> Bool) {
    text.data.withUnsafeBytes { bytes in
      var scanner = TableScanner(bytes, at: start, form.classes)
      var row = 0
      while scanner.skipEmptyLines() {
        var place = 0
        while let field = try? scanner.field() {
          let cell = bytes[field.start..<field.end]
          if place == column, !cell.isEmpty, missing.contains(cell),
            !visit(Self.text(cell, hasQuotes: field.hasQuotes), row)
          {
            return
          }
          place += 1
          if field.endsRow { break }
        }
        row += 1
      }
    }
  }
}
