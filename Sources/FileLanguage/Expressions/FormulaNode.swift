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
  case function(FormulaFunction, FormulaNode, column: Int)
}

/// A function of one number.
public enum FormulaFunction: String, Hashable, Sendable, CaseIterable {
  /// The lower and the upper end of the 95 % interval of an expression over runs.
  case low, high
  /// The number without its sign.
  case abs
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
    /// The mean of the runs with each value of a key: what is said holds for every value.
    case each

    /// How the function is written.
    package var form: String {
      switch self {
      case .diff: "diff([SWEEP,] METRIC, CONDITION, CONDITION)"
      case .each: "each([SWEEP,] METRIC, KEY [, CONDITION])"
      case .best, .last, .mean, .count: "\(rawValue)([SWEEP,] METRIC [, CONDITION])"
      }
    }
  }

  /// What is asked.
  public let function: Function
  /// The sweep asked; `nil` means the nearest one above.
  public let sweep: FormulaName?
  /// What it is asked about.
  public let metric: FormulaName
  /// Two for `diff`, at most one for the others.
  public let conditions: [FormulaNode]
  /// The key of `each`; `nil` for the others.
  public let key: FormulaName?
  /// The place of the function's name, from 1.
  public let column: Int
}

extension FormulaNode {
  /// The nodes right below, in the order of writing; the conditions of a call are not among them.
  public var children: [FormulaNode] {
    switch self {
    case .literal, .name, .call: []
    case .negative(let inner, _), .not(let inner, _), .function(_, let inner, _): [inner]
    case .arithmetic(_, let left, let right, _), .comparison(_, let left, let right, _),
      .and(let left, let right, _), .or(let left, let right, _):
      [left, right]
    }
  }

  /// The place of the node's first character.
  public var column: Int {
    switch self {
    case .literal(_, let column, _), .negative(_, let column), .not(_, let column),
      .function(_, _, let column):
      column
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
    case .function(let function, _, _): function.rawValue.count
    default: 1
    }
  }

  /// How many nodes lie one above the other.
  package var height: Int {
    if case .call(let call) = self { return 1 + (call.conditions.map(\.height).max() ?? 0) }
    return 1 + (children.map(\.height).max() ?? 0)
  }

  /// Every bare name outside functions over runs, in the order of writing.
  public var names: [FormulaName] {
    if case .name(let name) = self { return [name] }
    return children.flatMap(\.names)
  }

  /// Every call, in the order of writing.
  public var calls: [FormulaCall] {
    if case .call(let call) = self { return [call] }
    return children.flatMap(\.calls)
  }

  /// The calls whose values have a spread over seeds, in the order of writing: counts and the ends of
  /// intervals have none.
  public var measured: [FormulaCall] {
    if case .call(let call) = self { return call.function == .count ? [] : [call] }
    if case .function(let function, _, _) = self, function != .abs { return [] }
    return children.flatMap(\.measured)
  }

  /// Every comparison, in the order of writing.
  public var comparisons: [FormulaNode] {
    if case .comparison = self { return [self] }
    return children.flatMap(\.comparisons)
  }

  /// The first end of an interval that is asked for, which takes several runs.
  public var intervalEnd: (function: FormulaFunction, inner: FormulaNode, column: Int)? {
    if case .function(let function, let inner, let column) = self, function != .abs {
      return (function, inner, column)
    }
    return children.lazy.compactMap(\.intervalEnd).first
  }
}
