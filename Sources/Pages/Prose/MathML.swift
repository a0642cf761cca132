/// Mathematics in TeX's notation as MathML, which browsers set without any script.
///
/// It knows the notation of courses and papers: fractions, roots, scripts, Greek, sums, norms,
/// accents, alphabets, matrices and cases. What it does not know it leaves alone.
enum MathML {
  /// The longest equation that is read.
  static let longest = 4000

  /// The equation; `nil` where something in it is not understood.
  static func text(_ source: String, isDisplayed: Bool) -> String? {
    guard source.utf8.count <= longest,
      let tokens = TeXToken.tokens(of: source)
    else { return nil }
    var parser = TeXParser(tokens)
    guard let body = try? parser.parse() else { return nil }
    let display = isDisplayed ? " display=\"block\"" : ""
    return "<math\(display)><mrow>\(body)</mrow></math>"
  }
}

/// One sign of TeX.
enum TeXToken: Hashable {
  /// `\name`, or a backslash and one other character.
  case command(String)
  case character(Character)
  case space

  static func tokens(of source: String) -> [TeXToken]? {
    var tokens: [TeXToken] = []
    var rest = Substring(source)
    while let first = rest.popFirst() {
      if first == "%" { return nil }
      guard first == "\\" else {
        tokens.append(first.isWhitespace ? .space : .character(first))
        continue
      }
      let name = rest.prefix { $0.isASCII && $0.isLetter }
      if name.isEmpty {
        guard let sign = rest.popFirst() else { return nil }
        tokens.append(.command(String(sign)))
      } else {
        rest = rest.dropFirst(name.count)
        tokens.append(.command(String(name)))
      }
    }
    return tokens
  }
}
