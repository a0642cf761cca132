import TensorKernels
import Tracking

// R rows, C columns of the run.

/// A table whose columns of the run's names are its features, in whatever order they stand.
struct InputTable {
  private let inputs: RunInputs
  private let table: TextTable
  private let targets: [Int]
  private let recipes: [ColumnRecipe]

  init(_ inputs: RunInputs, _ file: FileBytes, target: String?) throws(DataError) {
    self.inputs = inputs
    guard inputs.featureShape.count == 1, !inputs.columnNames.isEmpty else {
      throw DataError(
        "the run's network takes \(inputs.shapeWords), but \(file.path) is a table",
        hint: "Give an IDX file of images.")
    }
    recipes = inputs.recipes ?? inputs.columnNames.map { ColumnRecipe($0, .numbers) }
    table = try Self.open(file, inputs, recipes.map(\.name))
    let hasTarget = inputs.classNames != nil || inputs.valueNames != nil
    if let target {
      if !hasTarget {
        throw DataError("the run's data has no target, so '\(target)' has nothing to be")
      }
      targets = [try table.requiredColumn(target, setting: "target")]
    } else if let names = inputs.valueNames, names.count > 1 {
      let found = names.compactMap(table.column(named:))
      targets = found.count == names.count ? found : []
    } else {
      let name = inputs.targetName ?? "class"
      targets = hasTarget ? table.column(named: name).map { [$0] } ?? [] : []
    }
  }

  /// The table, whose header names the run's columns; without one the run's own names hold.
  private static func open(
    _ file: FileBytes, _ inputs: RunInputs, _ names: [String]
  ) throws(DataError) -> TextTable {
    var reading = inputs.reading ?? TableReading()
    reading.header = nil
    let given = reading.names
    reading.names = nil
    do throws(DataError) {
      return try TextTable(file, reading, wanted: names, setting: "input")
    } catch {
      guard inputs.reading?.header == false || given != nil else { throw error }
      reading.header = false
      reading.names = given
      return try TextTable(file, reading, wanted: names, setting: "input")
    }
  }

  func rows() throws(DataError) -> InputRows {
    var columns: [Int] = []
    for recipe in recipes {
      columns.append(try table.requiredColumn(recipe.name, setting: "input"))
    }
    let id = inputs.id.flatMap(table.column(named:))
    var asWords = Set(zip(recipes, columns).filter { $0.0.kind != .numbers }.map(\.1))
    if let id { asWords.insert(id) }
    if inputs.classNames != nil { asWords.formUnion(targets) }
    var wanted: [Int] = []
    for column in columns + targets + (id.map { [$0] } ?? []) where !wanted.contains(column) {
      wanted.append(column)
    }
    let cells = try table.cells(wanted, asWords: asWords)
    var remarks = table.found
    let learned = LearnedTable(
      cells,
      try zip(recipes, columns).map { recipe, column throws(DataError) in
        let content = try checked(cells, recipe, column, &remarks)
        return (recipe, content)
      })
    let rows = Array(0..<Int32(cells.rows))
    let judged = try judged(cells)
    let features = FeatureRows.table(learned).prepared(rows, inputs.transform)
    let dataset = Dataset(
      rows: cells.rows, featureShape: inputs.featureShape, columnNames: inputs.columnNames,
      features: features,
      targets: judged?.places.count == cells.rows ? judged?.targets ?? .none : .none)
    let without = cells.rows - (judged?.places.count ?? 0)
    if without > 0, !targets.isEmpty {
      remarks.append(
        "\(without) row\(without == 1 ? " has" : "s have") no target and "
          + "\(without == 1 ? "counts" : "count") in no metric")
    }
    var result = InputRows(
      dataset: dataset, ids: id.flatMap { Self.texts(cells.columns[$0]) }, remarks: remarks,
      judged: judged)
    result.idName = inputs.id ?? result.idName
    return result
  }

