import FileLanguage
import Runs

/// Reads what `--set PATH=VALUE` says on the command line.
struct OverrideReader {
  let problems: SpecProblems
  let tree: FileTree

  /// What is written over the file, in order.
  func substitutions(_ texts: [String]) -> [SweepSpec.Substitution] {
    var seen: [SettingPath: String] = [:]
    return texts.compactMap { text in
      guard let substitution = substitution(text) else { return nil }
      if let first = seen.updateValue(text, forKey: substitution.path) {
        problems.report(
          substitution.keyMark, "'\(substitution.written)' is set twice",
          ["the other is --set \(first)"])
      }
      return substitution
    }
  }

  private func substitution(_ text: String) -> SweepSpec.Substitution? {
    let name = "--set " + text
    guard let equals = text.firstIndex(of: "=") else {
      let source = SpecSource(name: name, folder: "", kind: .argument, text: text)
      problems.report(
        Mark(source, line: 1, column: 1, width: text.count), "a '=' is missing",
        ["expected PATH=VALUE, such as --set train.lr=0.01"])
      return nil
    }
    let path = String(text[..<equals])
    let source = SpecSource(
      name: name, folder: "", kind: .argument, offset: path.count + 1, text: text)
    let mark = Mark(source, line: 1, column: 1, width: path.count)
    guard let target = tree.paths(problems).path(path, at: mark),
      let argument = SetArgument(text, path: path, problems)
    else { return nil }
    return SweepSpec.Substitution(target, argument.value, keyMark: argument.mark, written: path)
  }
}
