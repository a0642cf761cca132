// What has an end of its own: fences, tables, letters of other alphabets.
extension TeXParser {
  // MARK: Fences and tables

  private mutating func delimiter() throws(UnknownTeX) -> String {
    skipSpaces()
    switch try pop() {
    case .character("."): return ""
    case .character(let character) where "()[]|/".contains(character): return String(character)
    case .character("<"): return "⟨"
    case .character(">"): return "⟩"
    case .command(let name):
      guard let sign = TeXSymbols.fences[name] else { throw UnknownTeX() }
      return sign
    default: throw UnknownTeX()
    }
  }

  mutating func fenced() throws(UnknownTeX) -> String {
    let open = try delimiter()
    let body = try row { $0 == .command("right") }
    index += 1
    let close = try delimiter()
    func fence(_ sign: String, _ form: String) -> String {
      sign.isEmpty ? "" : "<mo fence=\"true\" form=\"\(form)\" stretchy=\"true\">\(sign)</mo>"
    }
    return "<mrow>\(fence(open, "prefix"))\(body)\(fence(close, "postfix"))</mrow>"
  }

  mutating func environment() throws(UnknownTeX) -> String {
    let name = try letters()
    let signs: (String, String)
    var alignment = ""
    switch name {
    case "matrix": signs = ("", "")
    case "pmatrix": signs = ("(", ")")
    case "bmatrix": signs = ("[", "]")
    case "vmatrix": signs = ("|", "|")
    case "Vmatrix": signs = ("‖", "‖")
    case "cases": (signs, alignment) = (("{", ""), " class=\"left\"")
    case "aligned", "align", "align*", "split":
      (signs, alignment) = (("", ""), " class=\"aligned\"")
    default: throw UnknownTeX()
    }
    var rows = ""
    var cells = ""
    while true {
      let cell = try row {
        $0 == .character("&") || $0 == .command("\\") || $0 == .command("end")
      }
      cells += "<mtd>\(cell)</mtd>"
      let end = try pop()
      if end == .character("&") { continue }
      if end == .command("\\") || cells != "<mtd></mtd>" { rows += "<mtr>\(cells)</mtr>" }
      cells = ""
      if end == .command("end") { break }
    }
    guard try letters() == name else { throw UnknownTeX() }
    let open = signs.0.isEmpty ? "" : "<mo fence=\"true\" stretchy=\"true\">\(signs.0)</mo>"
    let close = signs.1.isEmpty ? "" : "<mo fence=\"true\" stretchy=\"true\">\(signs.1)</mo>"
    return "<mrow>\(open)<mtable\(alignment)>\(rows)</mtable>\(close)</mrow>"
  }

  // MARK: Alphabets

  /// `\mathbf{x}` and its like: letters of another alphabet of Unicode.
  mutating func alphabetical(_ alphabet: TeXSymbols.Alphabet) throws(UnknownTeX) -> String {
    skipSpaces()
    if case .command(let name)? = next, let letter = TeXSymbols.letters[name] {
      index += 1
      return "<mi>\(alphabet.letters(of: letter))</mi>"
    }
    if next == .character("{"), index + 2 < tokens.count, tokens[index + 2] == .character("}"),
      case .command(let name) = tokens[index + 1], let letter = TeXSymbols.letters[name]
    {
      index += 3
      return "<mi>\(alphabet.letters(of: letter))</mi>"
    }
    let text = try letters()
    return "<mi>\(escapedHTML(alphabet.letters(of: text)))</mi>"
  }
}
