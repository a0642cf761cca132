/// The place of a node or key: a source, a line from 1, and columns in characters from 1.
///
/// Line 0 means the source as a whole, as when a file cannot be opened.
public struct Mark: Hashable, Sendable {
  /// The file or argument.
  public let source: SpecSource
  /// The line from 1, or 0 for the source as a whole.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
  /// How many characters stand there; at least 1.
  public let width: Int

  /// Makes a place.
  public init(_ source: SpecSource, line: Int, column: Int, width: Int = 1) {
    self.source = source
    self.line = line
    self.column = column
    self.width = max(1, width)
  }

  /// What begins an error: `file:line:column`, or the argument itself.
  public var place: String {
    source.kind == .argument || line == 0 ? source.name : "\(source.name):\(line):\(column)"
  }

  /// A place within this one, `offset` characters on.
  public func within(offset: Int, width: Int) -> Mark {
    Mark(source, line: line, column: column + offset, width: width)
  }
}
