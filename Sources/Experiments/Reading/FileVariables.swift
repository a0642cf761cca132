import FileLanguage
import Foundation

/// Puts the values of environment variables where a file writes `${NAME}` in a value.
///
/// What people read and what things are called stays as the file has it: there, and in what is handed to a
/// program as its environment, a variable is an error. The words of a `command` are left alone: braces are
/// parameters there.
struct FileVariables {
  private let problems: SpecProblems
  private let environment: [String: String]

  init(
    _ problems: SpecProblems,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.problems = problems
    self.environment = environment
  }

  /// The tree of a file with its variables' values.
  func replaced(_ root: SpecNode) -> SpecNode {
    guard case .mapping(let entries) = root.content, Self.hasVariable(root) else { return root }
    let replaced = entries.map { entry in
      let value: SpecNode
      switch entry.key {
      case "notebook": value = notebook(entry.value)
      case "where": value = refused(entry.value, .expression)
      case "base", "data", "models", "model", "train", "objective", "figures", "over", "with",
        "variants", "seeds", "strategy", "stop", "from":
        value = values(entry.value, at: [entry.key])
      default: value = refused(entry.value, entry.key == "title" ? .text : .name)
      }
      return named(entry, value)
    }
    return SpecNode(.mapping(replaced), root.mark)
  }

  /// Where a variable may not stand.
  private enum Place {
    /// What people read; `${x}` is mathematics there more often than a variable.
    case text
    /// What something is called.
    case name
    /// What is compared, letter by letter.
    case expression
    /// What a program gets as its environment.
    case environment
  }

  // MARK: The parts of a file

  private func notebook(_ node: SpecNode) -> SpecNode {
    guard let items = node.items else { return refused(node, .text) }
    let cells = items.map { cell -> SpecNode in
      guard case .mapping(let entries) = cell.content else { return refused(cell, .text) }
      let isSweep = cell["sweep"] != nil
      return SpecNode(
        .mapping(
          entries.map { entry in
            guard isSweep else { return named(entry, refused(entry.value, .text)) }
            switch entry.key {
            case "sweep": return named(entry, refused(entry.value, .name))
            case "where": return named(entry, refused(entry.value, .expression))
            default: return named(entry, values(entry.value, at: [entry.key]))
            }
          }), cell.mark)
    }
    return SpecNode(.list(cells), node.mark)
  }

  private func values(_ node: SpecNode, at path: [String]) -> SpecNode {
    if Self.isEnvironment(path) { return refused(node, .environment) }
    if path.last == "command" || path.last == "train.command" { return node }
    switch node.content {
    case .scalar(let text, let isPlain):
      guard let replaced = replaced(text, node.mark) else { return node }
      return SpecNode(.scalar(replaced, isPlain: isPlain), node.mark)
    case .number: return node
    case .list(let items): return SpecNode(.list(items.map { values($0, at: path) }), node.mark)
    case .mapping(let entries):
      return SpecNode(
        .mapping(entries.map { named($0, values($0.value, at: path + [$0.key])) }), node.mark)
    }
  }

  /// Whether a path leads to `train.env`, however a sweep writes it, and not to a parameter of that name.
  private static func isEnvironment(_ path: [String]) -> Bool {
    let keys = path.joined(separator: ".").split(separator: ".")
    return keys.contains("env") && !keys.contains("params") && path.first != "data"
      && path.first != "models"
  }

  /// An entry with another value; a variable in its key is reported.
  private func named(_ entry: SpecNode.Entry, _ value: SpecNode) -> SpecNode.Entry {
    report(Self.variables(in: entry.key), entry.keyMark, .name)
    return SpecNode.Entry(entry.key, entry.keyMark, value)
  }

  /// The node as it is; every variable in it is reported.
  private func refused(_ node: SpecNode, _ place: Place) -> SpecNode {
    switch node.content {
    case .scalar(let text, _): report(Self.variables(in: text), node.mark, place)
    case .number: break
    case .list(let items): for item in items { _ = refused(item, place) }
    case .mapping(let entries):
      for entry in entries {
        report(Self.variables(in: entry.key), entry.keyMark, .name)
        _ = refused(entry.value, place)
      }
    }
    return node
  }

  private func report(_ names: [Substring], _ mark: Mark, _ place: Place) {
    let meant = place == .text ? names.filter(Self.isShouted) : names
    guard let name = meant.first else { return }
    let (what, way) =
      switch place {
      case .text:
        ("in what people read", "a text is the same for everybody who runs the file: write it out")
      case .expression: ("in an expression", "write the value itself")
      case .name: ("in a name", "names are the same for everybody who runs the file")
      case .environment:
        ("in 'env', which is stored", "pass_env: [\(name)] hands it on and stores nothing")
      }
    problems.report(mark, "an environment variable, ${\(name)}, cannot stand \(what)", [way])
  }

  // MARK: Variables

  /// A text with the values of its variables; `nil` where it has none, or one that is not set, which is
  /// reported.
  private func replaced(_ text: String, _ mark: Mark) -> String? {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return nil }
    var result = ""
    var rest = text[...]
    var isWhole = true
    while let next = Self.next(in: rest) {
      result += next.before
      rest = next.after
      guard let name = next.name else {
        result += next.letters
        continue
      }
      if let value = environment[String(name)] {
        result += value
      } else {
        isWhole = false
        problems.reportUnknown(
          mark, "the environment variable \(name) is not set",
          [
            "set it, as in: \(name)=VALUE labbook check FILE",
            "or write $${\(name)} for the letters",
          ])
      }
    }
    return isWhole ? result + rest : nil
  }

  private static func variables(in text: String) -> [Substring] {
    var found: [Substring] = []
    var rest = text[...]
    while let next = next(in: rest) {
      if let name = next.name { found.append(name) }
      rest = next.after
    }
    return found
  }

  private static func hasVariable(_ node: SpecNode) -> Bool {
    switch node.content {
    case .scalar(let text, _): next(in: text[...]) != nil
    case .number: false
    case .list(let items): items.contains(where: hasVariable)
    case .mapping(let entries):
      entries.contains { next(in: $0.key[...]) != nil || hasVariable($0.value) }
    }
  }

  private static func isShouted(_ name: Substring) -> Bool {
    name.utf8.count > 1 && name.utf8.allSatisfy { !(0x61...0x7A).contains($0) }
  }

  /// The first `${NAME}` of a text, or `$${NAME}`, which has no name and stands for the letters
  /// `${NAME}`; `nil` where there is none.
  private static func next(
    in text: Substring
  ) -> (before: Substring, name: Substring?, letters: String, after: Substring)? {
    var start = text.startIndex
    while let dollar = text[start...].firstIndex(of: "$") {
      let isEscaped = text[dollar...].hasPrefix("$${")
      let open = text.index(dollar, offsetBy: isEscaped ? 2 : 1)
      if open < text.endIndex, text[open] == "{" {
        let name = text[text.index(after: open)...].prefix { character in
          character.isASCII && (character.isLetter || character.isNumber || character == "_")
        }
        if let first = name.first, !first.isNumber, name.endIndex < text.endIndex,
          text[name.endIndex] == "}"
        {
          return (
            text[..<dollar], isEscaped ? nil : name, "${\(name)}",
            text[text.index(after: name.endIndex)...]
          )
        }
      }
      start = text.index(after: dollar)
    }
    return nil
  }
}
