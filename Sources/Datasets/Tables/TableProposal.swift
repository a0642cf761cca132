import Foundation
import Tracking

/// The `data` that a table is used by, proposed from what it holds: for `labbook init FILE`.
public struct TableProposal: Sendable {
  /// The column to predict.
  public let target: String
  /// Whether it is a number.
  public let isRegression: Bool
  /// Rows with a target.
  public let rows: Int
  /// Columns that are used.
  public let features: Int
  /// What was found on the way and is worth a comment.
  public let remarks: [String]

  private let settings: [String: ParameterValue]

  /// Looks at a table.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - target: the column to predict; `nil` for the one called target, label, class or y, else the
  ///     last.
  /// - Throws: an error where it is no table, or where no column could be used.
  public init(_ path: String, target: String?) throws(DataError) {
    var draft = TableDraft(path)
    try draft.findNames(target)
    try draft.findTarget(target)
    try draft.findFeatures()
    self.target = draft.target
    isRegression = draft.isRegression
    rows = draft.rows
    features = draft.features
    remarks = draft.remarks
    settings = draft.settings
  }

  /// The lines below `data` that say what is not the default, the path first.
  public var lines: [String] {
    CSVSource().choice.settings.compactMap { setting in
      guard let value = settings[setting.name], value != setting.standard else { return nil }
      return "\(setting.name): \(Self.written(value))"
    }
  }

  private static func written(_ value: ParameterValue) -> String {
    switch value {
    case .text(let text): UnusableColumns.word(text)
    case .list(let values): "[" + values.map(written).joined(separator: ", ") + "]"
    case .mapping(let values):
      "{"
        + values.byName.map { "\(UnusableColumns.word($0)): \(written($1))" }
        .joined(separator: ", ") + "}"
    default: value.display
    }
  }
}

/// The settings of a table while they are being found.
private struct TableDraft {
  private(set) var settings: [String: ParameterValue]
  private(set) var target = ""
  private(set) var isRegression = false
  private(set) var rows = 0
  private(set) var features = 0
  private(set) var remarks: [String] = []

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

  private func table() throws(DataError) -> TextTable {
    try TextTable(
      reading: chosen.text("path"), TableReading(chosen), wanted: target.isEmpty ? [] : [target])
  }

  // MARK: Names

  /// The first line is a header unless it has a number, or the target's name says otherwise.
  mutating func findNames(_ wanted: String?) throws(DataError) {
    settings["header"] = .flag(true)
    let named: TextTable
    do throws(DataError) { named = try table() } catch {
      // Equal fields are no names.
      guard error.message.hasPrefix("two columns") else { throw error }
      settings["header"] = .flag(false)
      return
    }
    if let wanted, named.column(named: wanted) != nil {
      settings["header"] = .off
      target = wanted
      if (try? table()) == nil { settings["header"] = .flag(true) }
      return
    }
    let hasNumber = WordKinds(named.columnNames, TableForm()).numbers.isEmpty == false
    settings["header"] = hasNumber ? .flag(false) : .off
    if hasNumber { remarks.append("the first line has numbers, so that it is taken for a row") }
  }

  // MARK: Target

  private static let targetNames = ["target", "label", "class", "y"]

  mutating func findTarget(_ wanted: String?) throws(DataError) {
    let table = try table()
    if let wanted {
      target = table.columnNames[try table.requiredColumn(wanted, setting: "target")]
    } else {
      let named = table.columnNames.first { Self.targetNames.contains($0.lowercased()) }
      target = named ?? table.columnNames.last ?? ""
      remarks.append("the target is the \(named == nil ? "last column" : "column of that name")")
    }
    settings["target"] = .text(target)
    let column = try table.requiredColumn(target, setting: "target")
    let cells = try table.cells([column])
    switch cells.columns[column] {
    case .numbers(let slot, _):
      let values = Set(cells.numbers(slot: slot).filter { !$0.isNaN })
      let isClass =
        values.count <= Self.mostNumericClasses && values.allSatisfy { $0 == $0.rounded() }
      isRegression = !isClass
      if isClass { settings["task"] = .text("classification") }
    case .words(let words): try classes(words, table, column)
    case nil: break
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
          setting: "path", place: table.path, "no column beside the target can be used")
      }
      let cells = try table.cells(
        columns, asWords: Set(wishes.asWords.compactMap(table.column(named:))))
      rows = cells.rows
      let planner = ColumnPlanner(
        table: table, wishes: wishes, settings: chosen, cells: cells, fileRows: nil)
      let planned = planner.plans(columns)
      features = planned.plans.count
      let unusable = planned.unusable
      for column in unusable { column.cures.forEach { cure(column.name, $0) } }
      let useless = unusable.isEmpty && leaveOut(cells, table, planned.plans)
      if unusable.isEmpty, !useless { return }
    }
  }

  private mutating func cure(_ name: String, _ cure: UnusableColumn.Cure) {
    func entry(_ key: String, _ value: ParameterValue) -> ParameterValue {
      var values: [String: ParameterValue] = [:]
      if case .mapping(let old) = settings[key] { values = old }
      values[name] = value
      return .mapping(values)
    }
    switch cure {
    case .drop: drop(name)
    case .fill(let rule): settings["fill"] = entry("fill", .text(rule))
    case .dates(let parts):
      settings["dates"] = entry("dates", .list(parts.map { .text($0.rawValue) }))
    case .allCategories: settings["categories"] = entry("categories", .text("all"))
    case .missing(let words):
      var known = TableReading(chosen).missing ?? TableReading.standardMissing
      known += words.filter { !known.contains($0) }
      settings["missing"] = .list(known.map(ParameterValue.text))
    case .key(let key, _): settings[key] = .text(",")
    }
  }

  private mutating func drop(_ name: String) {
    let old = settings.isEmpty ? [] : ColumnWishes(chosen).drop
    settings["drop"] = .list((old + [name]).map(ParameterValue.text))
  }

  /// Leaves out columns that say nothing: one value in all rows, or another word in nearly every row.
  private mutating func leaveOut(
    _ cells: TableCells, _ table: TextTable, _ plans: [(column: Int, plan: ColumnPlan)]
  ) -> Bool {
    let before = settings
    var kept = plans.count
    for (column, plan) in plans where kept > 1 {
      switch cells.columns[column] {
      case .numbers(let slot, let missing):
        let values = cells.numbers(slot: slot)
        if missing == 0, values.allSatisfy({ $0 == values.first }) {
          drop(plan.name)
          kept -= 1
        } else if Self.isID(plan.name), Self.countsUp(values) {
          if settings["id"] == .off { settings["id"] = .text(plan.name) } else { drop(plan.name) }
          kept -= 1
        }
      case .words(let words):
        if case .words = plan.kind {
          if words.names.count * 2 > cells.rows, cells.rows > 10 {
            drop(plan.name)
            kept -= 1
          } else if words.names.count > Self.manyWords, settings["min_count"] == .off {
            settings["min_count"] = .integer(5)
          }
        }
      case nil: break
      }
    }
    return settings != before
  }

  private static func isID(_ name: String) -> Bool {
    let word = name.lowercased()
    return word == "id" || word.hasSuffix("_id") || word.hasSuffix(" id") || name.hasSuffix("Id")
      || word == "index" || word == "no" || word == "nr" || word == "row"
  }

  private static func countsUp(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }
}
