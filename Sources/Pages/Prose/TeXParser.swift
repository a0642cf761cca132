/// Something in an equation that is not understood.
struct UnknownTeX: Error {}

/// Reads TeX's mathematics by recursive descent and writes MathML.
struct TeXParser {
  let tokens: [TeXToken]
  var index = 0
  private var depth = 0

  init(_ tokens: [TeXToken]) { self.tokens = tokens }

  /// One part of an equation.
  struct Atom {
    var xml: String
    /// Whether its scripts stand above and below it.
    var takesLimits = false
  }

  mutating func parse() throws(UnknownTeX) -> String {
    let body = try row { $0 == nil }
    guard index == tokens.count else { throw UnknownTeX() }
    return body
  }

  // MARK: Tokens

  var next: TeXToken? { index < tokens.count ? tokens[index] : nil }

  mutating func skipSpaces() { while next == .space { index += 1 } }

  mutating func pop() throws(UnknownTeX) -> TeXToken {
    guard let token = next else { throw UnknownTeX() }
    index += 1
    return token
  }

  private mutating func expect(_ character: Character) throws(UnknownTeX) {
    skipSpaces()
    guard try pop() == .character(character) else { throw UnknownTeX() }
  }

  // MARK: Rows and scripts

  /// Parts up to a token, which is left.
  mutating func row(until ends: (TeXToken?) -> Bool) throws(UnknownTeX) -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 60 else { throw UnknownTeX() }
    var xml = ""
    skipSpaces()
    while !ends(next) {
      guard next != nil else { throw UnknownTeX() }
      xml += try scripted()
      skipSpaces()
    }
    return xml
  }

  private mutating func scripted() throws(UnknownTeX) -> String {
    var base = Atom(xml: "<mrow></mrow>")
    if next != .character("^"), next != .character("_"), next != .character("'") {
      base = try atom()
    }
    var below: String?
    var above: String?
    var primes = ""
    while true {
      let mark = index
      skipSpaces()
      if next == .command("limits") || next == .command("nolimits") {
        base.takesLimits = next == .command("limits")
        index += 1
      } else if next == .character("_"), below == nil {
        index += 1
        below = try argument()
      } else if next == .character("^"), above == nil {
        index += 1
        above = try argument()
      } else if next == .character("'"), above == nil {
        index += 1
        primes += "′"
      } else {
        if next == .character("^") || next == .character("_") { throw UnknownTeX() }
        index = mark
        break
      }
    }
    if !primes.isEmpty { above = "<mrow><mo>\(primes)</mo>\(above ?? "")</mrow>" }
    switch (below, above, base.takesLimits) {
    case (nil, nil, _): return base.xml
    case (let below?, nil, false): return "<msub>\(base.xml)\(below)</msub>"
    case (nil, let above?, false): return "<msup>\(base.xml)\(above)</msup>"
    case (let below?, let above?, false): return "<msubsup>\(base.xml)\(below)\(above)</msubsup>"
    case (let below?, nil, true): return "<munder>\(base.xml)\(below)</munder>"
    case (nil, let above?, true): return "<mover>\(base.xml)\(above)</mover>"
    case (let below?, let above?, true):
      return "<munderover>\(base.xml)\(below)\(above)</munderover>"
    }
  }

  /// A group, or one part.
  mutating func argument() throws(UnknownTeX) -> String {
    skipSpaces()
    if case .character(let digit)? = next, digit.isASCII, digit.isNumber {
      index += 1
      return "<mn>\(digit)</mn>"
    }
    return try atom().xml
  }

  private mutating func group() throws(UnknownTeX) -> String {
    try expect("{")
    let body = try row { $0 == .character("}") }
    index += 1
    return "<mrow>\(body)</mrow>"
  }

  /// The characters of `{...}` as they are.
  mutating func letters() throws(UnknownTeX) -> String {
    skipSpaces()
    guard next == .character("{") else {
      guard case .character(let character) = try pop() else { throw UnknownTeX() }
      return String(character)
    }
    index += 1
    var text = ""
    while true {
      switch try pop() {
      case .character("}"): return text
      case .character("{"), .character("$"): throw UnknownTeX()
      case .character(let character): text.append(character)
      case .space: text.append(" ")
      case .command(let name):
        guard name.count == 1, let sign = name.first, "_%&#${} ".contains(sign) else {
          throw UnknownTeX()
        }
        text.append(sign)
      }
    }
  }

  // MARK: Parts

  private mutating func atom() throws(UnknownTeX) -> Atom {
    depth += 1
    defer { depth -= 1 }
    guard depth < 60 else { throw UnknownTeX() }
    skipSpaces()
    switch next {
    case .character("{"): return Atom(xml: try group())
    case .character(let character):
      if character.isASCII, character.isNumber { return Atom(xml: number()) }
      index += 1
      return Atom(xml: try sign(character))
    case .command(let name):
      index += 1
      return try command(name)
    case .space, nil: throw UnknownTeX()
    }
  }

  private mutating func number() -> String {
    var text = ""
    while case .character(let character)? = next,
      character.isASCII && character.isNumber || character == "."
    {
      if character == "." {
        guard index + 1 < tokens.count, case .character(let after) = tokens[index + 1],
          after.isASCII, after.isNumber
        else { break }
      }
      text.append(character)
      index += 1
    }
    return "<mn>\(text)</mn>"
  }

  private func sign(_ character: Character) throws(UnknownTeX) -> String {
    if "}^_&#$~".contains(character) { throw UnknownTeX() }
    if character.isLetter { return "<mi>\(escapedHTML(String(character)))</mi>" }
    switch character {
    case "-": return "<mo>−</mo>"
    case "*": return "<mo>∗</mo>"
    case "|": return "<mo stretchy=\"false\">|</mo>"
    case "(", ")", "[", "]": return "<mo stretchy=\"false\">\(character)</mo>"
    default: return "<mo>\(escapedHTML(String(character)))</mo>"
    }
  }

  private mutating func command(_ name: String) throws(UnknownTeX) -> Atom {
    if let letter = TeXSymbols.letters[name] { return Atom(xml: "<mi>\(letter)</mi>") }
    if let sign = TeXSymbols.operators[name] { return Atom(xml: "<mo>\(sign)</mo>") }
    if let sign = TeXSymbols.fences[name] {
      return Atom(xml: "<mo stretchy=\"false\">\(sign)</mo>")
    }
    if let sign = TeXSymbols.large[name] {
      return Atom(
        xml: "<mo movablelimits=\"true\">\(sign)</mo>", takesLimits: !name.hasSuffix("int"))
    }
    if let width = TeXSymbols.spaces[name] { return Atom(xml: "<mspace width=\"\(width)\"/>") }
    if TeXSymbols.functions.contains(name) { return function(name) }
    if let accent = TeXSymbols.accents[name] {
      let body = try argument()
      let tag = accent.isBelow ? "munder" : "mover"
      let stretches = accent.isWide ? "" : " stretchy=\"false\""
      return Atom(
        xml: "<\(tag) accent=\"true\">\(body)<mo\(stretches)>\(accent.sign)</mo></\(tag)>",
        takesLimits: name.hasSuffix("brace"))
    }
    if let alphabet = TeXSymbols.alphabets[name] { return Atom(xml: try alphabetical(alphabet)) }
    return try structure(name)
  }

  private func function(_ name: String) -> Atom {
    let limits = ["lim", "max", "min", "sup", "inf", "argmax", "argmin"].contains(name)
    let words = name.hasPrefix("arg") && name.count > 3 ? "arg " + name.dropFirst(3) : name
    return Atom(
      xml: "<mrow><mo movablelimits=\"true\" form=\"prefix\">\(words)</mo></mrow>",
      takesLimits: limits)
  }

  private mutating func structure(_ name: String) throws(UnknownTeX) -> Atom {
    switch name {
    case "frac", "dfrac", "tfrac":
      return Atom(xml: "<mfrac>\(try argument())\(try argument())</mfrac>")
    case "binom":
      return Atom(
        xml: "<mrow><mo>(</mo><mfrac linethickness=\"0\">\(try argument())\(try argument())</mfrac>"
          + "<mo>)</mo></mrow>")
    case "sqrt":
      skipSpaces()
      guard next == .character("[") else { return Atom(xml: "<msqrt>\(try argument())</msqrt>") }
      index += 1
      let degree = try row { $0 == .character("]") }
      index += 1
      return Atom(xml: "<mroot>\(try argument())<mrow>\(degree)</mrow></mroot>")
    case "left": return Atom(xml: try fenced())
    case "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle":
      return Atom(xml: "<mrow></mrow>")
    case "text", "textrm", "textit", "textbf", "mbox":
      let words = try letters().replacing(" ", with: "\u{A0}")
      return Atom(xml: "<mtext>\(escapedHTML(words))</mtext>")
    case "operatorname", "mathrm", "mathsf", "mathtt", "mathit":
      let word = try letters()
      if name == "operatorname" {
        return Atom(xml: "<mo form=\"prefix\">\(escapedHTML(word))</mo>")
      }
      return Atom(xml: "<mi mathvariant=\"normal\">\(escapedHTML(word))</mi>")
    case "begin": return Atom(xml: try environment())
    default: throw UnknownTeX()
    }
  }
}
