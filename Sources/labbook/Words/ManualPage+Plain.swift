import Foundation
import Terminal

extension ManualPage {
  /// The page as a person reads it on a terminal: what `man` makes of the macros.
  func plain(_ style: TextStyle) -> String {
    let width = min(100, style.room?.columns ?? 80)
    let (inner, deeper) = width < 60 ? ("  ", "    ") : ("       ", "              ")
    func section(_ title: String, _ lines: [String]) -> String {
      if lines.isEmpty { return "" }
      return style.strong(title) + "\n"
        + lines.map { $0.isEmpty ? "\n" : flowed($0, within: width) + "\n" }.joined()
    }
    func within(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : inner + $0 }
    }
    func list(_ entries: [(head: String, text: String)]) -> [String] {
      entries.flatMap { entry in
        [inner + style.strong(entry.head)] + (entry.text.isEmpty ? [] : [deeper + entry.text])
      }
    }
    let halves = (command.discussion ?? "").components(separatedBy: "EXAMPLES:\n")
    let prose = halves[0].withoutLastBreaks
    let examples = halves.dropFirst().joined().split(separator: "\n")
      .map { inner + $0.drop { $0 == " " } }
    let sections = [
      section("NAME", within(words.joined(separator: "-") + " - " + (command.abstract ?? ""))),
      section("SYNOPSIS", within(usage)),
      section("DESCRIPTION", prose.isEmpty ? [] : within(prose)),
      section("ARGUMENTS", list(positionals.map { ($0.shownValue, $0.sentence) })),
      section("OPTIONS", list(options.map { ($0.head, $0.sentence) })),
      section(
        "COMMANDS",
        list(
          commands.map {
            ((words + [$0.commandName]).joined(separator: " "), $0.abstract ?? "")
          })),
      section("EXAMPLES", examples),
      section("EXIT STATUS", within(Self.statuses)),
      section("SEE ALSO", within(parent.map { $0 + "(1)" } ?? "gnuplot(1)")),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

extension CommandDescription.Argument {
  /// `-o, --out file`.
  fileprivate var head: String {
    let names = typedNames.joined(separator: ", ")
    return shownValue.isEmpty ? names : names + " " + shownValue
  }
}

extension String {
  fileprivate var withoutLastBreaks: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
