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
      trains is not removed, and none of those named beside it. A run that another experiment or sweep \
      has too stays, unless --everywhere says otherwise. Of a run that --fresh had replaced, the latest \
      becomes the current one again.

      EXAMPLES:
        labbook rm 3f2a
        labbook rm 3f2a 9c41 07bd
        labbook rm --sweep main --former --dry-run
        labbook rm $(labbook runs --where "tag = 'wrong'" --format csv | tail -n +2 | cut -d, -f1)
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("Runs, each by a beginning of its id.", valueName: "run"),
    completion: .run)
  var names: [String] = []
  @Option(help: "All runs of this sweep.", completion: .sweep) var sweep: String?
  @Option(
    help: "The experiment of the sweep, where several have one of its name.",
    completion: .experimentName)
  var experiment: String?
  @Flag(help: "Of the sweep only the runs that its file no longer asks for.") var former = false
  @Flag(help: "Also runs that another experiment or sweep has.") var everywhere = false
  @Flag(help: "Only say what would be removed.") var dryRun = false

  func validate() throws {
    if names.isEmpty == (sweep == nil) { throw ValidationError("Name runs, or one --sweep.") }
    if former, sweep == nil { throw ValidationError("--former needs --sweep.") }
  }

  func run() throws {
    let store = try store.openExisting()
    defer { store.close() }
    let plan = try plan(store)
    if plan.removed.isEmpty, sweep == nil, let kept = plan.kept.first {
      let count = plan.kept.count
      let all = count == 1 ? "" : " each of the \(count) runs is in several sweeps;"
      throw LabbookError.input(
        "nothing was removed:\(all) run \(kept.run.id.short) is in \(Self.list(kept.sweeps))",
        hint: "--everywhere removes \(count == 1 ? "it" : "them") all the same; "
          + "rm --sweep NAME removes a sweep, and leaves to others what they share with it")
    }
    let removal = dryRun ? nil : try store.remove(plan)
    let verb = dryRun ? "would remove" : "removed"
    for run in plan.removed {
      say(
        "\(verb) \(run.id.short)  \(run.sweep)  "
          + "\(run.status.rawValue), seed \(run.seed)")
    }
    for (run, sweeps) in plan.kept {
      let others = Self.list(sweeps)
      if let sweep = plan.sweep {
        let verb = dryRun ? "would take" : "took"
        say("\(verb) \(run.id.short) out of \(sweep); it stays in \(others)")
      } else {
        say("kept \(run.id.short), which is in \(others)")
      }
    }
    let count =
      "\(Quantity.count(plan.removed.count)) \(plan.removed.count == 1 ? "run" : "runs")"
    if !plan.removed.isEmpty, store.runsFolderIsLink {
      StandardError.write(
        "note: \(printable(store.runsFolder)) is a link, and what it leads to was left alone\n")
    }
    guard let removal else { return say("\(count); nothing was removed") }
    say(
      "\(count): \(Quantity.bytes(Double(removal.fileBytes))) of files, and \(store.path) is "
        + "\(Quantity.bytes(Double(removal.storeBytes))) shorter")
  }

  private func plan(_ store: RunStore) throws -> RemovalPlan {
    if let sweep {
      return try store.removal(
        of: store.sweep(named: sweep, of: experiment), formerOnly: former,
        everywhere: everywhere)
    }
    var seen: Set<RunID> = []
    let runs = try names.map { try store.run(beginning: $0) }
      .filter { seen.insert($0.id).inserted }
    return try store.removal(of: runs, everywhere: everywhere)
  }

  private static func list(_ sweeps: [SweepName]) -> String {
    guard let last = sweeps.last else { return "no sweep" }
    let others = sweeps.dropLast().map(\.description).joined(separator: ", ")
    return others.isEmpty ? last.description : "\(others) and \(last)"
  }
}
