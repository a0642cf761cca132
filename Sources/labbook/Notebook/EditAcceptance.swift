import Experiments
import Foundation
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// `run --accept FILE`: runs that were made before an edit of a program's file count as made since.
struct EditAcceptance {
  let store: RunStore

  /// Notes the edits of some files, and says what they are.
  ///
  /// - Throws: `LabbookError` for a file that is none of the programs', or has not been edited.
  func accept(_ files: [String], of loaded: [LoadedExperiment]) throws {
    for file in files { try accept(file, of: loaded) }
  }

  private func accept(_ file: String, of loaded: [LoadedExperiment]) throws {
    let wanted = absolute(file)
    var names: Set<String> = []
    var edits: [AcceptedEdits.Edit] = []
    let known = try store.acceptedEdits()
    for item in loaded {
      var seen: Set<String> = []
      for (run, _) in item.plan.runs {
        guard case .program(let program) = run.configuration.body, let now = run.files.program
        else { continue }
        for (path, contents) in now where seen.insert(path).inserted {
          names.insert(path)
          guard absolute(program.path(of: path)) == wanted else { continue }
          if let edit = try edit(path, contents, in: item.experiment.name, known) {
            edits.append(edit)
          }
        }
      }
    }
    guard !edits.isEmpty else {
      if names.contains(where: { PathText($0).name == PathText(file).name }) {
        throw LabbookError.input(
          "--accept \(file): no stored run was made with other contents of it, so there is nothing to "
            + "accept")
      }
      let near = nearestName(to: file, among: names.sorted())
      throw LabbookError.input(
        "--accept \(file): it is not among the files that are in the key",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "these are: " + names.sorted().prefix(8).joined(separator: ", "))
    }
    try store.accept(edits)
    for edit in edits {
      say(
        edit.countsAs.isEmpty
          ? "accepted: \(printable(edit.path)) changes no number; runs made without it count"
          : "accepted: the edit of \(printable(edit.path)) changes no number; runs made before it count"
      )
    }
  }

  /// The edit that leads from what the newest runs were made with to what a file holds now.
  private func edit(
    _ path: String, _ contents: String, in experiment: String, _ known: AcceptedEdits
  ) throws -> AcceptedEdits.Edit? {
    let stored = try store.contents(ofFile: path, in: experiment)
    guard let before = stored.first(where: { $0 != contents }) else {
      // A file that the program did not have before.
      guard stored.isEmpty, try store.hasProgramRuns(of: experiment) else { return nil }
      return AcceptedEdits.Edit(path: path, contents: contents, countsAs: "")
    }
    let meaning = known.meaning(of: before, at: path) ?? before
    if meaning == contents { return nil }
    return AcceptedEdits.Edit(path: path, contents: contents, countsAs: meaning)
  }

  private func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
