import ArgumentParser
import Datasets
import Experiments
import FileLanguage
import Foundation
import RunStorage
import Runs
import Sweeps
import Tracking

/// An experiment that may run, with its plan.
struct LoadedExperiment {
  let experiment: Experiment
  let growing: GrowingPlan
  /// What is known of the plan.
  var plan: RunPlan { growing.plan }

  /// The sweeps of its notebook, those among them whose runs the store has.
  var sweepNames: [String] { plan.sweeps.map(\.name) + experiment.stored.map(\.name) }

  /// Lets the plan grow as far as the results of a store allow.
  func grow(from store: RunStore?) throws {
    if let store { try growing.grow(StoreResults(store)) }
  }
}

/// Reads and plans experiment files; everything that is wrong in any of them is said at once.
struct ExperimentLoader {
  /// The data of all files, read once.
  let library: DataLibrary
  private let store: String

  /// Reads what was decoded beside a store; nothing is written there before the library is told so.
  init(beside store: String = StoreOptions.standardPath) {
    library = DataLibrary(beside: store)
    self.store = store
  }

  /// What plans have to know of files, with the edits that the store's users have accepted.
  var facts: PlanFacts {
    PlanFacts(
      library: library,
      accepted: { [store] in
        guard FileManager.default.fileExists(atPath: store) else { return AcceptedEdits() }
        let store = try RunStore(at: store, .existing)
        defer { store.close() }
        return try store.acceptedEdits()
      })
  }

  /// Reads files in order.
  ///
  /// - Throws: exit status 2 after the errors were written to standard error.
  func load(_ files: [String], overrides: [String] = []) throws -> [LoadedExperiment] {
    guard files.count(where: { $0 == FileText.standardInput }) < 2 else {
      throw LabbookError.input("standard input, '-', can be read once only")
    }
    if let twice = files.first(where: { file in files.count { $0 == file } > 1 }) {
      throw LabbookError.input("\(twice) is named twice", hint: "name each file once")
    }
    var loaded: [LoadedExperiment] = []
    var errors: [String] = []
    for file in files {
      do {
        let experiment = try Experiment.read(file, overrides: overrides, library: library)
        let plan = try GrowingPlan(experiment, facts: facts)
        if let twin = loaded.first(where: { $0.experiment.name == experiment.name }) {
          let other = twin.experiment.file
          errors.append(
            Self.place(other) == Self.place(file)
              ? "error: \(other) and \(file) are the same file; name it once"
              : "error: \(other) and \(file) are both the experiment '\(experiment.name)'; give one of "
                + "them another name with 'experiment:'")
        }
        loaded.append(LoadedExperiment(experiment: experiment, growing: plan))
      } catch let diagnostics as Diagnostics {
        errors += diagnostics.list.map(\.description)
      } catch {
        errors.append("\(file): error: \(error)")
      }
    }
    guard errors.isEmpty else {
      let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
      StandardError.write(errors.joined(separator: "\n") + "\n\(count); nothing was run\n")
      throw ExitCode(2)
    }
    return loaded
  }

  /// The path of a file itself, however it was spelled and whatever links lead to it.
  private static func place(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}

extension DataLibrary {
  /// A library of what was decoded beside a store.
  convenience init(beside store: String) {
    let real = (try? OutputFile.behindLinks(store)) ?? store
    self.init(decoded: DecodedFolder(real + ".images"))
  }
}
