/// One comparison of a filter, of which all must hold.
struct FilterClause: Hashable {
  /// The words that compare.
  enum Comparator: String {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case like = "LIKE"
    case likeAnyCase = "ILIKE"
    case among = "IN"
    case notAmong = "NOT IN"
    case isNull = "IS NULL"
    case isNotNull = "IS NOT NULL"
  }

  /// What is compared to.
  enum Operand: Hashable {
    case none
    case text(String)
    case number(Double, written: String)
    case texts([String])
    /// What is none of these, as it stands.
    case other(String)

    var written: String {
      switch self {
      case .none: ""
      case .text(let text): "'\(text)'"
      case .number(_, let written), .other(let written): written
      case .texts(let texts): "(\(texts.map { "'\($0)'" }.joined(separator: ", ")))"
      }
    }
  }

  let identifier: String
  let comparator: Comparator
  let operand: Operand

  /// Reads a filter: comparisons with AND between them.
  static func all(in text: String) throws(TrackingError) -> [FilterClause] {
    var reader = ClauseReader(try FilterToken.all(in: text))
    return try reader.clauses()
  }
}

/// Reads the tokens of a filter.
private struct ClauseReader {
  private let tokens: [FilterToken]
  private var place = 0

  init(_ tokens: [FilterToken]) { self.tokens = tokens }

  mutating func clauses() throws(TrackingError) -> [FilterClause] {
    var clauses: [FilterClause] = []
    while place < tokens.count {
      clauses.append(try clause())
      guard place < tokens.count else { break }
      guard takeWord("AND") else { throw invalid(tokens[place].written) }
      guard place < tokens.count else { throw invalid("AND") }
    }
    return clauses
  }

  private mutating func clause() throws(TrackingError) -> FilterClause {
    let first = tokens[place]
    guard first.kind == .name || first.kind == .text, !Self.isWord(first) else {
      throw invalid(first.written)
    }
    place += 1
    guard let comparator = takeComparator() else {
      throw invalid(place < tokens.count ? tokens[place].written : first.written)
    }
    let operand = try takeOperand(comparator)
    return FilterClause(identifier: first.written, comparator: comparator, operand: operand)
  }

  private mutating func takeComparator() -> FilterClause.Comparator? {
    guard place < tokens.count else { return nil }
    if tokens[place].kind == .comparison {
      place += 1
      return FilterClause.Comparator(
        rawValue: tokens[place - 1].written == "<>" ? "!=" : tokens[place - 1].written)
    }
    if takeWord("LIKE") { return .like }
    if takeWord("ILIKE") { return .likeAnyCase }
    if takeWord("IN") { return .among }
    if takeWord("NOT") { return takeWord("IN") ? .notAmong : nil }
    guard takeWord("IS") else { return nil }
    if takeWord("NOT") { return takeWord("NULL") ? .isNotNull : nil }
    return takeWord("NULL") ? .isNull : nil
  }

  private mutating func takeOperand(
    _ comparator: FilterClause.Comparator
  ) throws(TrackingError) -> FilterClause.Operand {
    if comparator == .isNull || comparator == .isNotNull { return .none }
    guard place < tokens.count else {
      throw TrackingError(.invalid, "Invalid comparison clause. Expected 3 tokens found 2")
    }
    let token = tokens[place]
    place += 1
    switch token.kind {
    case .text: return .text(token.content)
    case .number: return .number(RequestFields.number(token.written) ?? 0, written: token.written)
    case .open: return .texts(try takeTexts())
    case .name: return .other(token.written)
    case .comparison, .close, .comma: throw invalid(token.written)
    }
  }

  private mutating func takeTexts() throws(TrackingError) -> [String] {
    var texts: [String] = []
    while place < tokens.count, tokens[place].kind == .text {
      texts.append(tokens[place].content)
      place += 1
      if place < tokens.count, tokens[place].kind == .comma { place += 1 } else { break }
    }
    guard place < tokens.count, tokens[place].kind == .close else {
      throw TrackingError(
        .invalid,
        "While parsing a list in the query, expected string value, punctuation, or "
          + "whitespace, but got different type in list")
    }
    place += 1
    guard !texts.isEmpty else {
      throw TrackingError(
        .invalid,
        "While parsing a list in the query, expected a non-empty list of string values, "
          + "but got empty list")
    }
    return texts
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard place < tokens.count, tokens[place].kind == .name,
      tokens[place].written.uppercased() == word
    else { return false }
    place += 1
    return true
  }

  private static func isWord(_ token: FilterToken) -> Bool {
    token.kind == .name
      && ["AND", "OR", "NOT", "IN", "IS", "LIKE", "ILIKE"].contains(token.written.uppercased())
  }

  private func invalid(_ part: String) -> TrackingError {
    TrackingError(.invalid, "Invalid clause(s) in filter string: '\(part)'")
  }
}
