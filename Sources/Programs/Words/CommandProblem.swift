/// What is wrong with a command, at its place.
public struct CommandProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in a command: a word, and the characters within the text that was written.
  public struct Place: Hashable, Sendable {
    /// Which word, from 0: the item of a list.
    public let word: Int
    /// The first character from 1, counted in code points: in the whole text where the command was
    /// written as one, otherwise in the word.
    public let column: Int
    /// How many code points.
    public let width: Int

    /// Makes a place.
    public init(word: Int, column: Int, width: Int) {
      self.word = word
      self.column = column
      self.width = width
    }
  }

  /// What was found and what was expected.
  public let message: String
  /// The way out; empty where the message already says it.
  public let hint: String
  /// Where; `nil` where the command lacks something.
  public let place: Place?
  /// The parameter that is meant, where it is one's value or name that is wrong.
  public let parameter: String?

  /// Makes a problem.
  public init(
    _ message: String, hint: String = "", at place: Place? = nil, parameter: String? = nil
  ) {
    self.message = message
    self.hint = hint
    self.place = place
    self.parameter = parameter
  }

  /// The message with its column and, on a line of its own, the way out.
  public var description: String {
    let start = place.map { "word \($0.word + 1), column \($0.column): " } ?? ""
    return start + message + (hint.isEmpty ? "" : "\n" + hint)
  }
}

/// All that is wrong with a command.
public struct CommandProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems in the order of their places.
  public let all: [CommandProblem]

  /// Makes a report of what was found.
  public init(_ all: [CommandProblem]) { self.all = all }

  /// A problem a line.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
