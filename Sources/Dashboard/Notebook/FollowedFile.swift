import Datasets
import Experiments
import FileLanguage
import Foundation
import RunStorage
import Runs
import Sweeps
import Tracking

/// An experiment file as it was read last: what it asks for, or all that is wrong with it.
///
/// It is used by the thread that follows the file.
final class FollowedFile {
  /// The path as the user gave it.
  let path: String
  private let store: RunStore
  private var library: DataLibrary
  private var bytes: [String: Data?] = [:]

  /// A file that is right.
  final class Right {
    let experiment: Experiment
    let growing: GrowingPlan
    let library: DataLibrary
    let facts: PlanFacts

    init(
      _ experiment: Experiment, _ growing: GrowingPlan, _ library: DataLibrary, _ facts: PlanFacts
    ) {
      (self.experiment, self.growing) = (experiment, growing)
      (self.library, self.facts) = (library, facts)
    }

    /// What a training of it is known by: where this is the same, nothing else is to be trained.
    var work: WorkIdentity {
      WorkIdentity(
        experiment: experiment.name, title: experiment.title, tags: experiment.tags,
        hashes: growing.hashes, keptEpochs: growing.plan.keptEpochs)
    }

    /// The keys of the runs that are known.
    var keys: [String] { Array(Set(growing.plan.sweeps.flatMap { $0.runs.map(\.key) })).sorted() }
  }

  /// What came of reading.
  enum Reading {
    /// It holds what it held before.
    case same
    case right(Right)
    case wrong(FileProblems)
  }

  init(_ path: String, _ store: RunStore) {
    (self.path, self.store) = (path, store)
    library = DataLibrary()
  }

  /// Reads the file where it, or one that it is based on, holds something else than before.
  ///
  /// - Parameter changed: files that have changed; where one of them is not a text of the experiment, data is
  ///   read anew too.
  func read(changed: Set<String>) -> Reading {
    let files = Experiment.files(ofFile: path)
    let now = Dictionary(files.map { ($0, FileManager.default.contents(atPath: $0)) }) { a, _ in a }
    let isOnlyText = changed.isSubset(of: Set(files).union(bytes.keys))
    if isOnlyText, now == bytes { return .same }
    bytes = now
    if !isOnlyText { library = DataLibrary() }
    do {
      let experiment = try Experiment.read(path, library: library)
      let facts = PlanFacts(library: library) { [store] in try store.acceptedEdits() }
      let growing = try GrowingPlan(experiment, facts: facts)
      return .right(Right(experiment, growing, library, facts))
    } catch { return .wrong(FileProblems(error, file: path)) }
  }

  /// The files that are worth watching: those of the text, and what a right file reads beside them.
  func watched(_ right: Right?) -> Set<String> {
    var files = Set(bytes.keys).union([path])
    for sweep in right?.growing.plan.sweeps ?? [] {
      for configuration in sweep.configurations.prefix(1000) {
        files.formUnion(configuration.configuration.filesRead)
      }
    }
    return files
  }
}

/// What tells the work that a file asks for from that of another text of it.
struct WorkIdentity: Hashable, Sendable {
  let experiment: String
  let title: String?
  let tags: [String]
  let hashes: [String: String]
  let keptEpochs: Set<Int>
}

/// What is wrong with a file, at once.
struct FileProblems: Sendable {
  /// Errors with their places.
  let list: [Diagnostic]
  /// What has no place.
  let others: [String]

  init(_ error: any Error, file: String) {
    switch error {
    case let diagnostics as Diagnostics: (list, others) = (diagnostics.list, [])
    case let diagnostic as Diagnostic: (list, others) = ([diagnostic], [])
    default: (list, others) = ([], ["\(file): error: \(error)"])
    }
  }

  var count: Int { list.count + others.count }
}
