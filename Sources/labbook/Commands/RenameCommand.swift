import ArgumentParser
import Experiments
import Foundation
import RunStorage
import Tracking

struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give an experiment of the store another name.",
    discussion: """
      Its runs keep their ids, keys and numbers. Write the new name into the file too \
      (experiment: NEW), or call the file so: a file that still says the old name asks for the same \
      runs under the old one. Figures and pages under plots/ stay where they are; the next \
      `labbook run` or `labbook plot` draws them under the new name.

      EXAMPLES:
        labbook rename spiral spiral-2d
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("The experiment's name.", valueName: "old")) var old: String
  @Argument(help: ArgumentHelp("Its new name.", valueName: "new")) var new: String

  func run() throws {
    if let fault = Names.fault(of: new) {
      throw LabbookError.input(
        "'\(new)' cannot be an experiment's name: it \(fault.found)",
        hint: "expected \(fault.expected)")
    }
    let store = try store.openExisting()
    defer { store.close() }
    try store.checkNames(experiment: old, sweep: nil)
    try store.renameExperiment(old, to: new)
    say("\(old) is \(new) now; write experiment: \(new) into its file")
  }
}
