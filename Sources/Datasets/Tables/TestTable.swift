import TensorKernels
import Tracking

/// A table of its own whose rows are the test part: the columns of the training table, by their names
/// and in whatever order they stand.
struct TestTable {
  private let table: TextTable
  private let plans: [(column: Int, plan: ColumnPlan)]
  private let targets: [Int]
  private let target: DataShape.Target
  /// What is said of columns that the training table does not have.
  private let more: [String]
  private var check: CellCheck {
    CellCheck(
      table: table, setting: Self.setting,
      hint: "Fill it in or remove the row; or write fill: under data, which holds for both tables.")
  }

  private static let setting = "test_path"

  /// Finds the columns of the training table.
  ///
  /// - Parameters:
  ///   - plans: what is asked of each feature of the training table.
  ///   - targets: the names of the columns to predict.
  ///   - target: what the training table has to be predicted.
  init(
    _ path: String, beside train: TextTable, _ settings: Chosen, _ plans: [ColumnPlan],
    targets names: [String], _ target: DataShape.Target
  ) throws(DataError) {
    let wanted = names + plans.map(\.name)
    let table = try TextTable(
      reading: path, TableReading(settings), wanted: wanted, setting: Self.setting)
    let absent = wanted.filter { table.column(named: $0) == nil }
    guard absent.isEmpty else {
      let named = absent.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
      let columns = table.columnNames.prefix(12).joined(separator: ", ")
      throw DataError(
        setting: Self.setting, place: path,
        "the test table lacks \(absent.count == 1 ? "the column" : "the columns") \(named)"
          + (absent.count > 12 ? ", ..." : "") + " of \(train.path)",
        hint:
          "Its columns are \(columns)\(table.columnNames.count > 12 ? ", ..." : ""). Both tables "
          + "need the same names.")
    }
    let known = Set(train.columnNames)
    let more = table.columnNames.filter { !known.contains($0) }
    self.more =
      more.isEmpty
      ? []
      : [
        more.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
          + " \(more.count == 1 ? "is" : "are") not in \(train.path) and left out"
      ]
    self.table = table
    self.target = target
    self.plans = plans.compactMap { plan in table.column(named: plan.name).map { ($0, plan) } }
    self.targets = names.compactMap(table.column(named:))
  }

  /// The rows that have a target.
  func data() throws(DataError) -> RawData {
    var asWords = Set(plans.filter { $0.plan.kind != .numbers }.map(\.column))
    let isClasses = if case .classes = target { true } else { false }
    if isClasses { asWords.formUnion(targets) }
    var cells = try table.cells(plans.map(\.column) + targets, asWords: asWords)
    for (column, plan) in plans {
      try check.check(
        cells, column: column, plan.name, plan.recipeKind, isFilled: plan.fill != nil)
    }
    let answers = isClasses ? try classes(cells) : try values(cells)
    var remarks = table.found + more + cells.remarks
    if let rows = answers.rows {
      let count = cells.rows - rows.count
      if rows.isEmpty {
        throw DataError(
          setting: Self.setting, place: table.path, "no row of the test table has a target",
          hint: "Rows without one can be asked about with labbook predict.")
      }
      remarks.append(
        count == 1
          ? "1 row has no target and is left out" : "\(count) rows have no target and are left out")
      cells = cells.keeping(rows)
    }
    return RawData(
      outline: SourceOutline(
        rows: cells.rows, classCounts: nil, featureShape: [plans.count],
        columnNames: plans.map(\.plan.name), target: target),
      features: .table(RawTable(cells: cells, plans: plans)), targets: answers.targets,
      fingerprint: table.digest, remarks: remarks.map { "\(table.path): \($0)" },
      version: cells.version)
  }

  private typealias Answers = (targets: RawData.Targets, rows: [Int32]?)

  private func kept(_ isKept: [Bool]) -> [Int32]? {
    isKept.allSatisfy { $0 } ? nil : isKept.indices.filter { isKept[$0] }.map { Int32($0) }
  }

  private func values(_ cells: TableCells) throws(DataError) -> Answers {
    guard !targets.isEmpty else { return (.none, nil) }
    var columns: [[Double]] = []
    for column in targets { columns.append(try check.numbers(cells, column: column)) }
    let isKept = (0..<cells.rows).map { row in !columns.contains { $0[row].isNaN } }
    let numbers = isKept.indices.filter { isKept[$0] }.flatMap { row in columns.map { $0[row] } }
    return (.values(numbers, columns: columns.count), kept(isKept))
  }

  private func classes(_ cells: TableCells) throws(DataError) -> Answers {
    guard case .classes(let names) = target, let column = targets.first,
      case .words(let words) = cells.columns[column]
    else { return (.none, nil) }
    let places = Dictionary(
      names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    var labels: [Int32] = []
    for (code, word) in words.names.enumerated() {
      guard let label = places[word] ?? number(word).flatMap({ places[$0] }) else {
        let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
        throw DataError(
          setting: Self.setting,
          place: table.place(
            row: words.codes.firstIndex(of: Int32(code)) ?? 0, column: column),
          "the training table has no class '\(TextTable.short(word))'",
          hint: nearestName(to: word, among: names).map { "Did you mean '\($0)'?" }
            ?? "Its classes are \(listed).")
      }
      labels.append(label)
    }
    let codes = words.codes
    return (
      .classes(codes.filter { $0 >= 0 }.map { labels[Int($0)] }), kept(codes.map { $0 >= 0 })
    )
  }

  /// A number as classes are named by it: `1.0` is the class `1`.
  private func number(_ word: String) -> String? {
    var word = word
    return word.withUTF8 {
      if case .finite(let value) = DecimalNumber(UnsafeRawBufferPointer($0)[...], table.form) {
        ParameterValue.number(value).json
      } else {
        nil
      }
    }
  }
}
