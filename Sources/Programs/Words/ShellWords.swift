/// A word of a command with the place of every character in the text it was read from.
struct PlacedWord: Hashable, Sendable {
  /// Its characters, without the quotes that held them.
  var scalars: [Unicode.Scalar] = []
  /// The column of each, from 1.
  var columns: [Int] = []

  var text: String { String(String.UnicodeScalarView(scalars)) }
}

/// A text taken apart into words by the quoting rules of a POSIX shell, and nothing else of a shell.
///
/// Words stand between blanks, tabs and line ends. Within `'` every character is itself; within `"` a
/// backslash takes the meaning from `"` and `\` and is itself before every other; elsewhere it takes the
/// meaning from any character, and the character stays, a line end too. `#` begins no comment; `$`, `~`,
/// `*`, `|`, `>` and `;` are letters as any other. These are the rules of Python's `shlex.split`.
public enum ShellWords {
  /// The words of a text.
  ///
  /// - Throws: a quote that is not closed, or a backslash with nothing behind it, at its column.
  public static func split(_ text: String) throws(CommandProblem) -> [String] {
    try placed(text).map(\.text)
  }

  /// A word as `split` and every POSIX shell would read it back.
  public static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "@%+=:,./-_".utf8.contains(byte)
      }
    }
    if isPlain && !word.isEmpty { return word }
    var result = "'"
    for scalar in word.unicodeScalars {
      if scalar == "'" { result += "'\"'\"'" } else { result.unicodeScalars.append(scalar) }
    }
    return result + "'"
  }

  static func placed(_ text: String) throws(CommandProblem) -> [PlacedWord] {
    var splitter = Splitter()
    for scalar in text.unicodeScalars { splitter.take(scalar) }
    return try splitter.words()
  }
}

/// Where in a text a splitter stands.
private struct Splitter {
  private enum State: Equatable {
    case between, within, single, double, escaped, escapedInDouble
  }

  private var done: [PlacedWord] = []
  private var word = PlacedWord()
  private var state = State.between
  private var column = 0
  /// Where the quote or backslash stands that is not yet closed.
  private var opened = 0

  mutating func take(_ scalar: Unicode.Scalar) {
    column += 1
    switch state {
    case .between, .within: takePlain(scalar)
    case .single: if scalar == "'" { state = .within } else { add(scalar, column) }
    case .double:
      switch scalar {
      case "\"": state = .within
      case "\\": state = .escapedInDouble
      default: add(scalar, column)
      }
    case .escaped:
      add(scalar, column)
      state = .within
    case .escapedInDouble:
      if scalar != "\"" && scalar != "\\" { add("\\", column - 1) }
      add(scalar, column)
      state = .double
    }
  }

  private mutating func takePlain(_ scalar: Unicode.Scalar) {
    switch scalar {
    case " ", "\t", "\r", "\n":
      if state == .within { done.append(word) }
      word = PlacedWord()
      state = .between
      return
    case "'": state = .single
    case "\"": state = .double
    case "\\": state = .escaped
    default:
      state = .within
      add(scalar, column)
      return
    }
    opened = column
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ column: Int) {
    word.scalars.append(scalar)
    word.columns.append(column)
  }

  mutating func words() throws(CommandProblem) -> [PlacedWord] {
    let place = CommandProblem.Place(word: done.count, column: opened, width: 1)
    switch state {
    case .between: return done
    case .within: return done + [word]
    case .single: throw Self.unclosed("'", place)
    case .double, .escapedInDouble: throw Self.unclosed("\"", place)
    case .escaped:
      throw CommandProblem(
        "nothing stands behind the backslash", hint: "write \\\\ for a backslash", at: place)
    }
  }

  private static func unclosed(_ quote: String, _ place: CommandProblem.Place) -> CommandProblem {
    CommandProblem(
      "the quote \(quote) is never closed",
      hint: "close it, or write \\\(quote) for the sign itself",
      at: place)
  }
}
