extension CommandTemplate {
  /// Advice, no errors: words that look as if a shell should act on them.
  ///
  /// None runs, so that the program will get them as they are.
  public var wordsForShells: [CommandProblem] {
    let program = words[0].split(separator: "/").last.map(String.init) ?? ""
    if Self.shells.contains(program) { return [] }
    return words.enumerated().compactMap { place, word in
      Self.advice(word, isFirst: place == 0).map {
        CommandProblem(
          $0,
          hint: "no shell runs: the program gets this word as it is. "
            + "Where a shell is meant: [sh, -c, \"...\"]",
          at: CommandProblem.Place(word: place, column: 1, width: word.unicodeScalars.count))
      }
    }
  }

  private static let shells: Set = ["sh", "bash", "dash", "zsh", "ksh", "fish"]

  private static let operators: Set = [
    "|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>>", "2>&1", "&>", ">&2",
  ]

  private static func advice(_ word: String, isFirst: Bool) -> String? {
    if operators.contains(word) { return "'\(word)' is a sign of a shell" }
    if word == "~" || word.hasPrefix("~/") { return "'\(word)' names a home only in a shell" }
    if isFirst, word.contains("="), !word.contains("/") {
      return "'\(word)' sets a variable only in a shell; write it under 'env'"
    }
    let scalars = Array(word.unicodeScalars)
    for (dollar, next) in zip(scalars, scalars.dropFirst()) where dollar == "$" {
      let isName = ("a"..."z").contains(next) || ("A"..."Z").contains(next) || next == "_"
      if isName || next == "(" { return "'\(word)' has a variable or a command of a shell" }
    }
    return nil
  }
}
