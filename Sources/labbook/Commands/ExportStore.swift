import ArgumentParser
import RunStorage

struct ExportStore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Copy the store whole with the files of its runs, also while it is written.",
    discussion: """
      The copy is the store at one moment. What is being trained at that moment is interrupted in the \
      copy, and goes on from its checkpoint there.

      EXAMPLES:
        labbook export store --out copy.sqlite
      """)

  @OptionGroup var store: StoreOptions
  @Option(
    name: .customLong("out"), help: ArgumentHelp("The file to write.", valueName: "file"),
    completion: .file())
  var output: String

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    try store.copy(to: output)
    StandardOutput.tell(output)
  }
}
