import ArgumentParser
import RunStorage
import Terminal
import Tracking

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write a note about a run; an empty text takes it away.",
    discussion: """
      A new note takes the place of the one before. Notes stand in `labbook runs` and `labbook show`.

      EXAMPLES:
        labbook note 3f2a "the loss rises after epoch 40: rate too high?"
        labbook note 3f2a ""
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Any unambiguous beginning of a run's id.", valueName: "run"),
    completion: .run)
  var name: String
  @Argument(help: "The note.") var text: String

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    let run = try store.run(beginning: name)
    try store.setNote(text, of: run.id)
    say(run.id.short + ": " + (text.isEmpty ? "no note" : printable(text)))
  }
}
