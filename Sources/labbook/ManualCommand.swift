import ArgumentParser
import Foundation
import Terminal
import Tracking

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write the manual pages, one a command.",
    discussion: """
      Made from the same words as --help. Without --out the page of one command is shown on a \
      terminal; in a pipe or file it is what man reads.

      EXAMPLES:
        labbook manual run
        labbook manual run | man -l -
        labbook manual --out /usr/local/share/man/man1
      """)

  @Argument(help: ArgumentHelp("The command.", valueName: "command"))
  var command: [String] = []
  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write all pages into this folder.", valueName: "dir"),
    completion: .directory
  )
  var output: String?

  func validate() throws {
    if output != nil, !command.isEmpty {
      throw ValidationError("--out writes all pages; leave the command out.")
    }
  }

  func run() throws {
    let pages = try ManualPage.all(of: Labbook.self)
    if let output { return try write(pages, into: output) }
    let words = ["labbook"] + command
    guard let page = pages.first(where: { $0.words == words }) else {
      let names = pages.map { $0.words.dropFirst().joined(separator: " ") }
      let near = nearestName(to: command.joined(separator: " "), among: names)
      throw LabbookError.input(
        "there is no command '\(command.joined(separator: " "))'",
        hint: near.map { "did you mean '\($0)'?" } ?? "labbook --help lists them")
    }
    show(page)
  }

  /// A person reads the page, a program is given its macros.
  private func show(_ page: ManualPage) {
    let style = TextStyle.standardOutput
    guard isatty(STDOUT_FILENO) == 1 else { return print(page.text, terminator: "") }
    let text = page.plain(style)
    if !Pager.show(text, in: style.room) { print(text, terminator: "") }
  }

  private func write(_ pages: [ManualPage], into folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw LabbookError.input(
        "the folder \(folder) cannot be made: \(fileReason(error))",
        hint: "name one you may write to")
    }
    for page in pages {
      try OutputFile.write(Data(page.text.utf8), to: folder + "/" + page.fileName)
    }
  }
}
