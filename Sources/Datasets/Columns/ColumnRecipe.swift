import TensorKernels

/// How one column of a table becomes numbers: what was asked of it and what the training part taught.
///
/// It is kept in the run, so that rows that come later are treated alike.
public struct ColumnRecipe: Codable, Hashable, Sendable {
  /// The name of the column in the table.
  public let name: String
  /// What its cells are.
  public let kind: Kind
  /// What stands for a missing value, one number for each that the column makes; empty where a missing
  /// value is an error.
  public var fill: [Double] = []
  /// The category that stands for a missing one; `nil` where it is a row of zeros.
  public var fillWord: String?
  /// Whether a column of its own says where the value was missing.
  public var hasIndicator = false

  /// What the cells of a column are.
  public enum Kind: Codable, Hashable, Sendable {
    case numbers
    /// `true` is 1 and `false` 0, whatever their case.
    case truths
    /// A column of 0 and 1 for every word; any other word is all zeros.
    case categories([String])
    /// The place of a word in an order, from 0.
    case ordinal([String])
    /// Parts of a date or time.
    case dates([DatePart], DateOrder)
  }

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// How many numbers a cell makes, its indicator not among them.
  var width: Int {
    switch kind {
    case .numbers, .truths, .ordinal: 1
    case .categories(let names): names.count
    case .dates(let parts, _): parts.count
    }
  }

  /// The names of the columns that a network gets.
  public var outputs: [String] {
    let names: [String] =
      switch kind {
      case .numbers, .truths, .ordinal: [name]
      case .categories(let words): words.map { "\(name)=\($0)" }
      case .dates(let parts, _): parts.map { "\(name)_\($0.rawValue)" }
      }
    return hasIndicator ? names + [name + "_missing"] : names
  }

  /// Whether each output is a measure, which normalisation brings to the common scale; the others say
  /// yes or no.
  public var measures: [Bool] {
    let isMeasure = if case .categories = kind { false } else { true }
    return [Bool](repeating: isMeasure, count: width) + (hasIndicator ? [false] : [])
  }
}

/// A part of a date or time as a number.
public enum DatePart: String, Codable, Hashable, Sendable, CaseIterable {
  case year, month, day
  /// From 0 for Monday to 6 for Sunday.
  case weekday
  case hour
}

/// The order in which a date's numbers stand.
public enum DateOrder: String, Codable, Hashable, Sendable, CaseIterable {
  case yearFirst, dayFirst, monthFirst
}

/// How a recipe turns the cells of one table into numbers, worked out once for each distinct word.
struct CellEncoder {
  /// What one cell becomes.
  enum Cells {
    /// A number of a row of the table's numbers.
    case numbers(slot: Int)
    /// For every word `width` numbers; not-a-number where it has none.
    case values([Double], codes: WordPlaces)
    /// For every word the output that is 1; -1 for none.
    case places([Int32], codes: WordPlaces)
  }

  let recipe: ColumnRecipe
  let cells: Cells

  init(_ recipe: ColumnRecipe, _ column: TableCells.Column) {
    self.recipe = recipe
    switch column {
    case .numbers(let slot, _): cells = .numbers(slot: slot)
    case .words(let words):
      if case .categories(let names) = recipe.kind {
        let known = Dictionary(
          names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        cells = .places(words.names.map { known[$0] ?? -1 }, codes: words.codes)
      } else {
        cells = .values(words.names.flatMap(recipe.numbers), codes: words.codes)
      }
    }
  }

  /// Whether the value of a row is missing.
  func isMissing(_ row: Int, _ table: TableCells) -> Bool {
    switch cells {
    case .numbers(let slot):
      table.numbers.elements[row * table.numbersPerRow + slot].isNaN
    case .values(_, let codes), .places(_, let codes): codes[row] < 0
    }
  }

  /// Writes the numbers of a row, its indicator last.
  @inline(__always)
  func write(_ row: Int, _ table: TableCells, to target: UnsafeMutablePointer<Double>) {
    let width = recipe.width
    switch cells {
    case .numbers(let slot):
      let value = table.numbers.elements[row * table.numbersPerRow + slot]
      target[0] = value.isNaN ? recipe.fill.first ?? value : value
    case .values(let values, let codes):
      let code = Int(codes[row])
      for part in 0..<width {
        let value = code < 0 ? .nan : values[code * width + part]
        target[part] = value.isNaN && part < recipe.fill.count ? recipe.fill[part] : value
      }
    case .places(let places, let codes):
      for part in 0..<width { target[part] = 0 }
      let place = codes[row] < 0 ? fillPlace : places[Int(codes[row])]
      if place >= 0 { target[Int(place)] = 1 }
    }
    if recipe.hasIndicator { target[width] = isMissing(row, table) ? 1 : 0 }
  }

  private var fillPlace: Int32 {
    guard let word = recipe.fillWord, case .categories(let names) = recipe.kind,
      let place = names.firstIndex(of: word)
    else { return -1 }
    return Int32(place)
  }
}

extension ColumnRecipe {
  /// The numbers of a word; not-a-number where it is none of those the recipe knows.
  func numbers(_ word: String) -> [Double] {
    switch kind {
    case .numbers: [Double(word) ?? .nan]
    case .truths: [Self.truth(word) ?? .nan]
    case .ordinal(let order): [order.firstIndex(of: word).map(Double.init) ?? .nan]
    case .dates(let parts, let order):
      DateCell(word, order).map { date in parts.map(date.number) }
        ?? parts.map { _ in .nan }
    case .categories: []
    }
  }

  /// 1 for `true`, 0 for `false`; `nil` for any other word.
  static func truth(_ word: String) -> Double? {
    switch word.lowercased() {
    case "true": 1
    case "false": 0
    default: nil
    }
  }
}
