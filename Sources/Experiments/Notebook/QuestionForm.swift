import FileLanguage
import Languages
import Tracking

/// What an expression over results has to look like, whatever the sweeps measure.
enum QuestionForm {
  /// A value in a text is one number.
  static func checkValue(_ formula: Formula) throws(FormulaError) {
    try check(formula)
    if let each = formula.calls.first(where: { $0.function == .each }) {
      throw FormulaError(
        column: each.column, width: 4, "'each' stands for several numbers, a text shows one",
        hint: "ask for one of them, or make a claim")
    }
    guard formula.kind == .number else {
      throw FormulaError(
        column: formula.calls.first?.column ?? 1, width: 1,
        "a value in a text is a number, not true or false",
        hint: "whether something holds is said by a cell: - {claim: SENTENCE, that: EXPRESSION}")
    }
  }

  /// A claim is true or false, and where it is decided by intervals means are not equal.
  static func checkClaim(_ formula: Formula, _ rule: DecisionRule) throws(FormulaError) {
    try check(formula)
    guard formula.kind == .truth else {
      throw FormulaError(
        column: formula.calls.first?.column ?? 1, width: 1,
        "'that' needs an expression that is true or false", hint: "as in mean(val/loss) < 0.1")
    }
    for comparison in formula.root.comparisons {
      try checkKeys(comparison)
      if rule == .interval { try checkEquality(comparison) }
    }
  }

  /// What makes a number right is true or false, and looks at it by the name `answer`.
  static func checkSolution(_ formula: Formula) throws(FormulaError) {
    let name = ValueTask.name
    if let other = formula.names.first(where: { $0.text != name }) {
      throw FormulaError.unknownName(other, among: [name])
    }
    guard formula.kind == .truth else {
      throw FormulaError(
        column: 1, width: formula.source.count,
        "this does not say which answers are right",
        hint: "write a margin: abs(\(name) - (\(formula.source))) < 0.01")
    }
    guard !formula.names.isEmpty else {
      throw FormulaError(
        column: 1, width: formula.source.count, "this is as right for one answer as for another",
        hint: "the answer is called '\(name)', as in abs(\(name) - 0.5) < 0.01")
    }
    if let each = formula.calls.first(where: { $0.function == .each }) {
      throw FormulaError(
        column: each.column, width: 4, "'each' stands for several numbers, and this looks at one")
    }
    try checkEnds(formula.root)
  }

  private static func check(_ formula: Formula) throws(FormulaError) {
    if let name = formula.names.first {
      throw FormulaError(
        column: name.column, width: name.width,
        "'\(name.text)' has a value for each run, and here is no run",
        hint: "ask for one over runs, as in mean(val/loss, lr < 0.1)")
    }
    guard !formula.calls.isEmpty else {
      throw FormulaError(
        column: formula.root.column, width: formula.source.count,
        "this asks nothing of the store",
        hint: "as in best(val/accuracy); two brackets that are meant as such: \\{{")
    }
    try checkEnds(formula.root)
  }

  /// `low` and `high` are ends of the interval of what has one.
  private static func checkEnds(_ node: FormulaNode) throws(FormulaError) {
    if case .function(let function, let inner, let column) = node, function != .abs,
      inner.measured.isEmpty
    {
      throw FormulaError(
        column: column, width: function.rawValue.count,
        "'\(function.rawValue)' is the end of an interval, and this has none",
        hint: "as in \(function.rawValue)(mean(val/accuracy)) > 0.9")
    }
    for child in node.children { try checkEnds(child) }
  }

  /// Every `each` of a comparison goes over the same key.
  private static func checkKeys(_ comparison: FormulaNode) throws(FormulaError) {
    let keys = comparison.calls.compactMap(\.key)
    guard let other = keys.first(where: { $0.text != keys[0].text }) else { return }
    throw FormulaError(
      column: other.column, width: other.width,
      "a comparison goes over the values of one key, and this one has '\(keys[0].text)' already",
      hint: "write two comparisons joined by 'and'")
  }

  /// Two means are never equal in every digit.
  private static func checkEquality(_ node: FormulaNode) throws(FormulaError) {
    guard case .comparison(let comparison, let left, let right, let column) = node,
      !comparison.isOrdering, !node.measured.isEmpty
    else { return }
    let margin = comparison == .equal ? "<" : ">"
    throw FormulaError(
      column: column, width: comparison.rawValue.count,
      "means over seeds are never equal in every digit, so '\(comparison.rawValue)' says nothing",
      hint: "write a margin: abs(\(left.text) - \(right.bracketed)) \(margin) 0.01")
  }
}

extension FormulaNode {
  /// The node as it is written after a minus.
  fileprivate var bracketed: String {
    if case .arithmetic = self { "(\(text))" } else { text }
  }
}
