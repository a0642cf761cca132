import CYaml

/// What libyaml says of a text that is not YAML, in plain words and at the place to mend.
struct YAMLProblem {
  let diagnostic: Diagnostic

  init(_ parser: yaml_parser_t, _ lines: LineIndex) {
    let problem = parser.problem.map { String(cString: $0) } ?? ""
    let context = parser.context.map { String(cString: $0) } ?? ""
    if parser.error == YAML_READER_ERROR {
      diagnostic = Diagnostic(
        lines.mark(byte: parser.problem_offset), "a control character stands here",
        notes: ["remove it; a text may say \"\\t\" or \"\\n\" in double quotes"])
      return
    }
    let place = lines.mark(parser.problem_mark)
    let beginning = lines.mark(parser.context_mark)
    if let tab = Self.tab(place, problem, lines) {
      diagnostic = Diagnostic(
        tab, "a tab cannot indent a line", notes: ["indent with spaces, two a level"])
      return
    }
    let (mark, message, notes) = Self.words(problem, context, place, beginning, lines)
    diagnostic = Diagnostic(mark, message, notes: notes)
  }

  private static func tab(_ place: Mark, _ problem: String, _ lines: LineIndex) -> Mark? {
    if problem.contains("tab") || lines.isTab(place) {
      return lines.indentingTab(line: place.line) ?? place
    }
    return lines.indentingTab(line: place.line)
  }

  private static let keyMissing = "did not find expected key"
  private static let documentMissing = "did not find expected <document start>"

  private static func words(
    _ problem: String, _ context: String, _ place: Mark, _ beginning: Mark, _ lines: LineIndex
  ) -> (Mark, String, [String]) {
    let before = "before line \(place.line), column \(place.column)"
    switch (problem, context) {
    case ("did not find expected ',' or ']'", _):
      return (
        beginning, "the list that begins here is not closed",
        ["a ',' or a ']' is missing \(before)"]
      )
    case ("did not find expected ',' or '}'", _):
      return (
        beginning, "the mapping that begins here is not closed",
        ["a ',' or a '}' is missing \(before)"]
      )
    case ("found unexpected end of stream", "while scanning a quoted scalar"):
      return (beginning, "the quote that begins here is not closed", [])
    case ("found unexpected end of stream", _):
      return (place, "the file ends in the middle of a value", [])
    case ("could not find expected ':'", _):
      return (
        beginning, "a ':' is missing behind this", ["a key is followed by ': ' and its value"]
      )
    case ("mapping values are not allowed in this context", _):
      return (
        place, "a ':' cannot stand here",
        ["one key a line, all of a mapping indented alike; put text that contains ': ' in quotes"]
      )
    case (Self.keyMissing, _) where lines.closes(at: place),
      (Self.documentMissing, _) where lines.closes(at: place):
      let found = lines.character(place).map(String.init) ?? ""
      return (
        place, "nothing is open that this '\(found)' closes",
        ["remove it, or open a \(found == "}" ? "mapping with '{'" : "list with '['")"]
      )
    case (Self.keyMissing, _):
      return (
        place, "this does not fit the mapping that begins in line \(beginning.line)",
        ["indent its keys alike, and give each a ': '"]
      )
    case ("did not find expected '-' indicator", _),
      ("block sequence entries are not allowed in this context", _):
      return (
        place, "this does not fit the list around it",
        ["every item of a list begins with '- ', all indented alike"]
      )
    case ("did not find expected node content", _):
      return (place, "a value is missing here", [])
    case ("found unknown escape character", _):
      return (
        place, "there is no such escape in a text in double quotes",
        ["write '\\\\' for a backslash, or use single quotes"]
      )
    case ("found character that cannot start any token", _):
      let found = lines.character(place).map { "'\($0)'" } ?? "this character"
      return (place, "a value cannot begin with \(found)", ["put the text in quotes"])
    case (Self.documentMissing, _):
      return (
        place, "this does not belong to what stands above",
        ["keys of one mapping are indented alike; a list cannot be followed by keys"]
      )
    case ("did not find expected alphabetic or numeric character", _):
      return (
        place, "a name of letters and digits must follow '&' or '*'",
        ["put text that begins with '&' or '*' in quotes"]
      )
    case (_, _) where problem.contains("nesting") || problem.contains("depth"):
      return (place, "lists and mappings are nested too deep", [])
    default:
      return (place, "YAML cannot read this: \(problem)", [])
    }
  }
}
