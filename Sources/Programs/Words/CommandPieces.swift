/// A part of a word of a command.
enum CommandPiece: Hashable, Sendable {
  case literal(String)
  case placeholder(Placeholder, CommandProblem.Place)
}

/// Takes a word apart into letters and placeholders, once.
struct CommandPieces {
  private(set) var pieces: [CommandPiece] = []
  private(set) var problems: [CommandProblem] = []
  private let scalars: [Unicode.Scalar]
  private let columns: [Int]
  private let word: Int
  private var literal = ""

  init(_ placed: PlacedWord, word: Int) {
    scalars = placed.scalars
    columns = placed.columns
    self.word = word
    var next = 0
    while next < scalars.count { next = take(next) }
    endLiteral()
    checkWhole()
  }

  /// Takes what begins at an index and says where the next begins.
  private mutating func take(_ start: Int) -> Int {
    let scalar = scalars[start]
    let isDouble = start + 1 < scalars.count && scalars[start + 1] == scalar
    switch scalar {
    case "{", "}":
      if isDouble {
        literal.unicodeScalars.append(scalar)
        return start + 2
      }
      if scalar == "{" { return takePlaceholder(start) }
      problems.append(
        CommandProblem(
          "a '}' stands alone", hint: "write }} for the brace itself", at: place(start, start)))
    case "\0":
      problems.append(
        CommandProblem("no word of a command can hold a zero byte", at: place(start, start)))
    default: literal.unicodeScalars.append(scalar)
    }
    return start + 1
  }

  private mutating func takePlaceholder(_ start: Int) -> Int {
    let end = scalars[(start + 1)...].firstIndex { $0 == "}" || $0 == "{" }
    guard let end, scalars[end] == "}" else {
      problems.append(
        CommandProblem(
          "this '{' is not closed within its word",
          hint: "a placeholder has no blanks, as in {lr}; write {{ for the brace itself",
          at: place(start, start)))
      return end ?? scalars.count
    }
    let place = place(start, end)
    do {
      let text = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
      let placeholder = try Placeholder(text)
      endLiteral()
      pieces.append(.placeholder(placeholder, place))
    } catch {
      problems.append(CommandProblem(error.message, hint: error.hint, at: place))
    }
    return end + 1
  }

  private mutating func endLiteral() {
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    literal = ""
  }

  /// What makes words of its own stands alone.
  private mutating func checkWhole() {
    guard pieces.count > 1 else { return }
    for case .placeholder(let placeholder, let place) in pieces where placeholder.isWholeWord {
      problems.append(
        CommandProblem(
          "a placeholder of this kind makes whole words, so nothing can stand beside it",
          hint: "put a blank before and behind it, or take the value alone, as in --lr={lr}",
          at: place))
    }
  }

  private func place(_ first: Int, _ last: Int) -> CommandProblem.Place {
    CommandProblem.Place(
      word: word, column: columns[first], width: columns[last] - columns[first] + 1)
  }
}
