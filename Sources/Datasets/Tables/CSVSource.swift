package import NeuralNet
import TensorKernels
package import Tracking

/// A file of rows and columns as text.
package struct CSVSource: DataSource {
  package let choice = Choice(
    "csv",
    settings: [
      Setting("path", .path, default: nil, "the file: text, or text packed by gzip or zip"),
      Setting(
        "target", .orOff(.either([.list(.text, count: 1...1000), .text])), default: nil,
        "the column to predict, or a list of columns of numbers; none for no target"),
      Setting(
        "features", .orOff(.either([.list(.text, count: 1...100_000), .text])), default: .off,
        "the columns to predict from; all others where it is left out"),
      Setting(
        "task", .orOff(.word(DataConfiguration.Task.allCases.map(\.rawValue))), default: .off,
        "what a target of numbers is; by default what the loss needs, else regression"),
      Setting(
        "test_path", .orOff(.path), default: .off,
        "a table whose rows are the test part, never trained on"),
    ] + TableReading.settings + ColumnWishes.settings,
    "a table as text: comma-separated values and the like")

  package var hasNamedColumns: Bool { true }

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let settings = request.settings
    let table = try TextTable(
      reading: settings.text("path"), TableReading(settings),
      wanted: Self.names(settings.values["target"]) + Self.featureNames(settings))
    return try TableLoading(
      table, settings, task: Self.task(request), groups: request.groups
    ).data()
  }

  private static func task(_ request: SourceRequest) -> DataConfiguration.Task? {
    if case .text(let name) = request.settings.values["task"] {
      return DataConfiguration.Task(rawValue: name)
    }
    return request.lossTask
  }

  /// The names under `features`; empty where all others are meant.
  static func featureNames(_ settings: Chosen) -> [String] { names(settings.values["features"]) }

  /// One name or several.
  static func names(_ value: ParameterValue?) -> [String] {
    switch value {
    case .text(let name): [name]
    case .list(let values): values.map(\.display)
    default: []
    }
  }

  package func torch(
    _ settings: Chosen, _ data: PreparedData
  ) throws(MissingForm) -> TorchSource {
    TorchTable(settings, data).source
  }
}

/// A table on its way to rows: which columns are features, what they hold, which rows have a target.
private struct TableLoading {
  private let table: TextTable
  private let settings: Chosen
  private let wishes: ColumnWishes
  private let targets: [Int]
  private let task: DataConfiguration.Task?
  /// The column that says which rows stand in one part.
  private let groups: Int?

  init(
    _ table: TextTable, _ settings: Chosen, task: DataConfiguration.Task?, groups: String?
  ) throws(DataError) {
    self.table = table
    self.settings = settings
    self.task = task
    if let groups {
      self.groups = try table.requiredColumn(groups, setting: "split.groups")
    } else {
      self.groups = nil
    }
    wishes = ColumnWishes(settings)
    var targets: [Int] = []
    let names = CSVSource.names(settings.values["target"])
    for (place, name) in names.enumerated() {
      let setting = names.count == 1 ? "target" : "target.\(place)"
      let column = try table.requiredColumn(name, setting: setting)
      if targets.contains(column) {
        throw DataError(setting: setting, "'\(name)' stands twice in target")
      }
      targets.append(column)
    }
    self.targets = targets
  }

  func data() throws(DataError) -> RawData {
    for (name, setting) in wishes.names {
      let column = try table.requiredColumn(name, setting: setting)
      if targets.contains(column) {
        throw DataError(setting: setting, "'\(name)' is the target, which \(setting) cannot name")
      }
    }
    let features = try features()
    var cells = try table.cells(
      features + targets,
      asWords: Set(wishes.asWords.compactMap(table.column(named:))))
    var labels = TableTarget.none
    if targets.count == 1 {
      labels = try TableTarget(table, column: targets[0], cells, task: task)
    } else if !targets.isEmpty {
      labels = try TableTarget(table, columns: targets, cells)
    }
    var remarks = table.found + cells.remarks
    let leftOut = cells.rows
    if let rows = labels.rows {
      let count = cells.rows - rows.count
      remarks.append(
        count == 1
          ? "1 row has no target and is left out" : "\(count) rows have no target and are left out")
      cells = cells.keeping(rows)
    }
    let planner = ColumnPlanner(
      table: table, wishes: wishes, settings: settings, cells: cells, fileRows: labels.rows)
    let planned = planner.plans(features)
    guard planned.unusable.isEmpty else {
      throw UnusableColumns(
        table: table, wishes: wishes, settings: settings, columns: planned.unusable
      ).error
    }
    let plans = planned.plans
    var test: RawData?
    if case .text(let path) = settings.values["test_path"] {
      test = try TestTable(
        path, beside: table, settings, plans.map(\.plan),
        targets: targets.map { table.columnNames[$0] }, labels.target
      ).data()
    }
    return RawData(
      outline: SourceOutline(
        rows: cells.rows, classCounts: labels.counts, featureShape: [plans.count],
        columnNames: plans.map(\.plan.name), target: labels.target, ownTestRows: test?.rows),
      features: Self.features(cells, plans), targets: labels.targets,
      groups: try rowGroups(labels.rows), ownTest: test,
      fingerprint: test.map { Self.fingerprint(table.digest, $0.fingerprint) } ?? table.digest,
      remarks: remarks + planned.remarks + (test?.remarks ?? []),
      leftOutRows: labels.rows.map { leftOut - $0.count } ?? 0,
      version: max(cells.version, test?.version ?? 1))
  }

