import ArgumentParser
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal

struct ExperimentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments",
    abstract: "List the experiments and sweeps of the store.",
    discussion: """
      EXAMPLES:
        labbook experiments
        labbook experiments --format json
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let table = sweepTable(try store.openExisting().sweeps())
    // What nobody uses takes no room; programs find the same columns everywhere.
    try format.print(format.format == .table ? table.withoutEmptyColumn("tags") : table)
  }
}
