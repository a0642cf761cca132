/// An expression of the experiment file, parsed: what `where`, `that` and `{{ }}` hold.
///
/// The language, weakest first: `or`; `and`; `not`; `= != < <= > >=` (which do not chain); `+ -`;
/// `* /`; a minus before a value; brackets. A name is letters, digits, `_`, `.`, and `/` or `-` where
/// no space stands beside it (`val/accuracy`, `learning-rates`), so that dividing and subtracting
/// names takes spaces. A name with other characters stands in double quotes, a text in single ones;
/// the quote itself is doubled within. `true`, `false` and `none` are values.
public struct Formula: Hashable, Sendable {
  /// What was parsed, as it was written.
  public let source: String
  /// The top of its tree.
  public let root: FormulaNode

  /// Parses an expression and checks what can be known without values.
  ///
  /// - Throws: the first error from the left, with its column.
  public init(_ source: String) throws(FormulaError) {
    var parser = try FormulaParser(source)
    self.source = source
    root = try parser.parse()
    _ = try root.checkedKind()
  }

  /// What the whole expression gives.
  public var kind: FormulaKind { (try? root.checkedKind()) ?? .unknown }

  /// Every bare name outside functions, in the order of writing.
  public var names: [FormulaName] { root.names }

  /// Every call of a function, in the order of writing.
  public var calls: [FormulaCall] { root.calls }
}
