import Tracking

/// One word of an expression with its place.
struct FormulaToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A name; a quoted one is never a keyword.
    case name(String, quoted: Bool)
    case text(String)
    case number(ParameterValue)
    /// An operator, a bracket or a comma.
    case symbol(String)
    case end
  }

  let kind: Kind
  /// From 1.
  let column: Int
  let width: Int
  /// As it was written.
  let source: String

  func isWord(_ word: String) -> Bool { kind == .name(word, quoted: false) }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

  /// What an error calls it.
  var described: String { kind == .end ? "the end of the expression" : "'\(source)'" }
}

/// Cuts an expression into words.
struct FormulaLexer {
  /// The longest expression that is read, in characters.
  private static let longest = 10_000

  private let characters: [Character]
  private var position = 0

  /// - Throws: an error where the expression is too long.
  init(_ source: String) throws(FormulaError) {
    characters = Array(source)
    if characters.count > Self.longest {
      throw FormulaError(
        column: Self.longest + 1,
        "an expression has at most \(Self.longest) characters, this one \(characters.count)")
    }
  }

  /// All words up to the end; the last one is `.end`.
  mutating func tokens() throws(FormulaError) -> [FormulaToken] {
    var result: [FormulaToken] = []
    while true {
      let token = try next()
      result.append(token)
      if token.kind == .end { return result }
    }
  }

  private mutating func next() throws(FormulaError) -> FormulaToken {
    while let character = peek(), character.isWhitespace { position += 1 }
    let start = position
    guard let first = peek() else { return token(.end, from: start) }
    if first == "\"" || first == "'" { return try quoted(first) }
    if Self.isDigit(first) || (first == "." && peek(1).map(Self.isDigit) == true) {
      return try number()
    }
    if Self.isNameStart(first) { return name() }
    return try symbol(first)
  }

  private func peek(_ ahead: Int = 0) -> Character? {
    position + ahead < characters.count ? characters[position + ahead] : nil
  }

  private func token(_ kind: FormulaToken.Kind, from start: Int) -> FormulaToken {
    FormulaToken(
      kind: kind, column: start + 1, width: max(1, position - start),
      source: String(characters[start..<position]))
  }

  private static func isDigit(_ c: Character) -> Bool { c.isASCII && c.isNumber }

  private static func isNameStart(_ c: Character) -> Bool { c.isLetter || c == "_" }

  private static func isNamePart(_ c: Character) -> Bool {
    c.isLetter || c.isNumber || c == "_" || c == "."
  }

  private mutating func name() -> FormulaToken {
    let start = position
    while let character = peek() {
      let joins =
        (character == "/" || character == "-") && peek(1).map(Self.isNamePart) == true
        && peek(1) != "."
      guard Self.isNamePart(character) || joins else { break }
      position += 1
    }
    return token(.name(String(characters[start..<position]), quoted: false), from: start)
  }

  private mutating func digits() { while let c = peek(), Self.isDigit(c) { position += 1 } }

  private mutating func number() throws(FormulaError) -> FormulaToken {
    let start = position
    digits()
    if peek() == "." {
      position += 1
      digits()
    }
    if peek() == "e" || peek() == "E" {
      let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if peek(1 + sign).map(Self.isDigit) == true {
        position += 1 + sign
        digits()
      }
    }
    if let follower = peek(), Self.isNamePart(follower) {
      while let c = peek(), Self.isNamePart(c) { position += 1 }
      let found = token(.end, from: start)
      throw FormulaError(
        column: found.column, width: found.width,
        "'\(found.source)' is neither a number nor a name",
        hint: "a name that begins with a digit stands in double quotes: \"\(found.source)\"")
    }
    let source = String(characters[start..<position])
    if let whole = Int(source) { return token(.number(.integer(whole)), from: start) }
    guard let value = Double(source), value.isFinite else {
      let found = token(.end, from: start)
      throw FormulaError(
        column: found.column, width: found.width, "'\(source)' is too large for a number")
    }
    return token(.number(.number(value)), from: start)
  }

  private mutating func quoted(_ quote: Character) throws(FormulaError) -> FormulaToken {
    let start = position
    position += 1
    var content = ""
    while let character = peek() {
      position += 1
      if character != quote {
        content.append(character)
      } else if peek() == quote {
        content.append(character)
        position += 1
      } else {
        if quote == "'" { return token(.text(content), from: start) }
        if content.isEmpty {
          throw FormulaError(column: start + 1, width: 2, "the name between the quotes is empty")
        }
        return token(.name(content, quoted: true), from: start)
      }
    }
    throw FormulaError(
      column: start + 1, width: position - start,
      quote == "'" ? "this text has no closing '" : "this name has no closing \"")
  }

  private mutating func symbol(_ first: Character) throws(FormulaError) -> FormulaToken {
    let start = position
    let pair = String(first) + (peek(1).map(String.init) ?? "")
    if let cure = Self.otherSpellings[pair] ?? Self.otherSpellings[String(first)],
      !["!=", "<=", ">="].contains(pair)
    {
      position += Self.otherSpellings[pair] != nil ? pair.count : 1
      let found = token(.end, from: start)
      throw FormulaError(
        column: found.column, width: found.width, "'\(found.source)' is not an operator here",
        hint: "write \(cure)")
    }
    if ["!=", "<=", ">="].contains(pair) {
      position += 2
      return token(.symbol(pair), from: start)
    }
    if "=<>+-*/(),".contains(first) {
      position += 1
      return token(.symbol(String(first)), from: start)
    }
    throw FormulaError(
      column: start + 1, "'\(printable(first))' has no meaning in an expression",
      hint: "a name with other characters than letters, digits, '_', '.', '/' and '-' stands in "
        + "double quotes, text in single ones")
  }

  /// How other languages write what this one writes differently.
  private static let otherSpellings: [String: String] = [
    "==": "=", "<>": "!=", "&&": "and", "||": "or", "!": "not", "&": "and", "|": "or",
    "≠": "!=", "≤": "<=", "≥": ">=", "−": "-", "–": "-", "×": "*", "·": "*", "÷": "/",
    "‘": "the straight quote '", "’": "the straight quote '",
    "“": "the straight quote \"", "”": "the straight quote \"",
    "[": "( for brackets", "]": ") for brackets", "{": "( for brackets", "}": ") for brackets",
    "^": "a product (a * a) for a power",
  ]

  private func printable(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first,
      character.unicodeScalars.count == 1, scalar.value < 0x20 || scalar.value == 0x7f
    else { return String(character) }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }
}
