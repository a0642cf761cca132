import FileLanguage

/// Names that become folders, files and columns.
public enum Names {
  /// The longest name of an experiment, a sweep or a picture.
  public static let longest = 100

  private static let allowed = "letters, digits, space, '.', '_' and '-'"

  /// What keeps a text from being the name of an experiment, a sweep or a picture, be it from a file or
  /// from a store: what is wrong with it and what was expected; `nil` where it is one.
  public static func fault(
    of name: String, longest: Int = longest
  ) -> (found: String, expected: String)? {
    if name.isEmpty { return ("is empty", allowed) }
    if name.hasPrefix(".") { return ("begins with a dot", allowed) }
    // Counting the characters of a text of a foreign store may take long.
    if name.utf8.count > 64 * longest || name.count > longest {
      return ("has \(name.count) characters", "at most \(longest)")
    }
    return name.first { !isAllowed($0) }.map { ("has the character \(shown($0))", allowed) }
  }

  /// Checks the name of an experiment, a sweep or a picture.
  static func check(_ name: String, _ mark: Mark, _ what: String, _ problems: SpecProblems) -> Bool
  {
    guard let fault = fault(of: name) else { return true }
    if name.isEmpty {
      problems.report(mark, "\(what) has no name", ["expected \(allowed)"])
    } else {
      problems.report(mark, "the name of \(what) \(fault.found)", ["expected \(fault.expected)"])
    }
    return false
  }

  private static func isAllowed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || " ._-".contains(character)
  }

  private static func shown(_ character: Character) -> String {
    let scalar = character.unicodeScalars.first
    let code = scalar.map { String($0.value, radix: 16) } ?? ""
    return scalar?.properties.generalCategory == .control || character.isNewline
      ? "U+\(code.uppercased())" : "'\(character)'"
  }

  /// Checks the name of a model or a variant: any text without dot, slash or control characters.
  static func checkFree(_ name: String, _ mark: Mark, _ what: String, _ problems: SpecProblems) {
    if name.isEmpty {
      problems.report(mark, "\(what) has no name")
    } else if let wrong = name.first(where: { character in
      character == "." || character == "/"
        || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }) {
      problems.report(
        mark, "the name of \(what) has the character \(shown(wrong))",
        ["expected text without dots, slashes and control characters"])
    }
  }
}
