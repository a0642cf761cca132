public import Datasets
import Foundation
import RunStorage
public import Terminal
public import Tracking

/// What the data of an experiment is, for people: `labbook data`.
public struct DataReport {
  private let summary: DataSummary
  private let data: PreparedData
  private let name: String
  /// The columns that are shown, by their place.
  private let shown: [Int]
  private let isChosen: Bool

  /// Columns that are shown where nobody chooses and there are more than `most`.
  private static let few = 12
  private static let most = 24
  /// Classes that have a column each in the table of parts.
  private static let mostClasses = 12

  /// Makes the report of prepared data; `name` is its source.
  ///
  /// - Parameter columns: what is shown of the columns, as `--columns` says it; where it is `nil` all of
  ///   a few, the first of many in the text.
  /// - Throws: `LabbookError` where there is no such column.
  public init(
    name: String, _ data: PreparedData, _ summary: DataSummary, columns: String? = nil
  ) throws(LabbookError) {
    self.name = name
    self.data = data
    self.summary = summary
    isChosen = columns != nil
    shown = try Self.places(columns ?? "all", summary.columns.map(\.name))
  }

  /// The places of columns in a list of names, numbers from 1 and ranges of them.
  private static func places(
    _ list: String, _ names: [String]
  ) throws(LabbookError) -> [Int] {
    if list == "all" { return Array(names.indices) }
    var places: [Int] = []
    for part in list.split(separator: ",") {
      let word = part.trimmingCharacters(in: .whitespaces)
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if let place = names.firstIndex(of: word) {
        places.append(place)
      } else if (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] {
        guard first >= 1, first <= last, last <= names.count else {
          throw .input(
            "--columns: there are no columns \(word)", hint: "They count from 1 to \(names.count).")
        }
        places += first - 1..<last
      } else {
        let near = nearestName(to: word, among: names).map { "Did you mean '\($0)'?" }
        throw .input(
          "--columns: there is no column '\(word)'",
          hint: near ?? "Give names, numbers or ranges: --columns 1-20,40")
      }
    }
    return places
  }

  /// The report as text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    let blocks = [
      header + summary.remarks.map { printable("  " + $0) + "\n" }.joined(),
      fitted(partTable, style),
      fewColumns(style),
      DataPicture(data).lines(style).map { $0 + "\n" }.joined(),
    ]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func fitted(_ table: Table, _ style: TextStyle) -> String {
    table.text(within: style.room?.columns, otherwise: "--format csv has all")
  }

  /// The table of columns, cut where it would fill more than a screen.
  private func fewColumns(_ style: TextStyle) -> String {
    guard !isChosen, shown.count > Self.most else { return fitted(columnTable, style) }
    let more = shown.count - Self.few
    return fitted(table(of: Array(shown.prefix(Self.few))), style)
      + "... and \(more) more columns: --columns \(Self.few + 1)-\(min(shown.count, 4 * Self.few)) shows "
      + "some of them, --columns all every one\n"
  }

  private var header: String {
    let shape = summary.shape
    let rows = shape.trainRows + shape.valRows + shape.testRows
    var words = ["\(name): \(rows) rows"]
    words.append(
      shape.isImages
        ? "images of \(shape.featureShape.map(String.init).joined(separator: " x "))"
        : "\(shape.features) feature\(shape.features == 1 ? "" : "s")")
    switch shape.target {
    case .classes(let names): words.append(names.count == 1 ? "1 class" : "\(names.count) classes")
    case .values(let names): words.append("a number to predict (\(names.joined(separator: ", ")))")
    case .none: words.append("nothing to predict")
    }
    return printable(words.joined(separator: ", ")) + "\n"
  }

  /// Rows of every part, and of every class in it.
  public var partTable: Table {
    let classes = summary.shape.classNames ?? []
    var columns = [Table.Column("part"), Table.Column("rows")]
    let areMany = classes.count > Self.mostClasses
    columns +=
      areMany
      ? ["smallest class", "largest class"].map { Table.Column($0) }
      : classes.map { Table.Column("class \($0)") }
    let hasTarget = summary.parts.contains { $0.target != nil }
    if hasTarget {
      columns += ["target min", "target max", "target mean", "target std"].map { Table.Column($0) }
    }
    var table = Table(columns)
    for part in summary.parts {
      var cells = [Table.Cell.words(part.name), Table.Cell(.integer(part.rows))]
      cells +=
        areMany
        ? [part.classCounts.min(), part.classCounts.max()].map { count in
          guard let count, let place = part.classCounts.firstIndex(of: count) else { return .empty }
          return .words("\(count) (\(classes[place]))")
        } : part.classCounts.map { Table.Cell(.integer($0)) }
      if hasTarget { cells += Self.cells(part.target) }
      table.append(cells)
    }
    return table
  }

  /// The training rows' columns before and after normalisation: those that are asked for, or all.
  public var columnTable: Table { table(of: shown) }

  private func table(of places: [Int]) -> Table {
    let names = ["min", "max", "mean", "std"]
    var table = Table(
      [Table.Column("column")] + names.map { Table.Column($0) }
        + names.map { Table.Column("normalized \($0)") })
    for column in places.map({ summary.columns[$0] }) {
      table.append([.words(column.name)] + Self.cells(column.before) + Self.cells(column.after))
    }
    return table
  }

  private static func cells(_ statistics: ColumnStatistics?) -> [Table.Cell] {
    guard let statistics else { return [.empty, .empty, .empty, .empty] }
    return [statistics.minimum, statistics.maximum, statistics.mean, statistics.deviation].map {
      Table.Cell(.number($0), text: SeedStatistics.text($0))
    }
  }
}
