import Tracking

// What can be known of an expression's kinds before any name has a value.
extension FormulaNode {
  /// What the node gives; throws where its parts can never fit together.
  package func checkedKind() throws(FormulaError) -> FormulaKind {
    switch self {
    case .literal(let value, _, _): return value.formulaKind
    case .name: return .unknown
    case .call: return .number
    case .negative(let inner, _):
      try inner.requireNumber("-")
      return .number
    case .function(let function, let inner, _):
      try inner.requireNumber(function.rawValue)
      return .number
    case .not(let inner, _):
      try inner.requireTruth("'not'")
      return .truth
    case .and(let left, let right, _):
      try left.requireTruth("'and'")
      try right.requireTruth("'and'")
      return .truth
    case .or(let left, let right, _):
      try left.requireTruth("'or'")
      try right.requireTruth("'or'")
      return .truth
    case .arithmetic(let operation, let left, let right, _):
      try left.requireNumber(operation.rawValue)
      try right.requireNumber(operation.rawValue)
      return .number
    case .comparison(let comparison, let left, let right, _):
      try Self.checkComparison(comparison, left, right)
      return .truth
    }
  }

  /// Throws where the node can never be a truth; `asker` is what needs one.
  package func requireTruth(_ asker: String) throws(FormulaError) {
    let kind = try checkedKind()
    if kind != .truth, kind != .unknown {
      throw FormulaError(
        column: column, width: width, "\(asker) needs true or false, this is \(kind.described)",
        hint: "compare it with something, as in lr < 0.1")
    }
  }

  private func requireNumber(_ operation: String) throws(FormulaError) {
    let kind = try checkedKind()
    if kind != .number, kind != .unknown {
      throw FormulaError(
        column: column, width: width, "'\(operation)' needs numbers, this is \(kind.described)")
    }
  }

  private static func checkComparison(
    _ comparison: FormulaComparison, _ left: FormulaNode, _ right: FormulaNode
  ) throws(FormulaError) {
    let kinds = (try left.checkedKind(), try right.checkedKind())
    if comparison.isOrdering {
      for (side, kind) in [(left, kinds.0), (right, kinds.1)] where kind == .truth || kind == .off {
        throw FormulaError(
          column: side.column, width: side.width,
          "'\(comparison.rawValue)' orders numbers or texts, this is \(kind.described)",
          hint: "use = or !=")
      }
      for side in [left, right] {
        guard case .literal(.text(let text), let column, let width) = side, Double(text) != nil
        else { continue }
        throw FormulaError(
          column: column, width: width, "'\(text)' in quotes is text, not a number",
          hint: "write \(text) without quotes")
      }
    }
    let known = kinds.0 != .unknown && kinds.1 != .unknown
    if known, kinds.0 != kinds.1, comparison.isOrdering || (kinds.0 != .off && kinds.1 != .off) {
      throw FormulaError(
        column: right.column, width: right.width,
        "\(kinds.0.described) and \(kinds.1.described) are never equal and have no order")
    }
  }
}

extension FormulaKind {
  /// The kind in words, for an error.
  package var described: String {
    switch self {
    case .truth: "true or false"
    case .number: "a number"
    case .text: "text"
    case .off: "none"
    case .unknown: "a name"
    }
  }
}

extension ParameterValue {
  /// The kind as an expression sees it; a list counts as the text that it is written as.
  package var formulaKind: FormulaKind {
    switch self {
    case .off: .off
    case .flag: .truth
    case .integer, .number: .number
    case .text, .list, .mapping: .text
    }
  }
}
