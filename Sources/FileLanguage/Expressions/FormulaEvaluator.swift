public import Tracking

/// What an expression's names and functions mean at one place: a combination of a sweep, a run of
/// the store.
public protocol FormulaContext {
  /// The value of a name; `.off` where the name is known but has no value here; `nil` where it is
  /// unknown.
  func value(of name: String) -> ParameterValue?
  /// The names an unknown one may have been meant to be.
  var names: [String] { get }
  /// The answer to a function.
  func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue
  /// An end of the interval of an expression over runs.
  func end(
    _ function: FormulaFunction, of inner: FormulaNode, column: Int
  ) throws(FormulaError) -> Double
}

extension FormulaContext {
  /// A place without a store behind it knows no functions.
  public func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue {
    throw FormulaError(
      column: call.column, width: call.function.rawValue.count,
      "'\(call.function.rawValue)' asks the store, which cannot be done here",
      hint: "only the values of one run can be compared")
  }

  /// A place without a store behind it knows no intervals.
  public func end(
    _ function: FormulaFunction, of inner: FormulaNode, column: Int
  ) throws(FormulaError) -> Double {
    throw FormulaError(
      column: column, width: function.rawValue.count,
      "'\(function.rawValue)' asks for an interval over runs, and here is one run")
  }
}

/// A context made of a function from names to values.
public struct FormulaLookup: FormulaContext {
  private let lookup: (String) -> ParameterValue?
  /// The names that the hint beside an unknown one chooses from.
  public let names: [String]

  /// Makes a context; `names` serve the hint beside an unknown name.
  public init(names: [String] = [], _ lookup: @escaping (String) -> ParameterValue?) {
    self.names = names
    self.lookup = lookup
  }

  /// What the function says of a name.
  public func value(of name: String) -> ParameterValue? { lookup(name) }
}

// Comparing: numbers by value (`1 = 1.0`), texts letter by letter, lists as they are written
// (`hidden = '[64, 64]'`) or by one of their texts (`tag = 'baseline'`). Values of unlike kinds are unequal, and no order holds between them: where
// `clip_norm` is off, `clip_norm < 1` and `clip_norm >= 1` are both false, and `clip_norm = none` is
// true. Not-a-number equals nothing and has no order.
extension Formula {
  /// The expression's value in a context.
  ///
  /// - Throws: an unknown name with the nearest right one; a value that an operator cannot use.
  public func value(in context: some FormulaContext) throws(FormulaError) -> ParameterValue {
    try root.value(in: context)
  }

  /// The expression's value over a function from names to values.
  public func value(
    _ lookup: @escaping (String) -> ParameterValue?
  ) throws(FormulaError) -> ParameterValue {
    try root.value(in: FormulaLookup(lookup))
  }

  /// Whether the expression holds in a context.
  ///
  /// - Throws: as `value(in:)`, and where the value is neither true nor false.
  public func holds(in context: some FormulaContext) throws(FormulaError) -> Bool {
    try root.truth(in: context, "the whole expression")
  }
}

extension FormulaNode {
  /// The node's value in a context.
  public func value(in context: some FormulaContext) throws(FormulaError) -> ParameterValue {
    switch self {
    case .literal(let value, _, _): return value
    case .name(let name):
      guard let value = context.value(of: name.text) else {
        throw .unknownName(name, among: context.names)
      }
      return value
    case .call(let call): return try context.value(of: call)
    case .negative(let inner, _):
      if case .literal(.integer(let value), _, _) = inner { return .integer(-value) }
      return .number(-(try inner.number(in: context, "-")))
    case .function(.abs, let inner, _): return .number(abs(try inner.number(in: context, "abs")))
    case .function(let function, let inner, let column):
      return .number(try context.end(function, of: inner, column: column))
    case .not(let inner, _): return .flag(!(try inner.truth(in: context, "'not'")))
    case .and(let left, let right, _):
      guard try left.truth(in: context, "'and'") else { return .flag(false) }
      return .flag(try right.truth(in: context, "'and'"))
    case .or(let left, let right, _):
      if try left.truth(in: context, "'or'") { return .flag(true) }
      return .flag(try right.truth(in: context, "'or'"))
    case .arithmetic(let operation, let left, let right, _):
      let a = try left.number(in: context, operation.rawValue)
      let b = try right.number(in: context, operation.rawValue)
      return .number(operation.apply(a, b))
    case .comparison(let comparison, let left, let right, _):
      return .flag(comparison.holds(try left.value(in: context), try right.value(in: context)))
    }
  }

