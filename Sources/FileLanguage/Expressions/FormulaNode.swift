public import Tracking

/// What an expression can give, as far as it shows without values.
public enum FormulaKind: Hashable, Sendable {
  case truth, number, text, off
  /// It depends on what a name holds.
  case unknown
}

/// A name as it was written, with its place.
public struct FormulaName: Hashable, Sendable {
  /// The name itself, without quotes.
  public let text: String
  /// The first character's place in the expression, from 1.
  public let column: Int
  /// How many characters it takes there, quotes included.
  public let width: Int
}

/// One node of an expression's tree; columns count characters from 1.
public indirect enum FormulaNode: Hashable, Sendable {
  case literal(ParameterValue, column: Int, width: Int)
  case name(FormulaName)
  case negative(FormulaNode, column: Int)
  case not(FormulaNode, column: Int)
  case arithmetic(FormulaArithmetic, FormulaNode, FormulaNode, column: Int)
  case comparison(FormulaComparison, FormulaNode, FormulaNode, column: Int)
  case and(FormulaNode, FormulaNode, column: Int)
  case or(FormulaNode, FormulaNode, column: Int)
  case call(FormulaCall)
}

/// An operator between numbers.
public enum FormulaArithmetic: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// An operator that compares two values.
public enum FormulaComparison: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="

  /// Whether it asks for more than sameness.
  public var isOrdering: Bool { self != .equal && self != .notEqual }
}

/// A question to the store: `best([SWEEP,] METRIC [, CONDITION])`.
public struct FormulaCall: Hashable, Sendable {
  /// The functions of the language.
  public enum Function: String, Hashable, Sendable, CaseIterable {
    case best, last, mean, count, diff
  }

  /// What is asked.
  public let function: Function
  /// The sweep asked; `nil` means the nearest one above.
  public let sweep: FormulaName?
  /// What it is asked about.
  public let metric: FormulaName
  /// Two for `diff`, at most one for the others.
  public let conditions: [FormulaNode]
  /// The place of the function's name, from 1.
  public let column: Int
}

extension FormulaNode {
  /// The place of the node's first character.
  public var column: Int {
    switch self {
    case .literal(_, let column, _), .negative(_, let column), .not(_, let column): column
    case .name(let name): name.column
    case .arithmetic(_, let left, _, _), .comparison(_, let left, _, _): left.column
    case .and(let left, _, _), .or(let left, _, _): left.column
    case .call(let call): call.column
    }
  }

  /// How many characters a caret line marks: the whole of a value or a name, else one.
  package var width: Int {
    switch self {
    case .literal(_, _, let width): width
    case .name(let name): name.width
    case .call(let call): call.function.rawValue.count
    default: 1
    }
  }

  /// How many nodes lie one above the other.
  package var height: Int {
    switch self {
    case .literal, .name: 1
    case .call(let call): 1 + (call.conditions.map(\.height).max() ?? 0)
    case .negative(let inner, _), .not(let inner, _): 1 + inner.height
    case .arithmetic(_, let left, let right, _), .comparison(_, let left, let right, _),
      .and(let left, let right, _), .or(let left, let right, _):
      1 + max(left.height, right.height)
    }
  }

  /// Every bare name outside functions, in the order of writing.
  public var names: [FormulaName] {
    switch self {
    case .literal, .call: []
    case .name(let name): [name]
    case .negative(let inner, _), .not(let inner, _): inner.names
    case .arithmetic(_, let left, let right, _), .comparison(_, let left, let right, _),
      .and(let left, let right, _), .or(let left, let right, _):
      left.names + right.names
    }
  }

  /// Every call, in the order of writing.
  public var calls: [FormulaCall] {
    switch self {
    case .literal, .name: []
    case .call(let call): [call]
    case .negative(let inner, _), .not(let inner, _): inner.calls
    case .arithmetic(_, let left, let right, _), .comparison(_, let left, let right, _),
      .and(let left, let right, _), .or(let left, let right, _):
      left.calls + right.calls
    }
  }
}
