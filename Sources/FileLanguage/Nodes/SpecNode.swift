import Tracking

/// One value of an experiment file with its place: what YAML says, before any key gives it a type.
public struct SpecNode: Hashable, Sendable {
  /// What was written.
  public var content: Content
  /// Where it was written.
  public var mark: Mark

  /// Makes a node.
  public init(_ content: Content, _ mark: Mark) {
    self.content = content
    self.mark = mark
  }

  /// The kinds of value.
  public indirect enum Content: Hashable, Sendable {
    /// A scalar as it was written; a quoted one is never a number's `none` or `null`.
    case scalar(String, isPlain: Bool)
    /// A number that was computed, as of a range; never written as text on its way to a run.
    case number(Double)
    case list([SpecNode])
    case mapping([Entry])
  }

  /// A key of a mapping with its value.
  public struct Entry: Hashable, Sendable {
    /// The key's text.
    public var key: String
    /// The place of the key.
    public var keyMark: Mark
    /// The value.
    public var value: SpecNode

    /// Makes an entry.
    public init(_ key: String, _ keyMark: Mark, _ value: SpecNode) {
      self.key = key
      self.keyMark = keyMark
      self.value = value
    }
  }

  /// A scalar's text; that of a computed number is its shortest.
  public var text: String? {
    switch content {
    case .scalar(let text, _): text
    case .number(let value): ParameterValue.number(value).json
    case .list, .mapping: nil
    }
  }

  /// A list's items.
  public var items: [SpecNode]? {
    if case .list(let items) = content { return items }
    return nil
  }

  /// A mapping's entries in the order of writing.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { return entries }
    return nil
  }

  /// The value at a key of a mapping.
  public subscript(_ key: String) -> SpecNode? { entry(key)?.value }

  /// The entry at a key of a mapping.
  public func entry(_ key: String) -> Entry? {
    if case .mapping(let entries) = content { return entries.first { $0.key == key } }
    return nil
  }

  /// Whether nothing was written, as after `key:`.
  public var isEmpty: Bool {
    if case .scalar("", isPlain: true) = content { return true }
    return false
  }

  /// Whether it is YAML's `null`, written out.
  public var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text == "null" || text == "~" || text == "Null" || text == "NULL"
  }

  /// Whether it is `none`, written without quotes: a setting that is off.
  public var isNone: Bool {
    if case .scalar("none", isPlain: true) = content { return true }
    return false
  }
}
