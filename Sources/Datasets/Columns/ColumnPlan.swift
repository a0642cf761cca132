import Tracking

/// What is asked of one column of a table before anything is learned from its rows.
package struct ColumnPlan: Hashable, Sendable {
  package let name: String
  package let kind: Kind
  /// What stands for a missing value; `nil` where one is an error, or a category's row of zeros.
  package var fill: FillRule?
  /// Whether missing values get a column of their own.
  package var hasIndicator = false

  /// What the cells are.
  package enum Kind: Hashable, Sendable {
    case numbers
    case truths
    /// The words of the training part that stand in at least so many of its rows.
    case words(least: Int)
    /// These words and no others.
    case categories([String])
    case ordinal([String])
    case dates([DatePart], DateOrder)
  }

  /// The kind of recipe it becomes, whatever the rows teach; of words to be learned any is right.
  var recipeKind: ColumnRecipe.Kind {
    switch kind {
    case .numbers: .numbers
    case .truths: .truths
    case .words: .categories([])
    case .categories(let names): .categories(names)
    case .ordinal(let order): .ordinal(order)
    case .dates(let parts, let order): .dates(parts, order)
    }
  }

  /// The recipe that `rows` of the cells teach.
  func learned(_ column: TableCells.Column, _ table: TableCells, rows: [Int32]) -> ColumnRecipe {
    var recipe = ColumnRecipe(name, recipeKind(column, rows))
    let encoder = CellEncoder(recipe, column)
    if let fill {
      if case .categories(let names) = recipe.kind {
        recipe.fillWord = fill.word(among: names, encoder, rows)
      } else {
        recipe.fill = fill.numbers(encoder, table, rows)
      }
    }
    recipe.hasIndicator = hasIndicator && rows.contains { encoder.isMissing(Int($0), table) }
    return recipe
  }

  private func recipeKind(_ column: TableCells.Column, _ rows: [Int32]) -> ColumnRecipe.Kind {
    guard case .words(let least) = kind, case .words(let words) = column else { return recipeKind }
    var counts = [Int](repeating: 0, count: words.names.count)
    for row in rows where words.codes[Int(row)] >= 0 { counts[Int(words.codes[Int(row)])] += 1 }
    return .categories(zip(words.names, counts).filter { $1 >= max(1, least) }.map(\.0))
  }
}

/// What stands for a missing value.
package enum FillRule: Hashable, Sendable {
  case mean, median
  /// The value that stands in most rows; of several the least, or the first of sorted words.
  case mostFrequent
  case number(Double)

  /// The words that a file writes for rules that are learned.
  static let words = ["mean", "median", "most-frequent"]

  init?(_ value: ParameterValue) {
    switch value {
    case .text("mean"): self = .mean
    case .text("median"): self = .median
    case .text("most-frequent"): self = .mostFrequent
    case .integer, .number:
      guard let number = value.asNumber else { return nil }
      self = .number(number)
    default: return nil
    }
  }

  /// A number for each that the cells make; 0 where no row has one.
  fileprivate func numbers(
    _ encoder: CellEncoder, _ table: TableCells, _ rows: [Int32]
  ) -> [Double] {
    let width = encoder.recipe.width
    if case .number(let number) = self { return [Double](repeating: number, count: width) }
    var values = [[Double]](repeating: [], count: width)
    var cell = [Double](repeating: 0, count: width)
    for row in rows {
      cell.withUnsafeMutableBufferPointer { target in
        if let base = target.baseAddress { encoder.write(Int(row), table, to: base) }
      }
      for part in 0..<width where !cell[part].isNaN { values[part].append(cell[part]) }
    }
    return values.map { $0.isEmpty ? 0 : one(of: $0) }
  }

  private func one(of values: [Double]) -> Double {
    switch self {
    case .mean: return values.reduce(0, +) / Double(values.count)
    case .median:
      let sorted = values.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    case .mostFrequent:
      let counts = Dictionary(grouping: values) { $0 }.mapValues(\.count)
      return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    case .number(let number): return number
    }
  }

  /// The most frequent word; `nil` for rules that speak of numbers.
  fileprivate func word(
    among names: [String], _ encoder: CellEncoder, _ rows: [Int32]
  ) -> String? {
    guard self == .mostFrequent, case .places(let places, let codes) = encoder.cells else {
      return nil
    }
    var counts = [Int](repeating: 0, count: names.count)
    for row in rows where codes[Int(row)] >= 0 {
      let place = Int(places[Int(codes[Int(row)])])
      if place >= 0 { counts[place] += 1 }
    }
    return counts.max().flatMap { most in counts.firstIndex(of: most) }.map { names[$0] }
  }
}
