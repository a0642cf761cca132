import ArgumentParser
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal
import Tracking

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Remove runs from the store, with their files, and give the space back.",
    discussion: """
      What is removed is gone: the next `labbook run` trains it again. A run that a living process \
      trains is not removed, and none of those named beside it. Of a run that --fresh had replaced, the \
      latest becomes the current one again.

      EXAMPLES:
        labbook rm 3f2a
        labbook rm 3f2a 9c41 07bd
        labbook rm $(labbook runs --where "tag = 'wrong'" --format csv | tail -n +2 | cut -d, -f1)
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Runs, each by a beginning of its id.", valueName: "run"))
  var names: [String]

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    var seen: Set<RunID> = []
    let runs = try names.map { try store.run(beginning: $0) }.filter { seen.insert($0.id).inserted }
    let removal = try store.remove(runs.map(\.id))
    for run in runs {
      print(
        "removed \(run.id.short)  \(printable(run.sweep.description))  "
          + "\(run.status.rawValue), seed \(run.seed)")
    }
    print(
      "\(Quantity.count(runs.count)) \(runs.count == 1 ? "run" : "runs"): "
        + "\(Quantity.bytes(Double(removal.fileBytes))) of files, and \(store.path) is "
        + "\(Quantity.bytes(Double(removal.storeBytes))) shorter")
  }
}
