import ArgumentParser
import Cluster
import Foundation
import RunStorage
import Runner
import Terminal
import Tracking

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in what the tasks of a plan have written, or the runs of another store.",
    discussion: """
      A plan's folder alone is enough: its experiment, its sweeps and their runs are made where the store \
      lacks them, and runs that have a result stay as they are. A folder of several plans is taken in \
      whole. What has not ended is brought in as far as it is; the same command goes on later.

      Of another store those runs come that have a result and whose key is missing here, with their points, \
      files, tags and notes; their times are those of the import. Runs that were logged through MLflow stay there.

      EXAMPLES:
        labbook import labbook.sqlite.runs/plans
        labbook import plans/20261129-201500-3f2a9c1d --db rebuilt.sqlite
        labbook import ../colleague/labbook.sqlite
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("The folder of a plan, or of several, or a store.", valueName: "path"),
    completion: .file())
  var path: String

  func run() throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      return try importStore()
    }
    let folders = try plans()
    let store = try store.openOrCreate()
    defer { store.close() }
    var failed = false
    for folder in folders {
      let importing = try PlanImport(folder)
      let report = try SweepRunner(store, importing.executor).run(
        importing.sweeps, experiment: importing.plan.experiment, title: importing.plan.title)
      let names = importing.plan.sweeps.map(\.sweep).joined(separator: ", ")
      say(
        "\(importing.plan.id): \(importing.plan.experiment) (\(names)): \(report.trained) of "
          + "\(Quantity.count(report.total, "run")) taken in, \(report.reused) were there")
      for damage in importing.damages { StandardError.write("note: \(damage)\n") }
      for failure in report.failures {
        StandardError.write("failed: \(failure.label): \(failure.message)\n")
      }
      failed = failed || report.exitStatus == 1
    }
    if failed { throw ExitCode(1) }
  }

  private func importStore() throws {
    let other = try RunStore(at: path, .existing)
    defer { other.close() }
    let store = try store.openOrCreate()
    defer { store.close() }
    let importing = StoreImport(other)
    var (taken, known, failed) = (0, 0, false)
    for experiment in try importing.experiments() {
      let report = try SweepRunner(store, importing.executor).run(
        try importing.sweeps(of: experiment), experiment: experiment)
      taken += report.trained
      known += report.reused
      for why in report.hindrances + report.failures.map(\.message) {
        StandardError.write("failed: \(why)\n")
      }
      failed = failed || report.exitStatus == 1
    }
    try importing.bringRemarks(to: store)
    say("\(Quantity.count(taken, "run")) taken in from \(path), \(known) were there")
    if importing.leftOut > 0 {
      StandardError.write(
        "note: \(importing.leftOut) runs of labbook 0.1.0 kept no configuration and are left out: "
          + "'labbook run' of their file goes on with that store\n")
    }
    let logged = importing.loggedLeftOut
    if logged > 0 {
      StandardError.write(
        "note: \(Quantity.count(logged, "run")) that \(logged == 1 ? "was" : "were") logged through MLflow "
          + "\(logged == 1 ? "is" : "are") left out, for of such runs a store has neither network nor command: "
          + "they stay in \(path), and 'labbook runs --db' and 'labbook export store --db' take them from there\n"
      )
    }
    if failed { throw ExitCode(1) }
  }

  private func plans() throws -> [PlanFolder] {
    if FileManager.default.fileExists(atPath: path + "/plan.json") {
      return [try PlanFolder(existing: path)]
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let folders = try names.sorted().filter {
      !$0.hasPrefix(".") && FileManager.default.fileExists(atPath: "\(path)/\($0)/plan.json")
    }.map { try PlanFolder(existing: path + "/" + $0) }
    guard !folders.isEmpty else {
      throw LabbookError.input(
        "'\(path)' is neither the folder of a plan nor of several",
        hint: "a plan's folder has a plan.json")
    }
    return folders
  }
}
