/// What is wrong with an expression, and where.
public struct FormulaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place of the first wrong character in the expression, from 1.
  public let column: Int
  /// How many characters are wrong, at least 1.
  public let width: Int
  /// What is wrong, with what was found and expected.
  public let message: String
  /// The way out, as a sentence; empty where the message already says it.
  public let hint: String

  /// Makes an error at a place of an expression.
  public init(column: Int, width: Int = 1, _ message: String, hint: String = "") {
    self.column = column
    self.width = max(1, width)
    self.message = message
    self.hint = hint
  }

  /// The error in one line, for tests and logs.
  public var description: String {
    "column \(column): \(message)" + (hint.isEmpty ? "" : "; \(hint)")
  }
}