  /// Whether the node holds in a context; `asker` is what an error says needs a truth.
  public func truth(
    in context: some FormulaContext, _ asker: String
  ) throws(FormulaError) -> Bool {
    let value = try value(in: context)
    if case .flag(let truth) = value { return truth }
    throw FormulaError(
      column: column, width: width, "\(asker) needs true or false, this is \(value.inWords)")
  }

  private func number(
    in context: some FormulaContext, _ operation: String
  ) throws(FormulaError) -> Double {
    let value = try value(in: context)
    if let number = value.asNumber { return number }
    throw FormulaError(
      column: column, width: width, "'\(operation)' needs numbers, this is \(value.inWords)")
  }
}

extension FormulaArithmetic {
  /// The operation on doubles, by IEEE 754: dividing by zero gives an infinity or not-a-number.
  package func apply(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }
}

extension FormulaComparison {
  /// Whether the comparison holds between two values.
  public func holds(_ a: ParameterValue, _ b: ParameterValue) -> Bool {
    switch self {
    case .equal: Self.areEqual(a, b)
    case .notEqual: !Self.areEqual(a, b)
    case .less, .atMost, .greater, .atLeast: isOrdered(a, b)
    }
  }

  private static func areEqual(_ a: ParameterValue, _ b: ParameterValue) -> Bool {
    if let x = a.asNumber, let y = b.asNumber { return x == y }
    if case .list(let elements) = a, case .text = b, elements.contains(b) { return true }
    if case .list(let elements) = b, case .text = a, elements.contains(a) { return true }
    if a.formulaKind == .text, b.formulaKind == .text { return a.display == b.display }
    return a == b
  }

  private func isOrdered(_ a: ParameterValue, _ b: ParameterValue) -> Bool {
    if let x = a.asNumber, let y = b.asNumber { return orders(x, y) }
    if case .text(let x) = a, case .text(let y) = b { return orders(x, y) }
    return false
  }

  private func orders<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
    switch self {
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    case .equal, .notEqual: false
    }
  }
}

extension ParameterValue {
  /// The value with its kind, for an error.
  fileprivate var inWords: String {
    switch self {
    case .off: "none"
    case .flag(let flag): flag ? "true" : "false"
    case .integer, .number: "the number \(display)"
    case .text(let text): "the text '\(text)'"
    case .list: "the list \(display)"
    case .mapping: "the mapping \(display)"
    }
  }
}

extension FormulaError {
  /// An unknown name with the way out: a near name, quotes, or spaces around an operator.
  public static func unknownName(
    _ name: FormulaName, among candidates: [String]
  ) -> FormulaError {
    var message = "there is no value called '\(name.text)' here"
    if let near = nearestName(to: name.text, among: candidates) {
      message += "; did you mean '\(near)'?"
    }
    var hint = "text stands in single quotes: '\(name.text)'"
    let known = Set(candidates)
    if let mark = name.text.lastIndex(where: { $0 == "/" || $0 == "-" }),
      known.contains(String(name.text[..<mark]))
    {
      let word = name.text[mark] == "/" ? "divide" : "subtract"
      hint = "to \(word), write spaces around '\(name.text[mark])'"
    }
    return FormulaError(column: name.column, width: name.width, message, hint: hint)
  }
}
