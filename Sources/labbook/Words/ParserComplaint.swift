import ArgumentParser
import Foundation
import Terminal
import Tracking

/// What is wrong with the words that were typed, said in the way of all errors of `labbook`.
///
/// The parser's own text begins "Error:", names no command and prints a usage of any length.
struct ParserComplaint {
  /// The tool itself.
  let root: any ParsableCommand.Type
  /// The words after `labbook`.
  let arguments: [String]
  /// What the parser says, without its usage.
  let message: String

  /// The lines to print.
  var text: String {
    let (words, type) = command
    let name = words.dropFirst().joined(separator: " ")
    var lines: [String]
    if let word = unknownCommand(type) {
      let whole = (words.dropFirst() + [word]).joined(separator: " ")
      lines = ["error: there is no command '\(printable(whole))'" + hint(word, type)]
    } else {
      lines = ["error: " + (name.isEmpty ? "" : name + ": ") + complaint]
    }
    lines.append(usage(words, type))
    lines.append("  \(words.joined(separator: " ")) --help explains it")
    return lines.joined(separator: "\n")
  }

  /// The command that the words name, as far as they name one.
  private var command: (words: [String], type: any ParsableCommand.Type) {
    var words = ["labbook"]
    var type: any ParsableCommand.Type = root
    for argument in arguments {
      let next = type.configuration.subcommands.first {
        $0.configuration.commandName == argument
      }
      guard let next else { break }
      words.append(argument)
      type = next
    }
    return (words, type)
  }

  /// The word that stands where a command is wanted, and is none.
  private func unknownCommand(_ type: any ParsableCommand.Type) -> String? {
    let word = arguments.dropFirst(command.words.count - 1).first
    guard !type.configuration.subcommands.isEmpty, let word, !word.hasPrefix("-") else {
      return nil
    }
    return word
  }

  /// The parser's sentence, in our voice: no capital at its start, one line a remark.
  private var complaint: String {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    var first = lines.first ?? ""
    if first.hasPrefix("Error: ") { first.removeFirst("Error: ".count) }
    first = Self.lowered(first)
    if let option = unknownOption(first), let ours = HabitWords.options[option] {
      first = "unknown option '\(option)': \(ours)"
    }
    return ([first] + lines.dropFirst().filter { !$0.isEmpty }.map { "  " + $0 })
      .joined(separator: "\n")
  }

  private func unknownOption(_ sentence: String) -> String? {
    guard sentence.lowercased().hasPrefix("unknown option '") else { return nil }
    return sentence.split(separator: "'").dropFirst().first.map(String.init)
  }

  /// A sentence that begins small, unless its first word is an option, a name or all capitals.
  private static func lowered(_ text: String) -> String {
    let second = text.dropFirst().first
    guard let first = text.first, first.isUppercase, second?.isLowercase == true else {
      return text
    }
    return first.lowercased() + text.dropFirst()
  }

  private func hint(_ word: String, _ type: any ParsableCommand.Type) -> String {
    let names = type.configuration.subcommands.map { $0.configuration.commandName ?? "" }
    let near = nearestName(to: word, among: names).map { "; did you mean '\($0)'?" } ?? ""
    guard type == root else { return near }
    if let ours = HabitWords.commands[word.lowercased()] { return "; that is `\(ours)` here" }
    if word.hasSuffix(".yaml") || word.hasSuffix(".yml") {
      return "; a file is run by `labbook run \(printable(word))`"
    }
    return near
  }

  /// How the command is called: what it must have, not all that it may have.
  private func usage(_ words: [String], _ type: any ParsableCommand.Type) -> String {
    let pages = (try? ManualPage.all(of: root)) ?? []
    let page = pages.first { $0.words == words }
    guard type != root, let page else { return "  usage: labbook COMMAND ..." }
    return "  usage: " + page.usage
  }
}