  private static func texts(_ column: TableCells.Column?) -> [String]? {
    guard case .words(let words) = column else { return nil }
    return words.codes.map { $0 < 0 ? "" : words.names[Int($0)] }
  }

  // MARK: Features

  /// The cells of a column, where its recipe can make numbers of all of them.
  private func checked(
    _ cells: TableCells, _ recipe: ColumnRecipe, _ column: Int, _ remarks: inout [String]
  ) throws(DataError) -> TableCells.Column {
    guard let content = cells.columns[column] else { preconditionFailure("a column was not read") }
    try check.check(
      cells, column: column, recipe.name, recipe.kind, isFilled: !recipe.fill.isEmpty)
    switch content {
    case .numbers(_, let missing): note(missing, recipe, &remarks)
    case .words(let words):
      note(words.codes.count { $0 < 0 }, recipe, &remarks)
      noteUnknown(words, recipe, &remarks)
    }
    return content
  }

  private var check: CellCheck {
    CellCheck(
      table: table, setting: nil,
      hint: "Fill it in or remove the row; a run whose data says fill: fills it itself.")
  }

  private func note(_ missing: Int, _ recipe: ColumnRecipe, _ remarks: inout [String]) {
    guard missing > 0 else { return }
    let by: String
    if case .categories = recipe.kind {
      by = recipe.fillWord.map { "'\($0)'" } ?? "no category"
    } else {
      by = recipe.fill.map { ParameterValue.number($0).json }.joined(separator: ", ")
    }
    remarks.append(
      "'\(recipe.name)' has no value in \(missing) row\(missing == 1 ? "" : "s"), taken for \(by)")
  }

  private func noteUnknown(
    _ words: WordColumn, _ recipe: ColumnRecipe, _ remarks: inout [String]
  ) {
    guard case .categories(let names) = recipe.kind else { return }
    let known = Set(names)
    let unknown = words.names.map { !known.contains($0) }
    let count = words.codes.count { $0 >= 0 && unknown[Int($0)] }
    guard count > 0, let first = unknown.firstIndex(of: true) else { return }
    remarks.append(
      "'\(recipe.name)' has a word in \(count) row\(count == 1 ? "" : "s") that the run does not "
        + "know, such as '\(TextTable.short(words.names[first]))': no category")
  }

  // MARK: Targets

  /// The rows that have a target; `nil` where none has.
  private func judged(_ cells: TableCells) throws(DataError) -> JudgedRows? {
    guard let first = targets.first else { return nil }
    guard inputs.classNames == nil else { return try classes(cells, first) }
    let transform = inputs.targetTransform
    var values: [[Double]] = []
    for column in targets { values.append(try check.numbers(cells, column: column)) }
    let places = (0..<cells.rows).filter { row in values.allSatisfy { !$0[row].isNaN } }
    guard !places.isEmpty else { return nil }
    return JudgedRows(
      places: places,
      targets: .values(
        SharedArray(
          places.flatMap { row in
            values.enumerated().map { transform.apply($1[row], column: $0) }
          }), columns: targets.count),
      values: places.map { row in values.map { $0[row] } })
  }

  private func classes(_ cells: TableCells, _ column: Int) throws(DataError) -> JudgedRows? {
    guard let names = inputs.classNames, let texts = Self.texts(cells.columns[column]) else {
      return nil
    }
    let known = inputs.classPlaces()
    var labels: [Int32] = []
    var places: [Int] = []
    for (row, text) in texts.enumerated() where !text.isEmpty {
      guard let label = known[text] ?? Double(text).flatMap({ known[Self.written($0)] }) else {
        throw inputs.unknownClass(text, at: table.place(row: row, column: column))
      }
      labels.append(label)
      places.append(row)
    }
    guard !places.isEmpty else { return nil }
    return JudgedRows(
      places: places, targets: .classes(SharedArray(labels), names: names), values: nil)
  }

  /// A number as classes are named by it: `1.0` is the class `1`.
  private static func written(_ number: Double) -> String { ParameterValue.number(number).json }
}
