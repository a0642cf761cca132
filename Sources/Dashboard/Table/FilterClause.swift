import FileLanguage
import Tracking

/// One condition of a filter, and what a filter is with it or without it.
struct FilterClause: Hashable {
  /// How it is written.
  let text: String

  /// That a name has a value; `.off` where a run has none.
  static func equal(_ name: String, _ value: ParameterValue) -> FilterClause {
    FilterClause(text: "\(written(name)) = \(written(value))")
  }

  /// The clauses that a filter joins by `and`; the whole where it is joined otherwise, none of a filter
  /// that cannot be read.
  static func clauses(of filter: String) -> [FilterClause] {
    guard let formula = try? Formula(filter) else { return [] }
    return clauses(of: formula.root)
  }

  private static func clauses(of node: FormulaNode) -> [FilterClause] {
    if case .and(let left, let right, _) = node { return clauses(of: left) + clauses(of: right) }
    if case .or = node { return [FilterClause(text: "(\(node.text))")] }
    return [FilterClause(text: node.text)]
  }

  /// A filter with the clause beside what it has; the clause alone where the filter cannot be read.
  func added(to filter: String) -> String {
    (Self.clauses(of: filter) + [self]).map(\.text).joined(separator: " and ")
  }

  /// A filter without the clause.
  func removed(from filter: String) -> String {
    Self.clauses(of: filter).filter { $0 != self }.map(\.text).joined(separator: " and ")
  }

  /// A name in double quotes where it is no plain one.
  private static func written(_ name: String) -> String {
    let isPlain =
      name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.]*([\/-][A-Za-z0-9_.]+)*/) != nil
      && !["and", "or", "not", "true", "false", "none"].contains(name)
    return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
  }

  private static func written(_ value: ParameterValue) -> String {
    switch value {
    case .off: "none"
    case .flag, .integer, .number: value.display
    case .text, .list, .mapping: "'\(value.display.replacing("'", with: "''"))'"
    }
  }
}
