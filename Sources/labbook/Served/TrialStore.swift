import Foundation
import RunStorage
import Runs
import Tracking

/// A store for the time of a trial: programs that log to MLflow find their runs in it.
final class TrialStore {
  /// What the experiment of all trials is called.
  static let experiment = "trial"

  private let folder: String
  private let store: RunStore
  /// Held, so that the server sees the runs at work.
  private var claims: [RunClaim] = []

  /// Makes the store.
  init() throws {
    folder = NSTemporaryDirectory() + "/labbook-trial-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = try RunStore(
      at: folder + "/labbook.sqlite", .create, runsFolder: folder + "/labbook.sqlite.runs")
  }

  /// The store's path.
  var path: String { store.path }

  /// Adds a run whose own files lie at a path.
  func add(_ request: RunRequest, at path: String) throws -> RunID {
    let runs = try store.register(
      [("main", [request])], experiment: Self.experiment, fresh: true)
    guard let run = runs.first?.first?.id, case .claimed(let claim) = try store.claim(run) else {
      throw LabbookError.failure("the trial's own store takes no run")
    }
    claims.append(claim)
    try FileManager.default.createDirectory(
      atPath: store.folder(of: run), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: store.programFolder(of: run), withDestinationPath: path)
    return run
  }

  /// Removes it.
  func close() {
    claims = []
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }
}
