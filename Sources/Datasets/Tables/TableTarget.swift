import Tracking

/// What a column of a table says when it is to be predicted: classes or numbers.
struct CSVTarget {
  let targets: RawData.Targets
  let target: DataShape.Target
  /// Rows of each class.
  let counts: [Int]?

  init(targets: RawData.Targets, target: DataShape.Target, counts: [Int]?) {
    self.targets = targets
    self.target = target
    self.counts = counts
  }

  /// Words are classes; numbers are what `task` says, values where it says nothing.
  init(
    _ table: CSVTable, column: Int, task: DataConfiguration.Task?
  ) throws(DataError) {
    let kinds = CellKinds(table, column)
    try kinds.check(table, column, task)
    let isNumeric = kinds.firstWord == nil && kinds.firstNotFinite == nil
    if task == .regression || (task == nil && isNumeric) {
      let values = try table.numbers([column])
      self.init(
        targets: .values(values), target: .values(names: [table.columnNames[column]]), counts: nil)
    } else if isNumeric {
      self.init(numbers: try table.numbers([column]))
    } else {
      self.init(words: table.texts(column))
    }
  }

  private init(numbers: [Double]) {
    let sorted = Set(numbers).sorted()
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32($0)) })
    self.init(
      labels: numbers.map { places[$0] ?? 0 },
      names: sorted.map { ParameterValue.number($0).json })
  }

  private init(words: [String]) {
    let sorted = Set(words).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32($0)) })
    self.init(labels: words.map { places[$0] ?? 0 }, names: sorted)
  }

  private init(labels: [Int32], names: [String]) {
    var counts = [Int](repeating: 0, count: names.count)
    for label in labels { counts[Int(label)] += 1 }
    self.init(targets: .classes(labels), target: .classes(names: names), counts: counts)
  }
}

/// The first rows of a column that hold each kind of cell.
private struct CellKinds {
  private(set) var firstNumber: Int?
  private(set) var firstWord: Int?
  private(set) var firstNotFinite: Int?
  private(set) var firstEmpty: Int?

  init(_ table: CSVTable, _ column: Int) {
    var (number, word, notFinite, empty): (Int?, Int?, Int?, Int?)
    table.forEachCell(of: [column], rows: 0..<table.rows) { row, _, cell in
      switch cell.number {
      case .finite: number = number ?? row
      case .word: word = word ?? row
      case .notFinite: notFinite = notFinite ?? row
      case .empty: empty = empty ?? row
      }
    }
    (firstNumber, firstWord, firstNotFinite, firstEmpty) = (number, word, notFinite, empty)
  }

  func check(
    _ table: CSVTable, _ column: Int, _ task: DataConfiguration.Task?
  ) throws(DataError) {
    let name = table.columnNames[column]
    if let row = firstEmpty {
      throw DataError(
        setting: "target", place: table.place(row: row, column: column),
        "the target '\(name)' has no value here", hint: "Fill it in or remove the row.")
    }
    if let row = firstNotFinite, firstNumber != nil, firstWord == nil {
      throw DataError(
        setting: "target", place: table.place(row: row, column: column),
        "the target '\(name)' is '\(table.text(row: row, column: column))' here, "
          + "all numbers of a target must be finite")
    }
    guard let word = firstWord ?? firstNotFinite else { return }
    if task == .regression {
      throw DataError(
        setting: "target", place: table.place(row: word, column: column),
        "the target '\(name)' needs a number for a regression, found "
          + "'\(table.text(row: word, column: column))'")
    }
    if task == nil, firstNumber != nil {
      throw DataError(
        setting: "target", place: table.place(row: word, column: column),
        "the target '\(name)' has numbers, but here the word "
          + "'\(table.text(row: word, column: column))'",
        hint: "Mend the cell, or say task: classification to take each text as a class.")
    }
  }
}
