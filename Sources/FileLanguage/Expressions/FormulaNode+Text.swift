public import Tracking

extension FormulaNode {
  /// The node as it can be written: with the brackets that its meaning needs.
  public var text: String {
    switch self {
    case .literal(let value, _, _): value.inFormula
    case .name(let name): name.inFormula
    case .negative(let inner, _): "-" + inner.text(above: 6)
    case .not(let inner, _): "not " + inner.text(above: 3)
    case .arithmetic(let operation, let left, let right, _):
      "\(left.text(above: strength - 1)) \(operation.rawValue) \(right.text(above: strength))"
    case .comparison(let comparison, let left, let right, _):
      "\(left.text(above: 3)) \(comparison.rawValue) \(right.text(above: 3))"
    case .and(let left, let right, _): "\(left.text(above: 1)) and \(right.text(above: 2))"
    case .or(let left, let right, _): "\(left.text(above: 0)) or \(right.text(above: 1))"
    case .call(let call): call.text
    case .function(let function, let inner, _): "\(function.rawValue)(\(inner.text))"
    }
  }

  /// How strongly the node binds: `or` 1, `and` 2, `not` and comparisons 3, `+ -` 4, `* /` 5, a minus
  /// and whatever stands alone more.
  private var strength: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .not, .comparison: 3
    case .arithmetic(.add, _, _, _), .arithmetic(.subtract, _, _, _): 4
    case .arithmetic: 5
    case .negative: 6
    case .literal, .name, .call, .function: 7
    }
  }

  /// The text, in brackets where it binds no more strongly than `strength`.
  private func text(above strength: Int) -> String {
    self.strength > strength ? text : "(\(text))"
  }
}

extension FormulaCall {
  /// The call as it can be written.
  public var text: String {
    let parts = [sweep?.inFormula, metric.inFormula, key?.inFormula].compactMap { $0 }
    return "\(function.rawValue)(\((parts + conditions.map(\.text)).joined(separator: ", ")))"
  }
}

extension FormulaName {
  /// The name as it can be written: in double quotes where it is no plain one.
  fileprivate var inFormula: String {
    let isPlain =
      text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.]*([\/-][A-Za-z0-9_.]+)*/) != nil
      && !["and", "or", "not", "true", "false", "none"].contains(text)
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}

extension ParameterValue {
  /// The value as it can be written in an expression.
  fileprivate var inFormula: String {
    switch self {
    case .off: "none"
    case .flag, .integer, .number: display
    case .text, .list, .mapping: "'\(display.replacing("'", with: "''"))'"
    }
  }
}

extension FormulaCall {
  /// What `each` says of one value of its key: the mean over the runs that have it.
  public func mean(with value: ParameterValue) -> FormulaCall {
    guard let key else { return self }
    let has = FormulaNode.comparison(
      .equal, .name(key), .literal(value, column: column, width: 1), column: column)
    let all = conditions.first.map { FormulaNode.and(has, $0, column: column) } ?? has
    return FormulaCall(
      function: .mean, sweep: sweep, metric: metric, conditions: [all], key: nil, column: column)
  }
}

extension FormulaNode {
  /// The node with every call replaced by another one.
  public func replacing(_ change: (FormulaCall) -> FormulaCall) -> FormulaNode {
    switch self {
    case .literal, .name: self
    case .call(let call): .call(change(call))
    case .negative(let inner, let column): .negative(inner.replacing(change), column: column)
    case .not(let inner, let column): .not(inner.replacing(change), column: column)
    case .function(let function, let inner, let column):
      .function(function, inner.replacing(change), column: column)
    case .arithmetic(let operation, let left, let right, let column):
      .arithmetic(operation, left.replacing(change), right.replacing(change), column: column)
    case .comparison(let comparison, let left, let right, let column):
      .comparison(comparison, left.replacing(change), right.replacing(change), column: column)
    case .and(let left, let right, let column):
      .and(left.replacing(change), right.replacing(change), column: column)
    case .or(let left, let right, let column):
      .or(left.replacing(change), right.replacing(change), column: column)
    }
  }
}
