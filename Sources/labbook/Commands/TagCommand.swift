import ArgumentParser
import RunStorage
import Terminal
import Tracking

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Mark a run with a tag, or take one from it.",
    discussion: """
      Tags stand in `labbook runs` and `labbook show`, and find runs again.

      EXAMPLES:
        labbook tag 3f2a baseline
        labbook tag 3f2a baseline --remove
        labbook runs --where "tag = 'baseline'"
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Argument(help: "A word or a few.") var tag: String
  @Flag(help: "Take the tag away.") var remove = false

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    let run = try store.run(beginning: name)
    if remove { try store.untag(run.id, tag) } else { try store.tag(run.id, tag) }
    let tags = try store.run(run.id)?.tags ?? []
    say(run.id.short + ": " + (tags.isEmpty ? "no tags" : tags.joined(separator: ", ")))
  }
}
