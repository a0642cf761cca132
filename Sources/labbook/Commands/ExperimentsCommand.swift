import ArgumentParser
import Interchange
import Pages
import Pictures
import Results
import RunStorage

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
    format.print(sweepTable(try store.openExisting().sweeps()))
  }
}
