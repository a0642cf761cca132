import FileLanguage

/// Names that become folders, files and columns.
enum Names {
  /// The longest name of an experiment, a sweep or a picture.
  static let longest = 100

  /// Checks the name of an experiment, a sweep or a picture.
  static func check(_ name: String, _ mark: Mark, _ what: String, _ problems: SpecProblems) -> Bool
  {
    let allowed = "letters, digits, space, '.', '_' and '-'"
    if name.isEmpty {
      problems.report(mark, "\(what) has no name", ["expected \(allowed)"])
    } else if name.hasPrefix(".") {
      problems.report(mark, "the name of \(what) begins with a dot", ["expected \(allowed)"])
    } else if name.count > longest {
      problems.report(
        mark, "the name of \(what) has \(name.count) characters", ["expected at most \(longest)"])
    } else if let wrong = name.first(where: { !isAllowed($0) }) {
      problems.report(
        mark, "the name of \(what) has the character \(shown(wrong))", ["expected \(allowed)"])
    } else {
      return true
    }
    return false
  }

  private static func isAllowed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || " ._-".contains(character)
  }

  private static func shown(_ character: Character) -> String {
    let code = character.unicodeScalars.first.map { String($0.value, radix: 16) } ?? ""
    return character.isNewline || (character.unicodeScalars.first?.value ?? 0) < 0x20
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
