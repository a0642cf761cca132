import Foundation
import Terminal

extension ManualPage {
  /// The page as a person reads it on a terminal: what `man` makes of the macros.
  func plain(_ style: TextStyle) -> String {
    let form = PlainForm(style)
    let halves = (command.discussion ?? "").components(separatedBy: "EXAMPLES:\n")
    let examples = halves.dropFirst().joined().split(separator: "\n")
      .map { form.inner + $0.drop { $0 == " " } }
    var sections = [
      form.section("NAME", form.prose(words.joined(separator: "-") + " - " + headline)),
      form.section("SYNOPSIS", form.prose(usage)),
      form.section("DESCRIPTION", form.prose(halves[0])),
      form.section("ARGUMENTS", form.list(positionals.map { ($0.shownValue, $0.sentence) })),
      form.section("OPTIONS", form.list(options.map { ($0.head, $0.sentence) })),
      form.section(
        "COMMANDS",
        form.list(
          commands.map {
            ((words + [$0.commandName]).joined(separator: " "), $0.abstract ?? "")
          })),
      form.section("EXAMPLES", examples),
    ]
    sections += surroundings.map { form.section($0.heading, form.list($0.entries)) }
    sections.append(form.section("EXIT STATUS", form.prose(Self.statuses)))
    sections.append(form.section("SEE ALSO", form.prose((parent ?? "gnuplot") + "(1)")))
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// How far in the parts of a page stand, and how wide they are.
private struct PlainForm {
  let style: TextStyle
  let width: Int
  /// Before text, and before what stands below an option.
  let inner: String
  let deeper: String

  init(_ style: TextStyle) {
    self.style = style
    width = min(100, style.room?.columns ?? 80)
    (inner, deeper) = width < 60 ? ("  ", "    ") : ("       ", "              ")
  }

  /// A heading with its lines; nothing where there are none.
  func section(_ title: String, _ lines: [String]) -> String {
    if lines.isEmpty { return "" }
    return style.strong(title) + "\n" + lines.map { flowed($0, within: width) + "\n" }.joined()
  }

  func prose(_ text: String) -> [String] {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    if text.isEmpty { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : inner + $0 }
  }

  func list(_ entries: [(name: String, text: String)]) -> [String] {
    entries.flatMap { entry in
      [inner + style.strong(entry.name)] + (entry.text.isEmpty ? [] : [deeper + entry.text])
    }
  }
}

extension CommandDescription.Argument {
  /// `-o, --out file`.
  fileprivate var head: String {
    let names = typedNames.joined(separator: ", ")
    return shownValue.isEmpty ? names : names + " " + shownValue
  }
}
