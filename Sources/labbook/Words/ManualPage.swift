import ArgumentParser
import Foundation
import Tracking

/// One command as the argument parser describes it: what its manual page is made of.
struct CommandDescription: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      /// The name as it is typed.
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// The names as they are typed, the shortest first.
    var typedNames: [String] {
      (names ?? []).sorted { $0.name.count < $1.name.count }.map(\.typed)
    }

    /// What stands for the value; empty for a flag.
    var shownValue: String { kind == "flag" ? "" : valueName ?? "value" }

    /// What it is, which values it may have, and what it is without one.
    var sentence: String {
      var text = abstract ?? ""
      if let values = allValues, !values.isEmpty, !values.allSatisfy(text.contains) {
        text += " One of " + values.joined(separator: ", ") + "."
      }
      if isRepeating, kind == "option", !text.contains("again") { text += " May be given again." }
      if let standard = defaultValue, kind != "flag" { text += " (default: \(standard))" }
      return text
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let subcommands: [CommandDescription]?
  let arguments: [Argument]?
  let shouldDisplay: Bool

  /// The command and all below it, each with the words that call it.
  func all(after words: [String] = []) -> [(words: [String], command: CommandDescription)] {
    let own = words + [commandName]
    let below = (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    return [(own, self)] + below.flatMap { $0.all(after: own) }
  }
}

/// A manual page in the macros of man(7), section 1.
struct ManualPage {
  /// The words that call the command: `labbook`, `run`.
  let words: [String]
  let command: CommandDescription

  /// A page for the tool and one for each of its commands.
  static func all(of root: any ParsableCommand.Type) throws -> [ManualPage] {
    struct Description: Decodable { let command: CommandDescription }
    let description = try JSONDecoder()
      .decode(Description.self, from: Data(root._dumpHelp().utf8))
    return description.command.all().map { ManualPage(words: $0.words, command: $0.command) }
  }

  /// The name of the page's file: `labbook-run.1`.
  var fileName: String { words.joined(separator: "-") + ".1" }

  /// The page's text.
  var text: String {
    let title = words.joined(separator: "-")
    let source = "Labbook " + labbookVersion
    let book = "Labbook"
    var parts = [
      ".TH \(quoted(title.uppercased())) 1 \"\" \(quoted(source)) \(quoted(book))",
      ".SH NAME", "\(escaped(title)) \\- \(escaped(headline))",
      ".SH SYNOPSIS", synopsis,
    ]
    let (description, examples) = discussion
    if !description.isEmpty { parts += [".SH DESCRIPTION", description] }
    if !positionals.isEmpty { parts += [".SH ARGUMENTS"] + positionals.map(entry) }
    if !options.isEmpty { parts += [".SH OPTIONS"] + options.map(entry) }
    if !commands.isEmpty { parts += [".SH COMMANDS"] + commands.map(entry) }
    if !examples.isEmpty { parts += [".SH EXAMPLES", ".nf", examples, ".fi"] }
    for (heading, entries) in surroundings {
      parts.append(".SH " + heading)
      parts += entries.map {
        [".TP", "\\fB\(escaped($0.name))\\fR", escapedLine($0.text)].joined(separator: "\n")
      }
    }
    parts += [".SH EXIT STATUS", Self.statuses, ".SH SEE ALSO", seeAlso]
    return parts.joined(separator: "\n") + "\n"
  }

  static let statuses =
    "0 where the work is done, 1 where it failed, 2 where the input is wrong, 130 where it was interrupted."

  /// The commands below it.
  var commands: [CommandDescription] {
    (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// What the command is for, without the full stop of a sentence.
  var headline: String {
    let text = command.abstract ?? ""
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  private var shown: [CommandDescription.Argument] {
    (command.arguments ?? []).filter(\.shouldDisplay)
  }
  var positionals: [CommandDescription.Argument] {
    shown.filter { $0.kind == "positional" }
  }
  var options: [CommandDescription.Argument] { shown.filter { $0.kind != "positional" } }

  private var synopsis: String {
    let name = ".B " + escaped(words.joined(separator: " "))
    let hasCommands = command.subcommands?.isEmpty == false
    let arguments = positionals.map { argument in
      let value = "\\fI\(escaped(argument.valueName ?? "value"))\\fR"
      let more = argument.isRepeating ? value + " ..." : value
      return argument.isOptional ? "[\(more)]" : more
    }
    return [
      name,
      ([hasCommands ? "\\fIcommand\\fR" : ""] + ["[options]"] + arguments)
        .filter { !$0.isEmpty }.joined(separator: " "),
    ].joined(separator: "\n")
  }

  /// How the command is called, in one line: its words, what it must have, `[options]`.
  var usage: String {
    let needed = options.filter { !$0.isOptional && $0.kind == "option" }
      .map { "\($0.names?.last?.typed ?? "") \(($0.valueName ?? "value").uppercased())" }
    let arguments = positionals.map { argument in
      let value = (argument.valueName ?? "value").uppercased()
      let more = argument.isRepeating ? value + "..." : value
      return argument.isOptional ? "[\(more)]" : more
    }
    let commands = command.subcommands?.isEmpty == false ? ["COMMAND"] : []
    return (words + commands + arguments + needed + ["[options]"]).joined(separator: " ")
  }

  /// The prose of the help, and its examples.
  private var discussion: (prose: String, examples: String) {
    let halves = (command.discussion ?? "").components(separatedBy: "EXAMPLES:\n")
    let prose = halves[0].split(separator: "\n\n", omittingEmptySubsequences: true)
      .map { paragraph in
        // Indented lines stand as they are.
        let lines = paragraph.split(separator: "\n")
        let isVerbatim = lines.contains { $0.hasPrefix("  ") }
        let text = lines.map { escapedLine(String($0)) }.joined(separator: "\n")
        return isVerbatim ? ".nf\n\(text)\n.fi" : text
      }
    let examples = halves.dropFirst().joined().split(separator: "\n")
      .map { escapedLine(String($0)) }
    return (prose.joined(separator: "\n.PP\n"), examples.joined(separator: "\n"))
  }

  private func entry(_ argument: CommandDescription.Argument) -> String {
    let value = argument.shownValue
    let names = argument.typedNames.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
    let head = [names, value.isEmpty ? "" : "\\fI\(escaped(value))\\fR"]
      .filter { !$0.isEmpty }.joined(separator: " ")
    let text = argument.sentence
    return [".TP", head, escapedLine(text.isEmpty ? head : text)].joined(separator: "\n")
  }

  private func entry(_ command: CommandDescription) -> String {
    let name = (words + [command.commandName]).joined(separator: "-")
    return [".TP", "\\fB\(escaped(name))\\fR(1)", escapedLine(command.abstract ?? "")]
      .joined(separator: "\n")
  }

  private var seeAlso: String {
    parent.map { "\\fB\(escaped($0))\\fR(1)" } ?? "gnuplot(1)"
  }

  /// The page of the command above it.
  var parent: String? { words.count > 1 ? words.dropLast().joined(separator: "-") : nil }
}

/// A text within a line of roff.
private func escaped(_ text: String) -> String {
  text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    .replacing("`", with: "\\(ga").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
}

/// A whole line of roff, never taken for a request.
private func escapedLine(_ text: String) -> String {
  let line = escaped(text)
  return line.hasPrefix(".") ? "\\&" + line : line
}

/// An argument of a request.
private func quoted(_ text: String) -> String {
  "\"" + escaped(text).replacing("\"", with: "\\(dq") + "\""
}
