public import Tracking

/// Rows of values under named columns, for people or for programs.
public struct Table: Hashable, Sendable {
  /// The columns from left to right.
  public let columns: [Column]
  /// The rows; each has one cell a column.
  public private(set) var rows: [[Cell]] = []

  /// Makes a table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "\(row.count) cells for \(columns.count) columns")
    rows.append(row)
  }

  /// Tables of the same columns as one, with a column before theirs that says which a row is of.
  public static func joined(_ tables: [(name: String, table: Table)], by column: String) -> Table {
    var joined = Table([Column(column)] + (tables.first?.table.columns ?? []))
    for (name, table) in tables {
      for row in table.rows { joined.append([.words(name)] + row) }
    }
    return joined
  }

  /// The table with only some of its rows.
  public func page(offset: Int, limit: Int?) -> Table {
    var page = self
    page.rows = Array(rows.dropFirst(offset).prefix(limit ?? rows.count))
    return page
  }

  /// The table without the columns of this name in which no row has anything.
  public func withoutEmptyColumn(_ name: String) -> Table {
    let kept = columns.indices.filter { index in
      columns[index].name != name || rows.contains { !$0[index].text.isEmpty }
    }
    var table = Table(kept.map { columns[$0] })
    for row in rows { table.append(kept.map { row[$0] }) }
    return table
  }

  /// The table with other texts for people, of cells and above columns; values stay.
  public func texts(_ changed: (String) -> String) -> Table {
    var table = Table(columns.map { Column(changed($0.name), $0.kind) })
    for row in rows {
      table.append(
        row.map {
          Cell(text: changed($0.text), values: $0.values, isRightAligned: $0.isRightAligned)
        })
    }
    return table
  }

  /// A named column.
  public struct Column: Hashable, Sendable {
    /// What stands above it.
    public let name: String
    let kind: Kind
    /// What a narrow terminal leaves out first has the highest number.
    let rank: Int

    /// Makes a column; `kind` says how programs read it, `rank` how early a narrow terminal leaves it
    /// out: the highest number first.
    public init(_ name: String, _ kind: Kind = .value, rank: Int = 1) {
      self.name = name
      self.kind = kind
      self.rank = rank
    }

    /// How many values a cell has for programs.
    public enum Kind: Hashable, Sendable {
      /// One value under the column's name.
      case value
      /// Three values under `NAME_mean`, `NAME_std` and `NAME_n`.
      case statistics
      /// Two values under `low` and `high`.
      case interval
    }

    /// The names of the column for programs.
    var names: [String] {
      switch kind {
      case .value: [name]
      case .statistics: [name + "_mean", name + "_std", name + "_n"]
      case .interval: ["low", "high"]
      }
    }
  }

  /// A value with the text that people read.
  public struct Cell: Hashable, Sendable {
    /// What people read.
    public let text: String
    let values: [ParameterValue]
    /// Whether it is a number.
    public let isRightAligned: Bool

    /// A cell of one value; `text` replaces how the value is written for people.
    public init(_ value: ParameterValue, text: String? = nil) {
      self.text = text ?? (value == .off ? "" : value.display)
      values = [value]
      isRightAligned = value.asNumber != nil
    }

    /// A cell of words.
    public static func words(_ text: String) -> Cell { Cell(.text(text)) }

    /// A cell without a value.
    public static let empty = Cell(.off)

    /// Mean, sample deviation (`nil` for a single value) and number of values (`nil` where they are not
    /// of one kind); `text` is how people read them.
    public static func statistics(
      mean: Double, deviation: Double?, count: Int?, text: String
    ) -> Cell {
      Cell(
        text: text,
        values: [
          .number(mean), deviation.map(ParameterValue.number) ?? .off,
          count.map(ParameterValue.integer) ?? .off,
        ],
        isRightAligned: true)
    }

    /// The ends of an interval; `text` is how people read them.
    public static func interval(_ low: Double, _ high: Double, text: String) -> Cell {
      Cell(text: text, values: [.number(low), .number(high)], isRightAligned: false)
    }

    init(text: String, values: [ParameterValue], isRightAligned: Bool) {
      self.text = text
      self.values = values
      self.isRightAligned = isRightAligned
    }

    /// The values under the column's names; a cell that is empty has none under each of them.
    func values(for column: Column) -> [ParameterValue] {
      values.count == column.names.count ? values : column.names.map { _ in .off }
    }
  }
}