  /// What both tables hold.
  private static func fingerprint(_ train: String, _ test: String) -> String {
    var digest = SHA256Digest()
    for one in [train, test] { digest.update(one + "\n") }
    return digest.hex()
  }

  /// Which rows stand in one part, of those that have a target.
  private func rowGroups(_ rows: [Int32]?) throws(DataError) -> RowGroups? {
    guard let groups,
      case .words(let words) = try table.cells([groups], asWords: [groups])
        .columns[groups]
    else { return nil }
    let name = table.columnNames[groups]
    if let row = words.codes.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        setting: "split.groups", place: table.place(row: row, column: groups),
        "the group '\(name)' has no value here",
        hint: "Every row needs one: fill it in, or remove the row.")
    }
    let values = words.codes.map { words.names[Int($0)] }
    return RowGroups(column: name, values: rows.map { $0.map { values[Int($0)] } } ?? values)
  }

  /// Numbers as they stand, where nothing is to be learned of them.
  private static func features(
    _ cells: TableCells, _ plans: [(column: Int, plan: ColumnPlan)]
  ) -> RawData.Features {
    let isPlain = plans.enumerated().allSatisfy { place, planned in
      guard planned.plan.kind == .numbers, planned.plan.fill == nil,
        case .numbers(let slot, _) = cells.columns[planned.column]
      else { return false }
      return slot == place
    }
    return isPlain
      ? .numbers(cells.numbers, stride: cells.numbersPerRow)
      : .table(RawTable(cells: cells, plans: plans))
  }

  private func features() throws(DataError) -> [Int] {
    let names = CSVSource.featureNames(settings)
    guard !names.isEmpty else { return try otherColumns() }
    var columns: [Int] = []
    for (index, name) in names.enumerated() {
      let setting = names.count == 1 ? "features" : "features.\(index)"
      let column = try table.requiredColumn(name, setting: setting)
      if targets.contains(column) {
        throw DataError(
          setting: setting, "'\(name)' is the target and cannot be a feature too")
      }
      if columns.contains(column) {
        throw DataError(setting: setting, "'\(name)' stands twice in features")
      }
      columns.append(column)
    }
    let left = Set(wishes.drop + (wishes.id.map { [$0] } ?? []))
    return columns.filter { !left.contains(table.columnNames[$0]) }
  }

  private func otherColumns() throws(DataError) -> [Int] {
    let left = Set(wishes.drop + (wishes.id.map { [$0] } ?? []))
    let columns = table.columnNames.indices.filter {
      !targets.contains($0) && $0 != groups && !left.contains(table.columnNames[$0])
    }
    if columns.isEmpty {
      throw DataError(
        setting: table.setting, place: table.path,
        left.isEmpty
          ? "there is no column beside the target"
          : "there is no column left beside the target: all others are dropped")
    }
    return columns
  }
}

extension TableCells {
  /// The cells of one slot of every row.
  func numbers(slot: Int) -> [Double] {
    (0..<rows).map { numbers.elements[$0 * numbersPerRow + slot] }
  }

  /// Some rows alone, in the order given.
  func keeping(_ kept: [Int32]) -> TableCells {
    let block = SharedArray<Double>(count: kept.count * numbersPerRow) { target in
      for (place, row) in kept.enumerated() {
        for slot in 0..<numbersPerRow {
          target[place * numbersPerRow + slot] =
            numbers.elements[Int(row) * numbersPerRow + slot]
        }
      }
    }
    let columns = columns.mapValues { column -> Column in
      switch column {
      case .numbers(let slot, _):
        let missing = (0..<kept.count).count { block.elements[$0 * numbersPerRow + slot].isNaN }
        return .numbers(slot: slot, missing: missing)
      case .words(let words):
        return .words(words.keeping(kept))
      }
    }
    return TableCells(
      rows: kept.count, numbers: block, numbersPerRow: numbersPerRow, columns: columns,
      remarks: remarks, version: version)
  }
}

extension WordColumn {
  /// Some rows alone, with the words that they have.
  fileprivate func keeping(_ kept: [Int32]) -> WordColumn {
    let codes = kept.map { self.codes[Int($0)] }
    let used = Set(codes)
    let order = names.indices.filter { used.contains(Int32($0)) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    return WordColumn(
      codes: WordPlaces(codes.map { $0 < 0 ? -1 : places[Int($0)] ?? -1 }),
      names: order.map { names[$0] }, hasMissingWords: hasMissingWords)
  }
}
