import Tracking

/// Builds an expression's tree by recursive descent, one function a level of precedence.
struct FormulaParser {
  /// The deepest tree that is built, so that walking it cannot exhaust the stack.
  private static let deepest = 200

  let tokens: [FormulaToken]
  private var index = 0
  /// How deep the descent is.
  private var depth = 0

  init(_ source: String) throws(FormulaError) {
    var lexer = try FormulaLexer(source)
    tokens = try lexer.tokens()
  }

  /// The whole expression; anything after it is an error.
  mutating func parse() throws(FormulaError) -> FormulaNode {
    if current.kind == .end { throw error(current, "the expression is empty") }
    let node = try alternative()
    if current.kind != .end { throw unexpected() }
    if node.height > Self.deepest { throw tooDeep(at: 1) }
    return node
  }

  var current: FormulaToken { tokens[index] }

  /// Moves on; the last token, `.end`, is never passed.
  mutating func advance() { if index + 1 < tokens.count { index += 1 } }

  mutating func take(_ symbol: String) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  func error(_ token: FormulaToken, _ message: String, hint: String = "") -> FormulaError {
    FormulaError(column: token.column, width: token.width, message, hint: hint)
  }

  /// Runs `body` one level deeper, so that brackets cannot exhaust the stack.
  mutating func deeper(
    _ body: (inout FormulaParser) throws(FormulaError) -> FormulaNode
  ) throws(FormulaError) -> FormulaNode {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw tooDeep(at: current.column) }
    return try body(&self)
  }

  private func tooDeep(at column: Int) -> FormulaError {
    FormulaError(
      column: column, "the expression is nested deeper than \(Self.deepest) levels",
      hint: "an operator counts as one, so does a bracket")
  }

  // MARK: Levels, weakest first

  mutating func alternative() throws(FormulaError) -> FormulaNode {
    var left = try conjunction()
    while current.isWord("or") {
      let column = current.column
      advance()
      let right = try conjunction()
      left = .or(left, right, column: column)
    }
    return left
  }

  private mutating func conjunction() throws(FormulaError) -> FormulaNode {
    var left = try negation()
    while current.isWord("and") {
      let column = current.column
      advance()
      let right = try negation()
      left = .and(left, right, column: column)
    }
    return left
  }

  private mutating func negation() throws(FormulaError) -> FormulaNode {
    guard current.isWord("not") else { return try comparison() }
    let column = current.column
    advance()
    let inner = try deeper { parser throws(FormulaError) in try parser.negation() }
    return .not(inner, column: column)
  }

  private mutating func comparison() throws(FormulaError) -> FormulaNode {
    let left = try sum()
    guard let comparison = comparisonHere else { return left }
    let token = current
    advance()
    let right = try sum()
    if comparisonHere != nil {
      throw error(
        current, "comparisons do not chain", hint: "write two joined by 'and': a < b and b < c")
    }
    return .comparison(comparison, left, right, column: token.column)
  }

  private var comparisonHere: FormulaComparison? {
    guard case .symbol(let symbol) = current.kind else { return nil }
    return FormulaComparison(rawValue: symbol)
  }

  private mutating func sum() throws(FormulaError) -> FormulaNode {
    var left = try product()
    while let kind = arithmeticHere, kind == .add || kind == .subtract {
      let column = current.column
      advance()
      let right = try product()
      left = .arithmetic(kind, left, right, column: column)
    }
    return left
  }

  private mutating func product() throws(FormulaError) -> FormulaNode {
    var left = try unary()
    while let kind = arithmeticHere, kind == .multiply || kind == .divide {
      let column = current.column
      advance()
      let right = try unary()
      left = .arithmetic(kind, left, right, column: column)
    }
    return left
  }

  private var arithmeticHere: FormulaArithmetic? {
    guard case .symbol(let symbol) = current.kind else { return nil }
    return FormulaArithmetic(rawValue: symbol)
  }

  private mutating func unary() throws(FormulaError) -> FormulaNode {
    let column = current.column
    if take("-") {
      let inner = try deeper { parser throws(FormulaError) in try parser.unary() }
      return .negative(inner, column: column)
    }
    return try primary()
  }

  private mutating func primary() throws(FormulaError) -> FormulaNode {
    let token = current
    switch token.kind {
    case .number(let value):
      advance()
      return .literal(value, column: token.column, width: token.width)
    case .text(let text):
      advance()
      return .literal(.text(text), column: token.column, width: token.width)
    case .name(let name, let quoted):
      if !quoted {
        if let value = Self.values[name] {
          advance()
          return .literal(value, column: token.column, width: token.width)
        }
        if ["and", "or", "not"].contains(name) { throw unexpected() }
        if tokens[min(index + 1, tokens.count - 1)].isSymbol("(") { return try call() }
      }
      advance()
      return .name(FormulaName(text: name, column: token.column, width: token.width))
    case .symbol("("):
      advance()
      let inner = try deeper { parser throws(FormulaError) in try parser.alternative() }
      if !take(")") { throw unclosed(token) }
      return inner
    case .symbol, .end:
      throw unexpected()
    }
  }

  private static let values: [String: ParameterValue] = [
    "true": .flag(true), "false": .flag(false), "none": .off,
  ]

  // MARK: Errors

  func unclosed(_ bracket: FormulaToken) -> FormulaError {
    if current.kind == .end { return error(bracket, "this bracket is not closed") }
    return unexpected()
  }

  /// What stands here does not continue the expression.
  private func unexpected() -> FormulaError {
    let token = current
    let afterValue = index > 0 && Self.endsValue(tokens[index - 1])
    switch token.kind {
    case .end:
      return error(token, "the expression ends where a value should follow")
    case .symbol(")") where afterValue:
      return error(token, "this bracket closes none")
    case .name(let name, quoted: false) where afterValue:
      if let word = ["and", "or"].first(where: { $0 == name.lowercased() }) {
        return error(token, "'\(name)' is written '\(word)'")
      }
      return error(
        token, "an operator is missing before '\(token.source)'",
        hint: "a path with spaces stands in double quotes, text in single ones")
    case .name, .text, .number:
      return afterValue
        ? error(
          token, "an operator is missing before \(token.described)",
          hint: "a quote within quotes is doubled")
        : error(token, "a value should stand before \(token.described)")
    case .symbol:
      return error(token, "\(token.described) does not fit here, a value should stand before it")
    }
  }

  private static func endsValue(_ token: FormulaToken) -> Bool {
    switch token.kind {
    case .number, .text: true
    case .name(let name, let quoted): quoted || !["and", "or", "not"].contains(name)
    case .symbol(let symbol): symbol == ")"
    case .end: false
    }
  }
}
