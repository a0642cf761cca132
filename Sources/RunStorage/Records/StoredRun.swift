public import Runs
public import Tracking

/// A run of the store as a value: all that decides its numbers, and what its files held.
public struct StoredRun: Sendable {
  /// The run's name.
  public let run: RunID
  /// Its key when it was made.
  public let key: String
  /// What it is; the paths of its files are where they lie now.
  public let configuration: RunConfiguration
  /// What the files that it read held; `nil` for a run of 0.1.0, which did not keep it.
  public let files: FileFingerprints?
  /// The folder it was written for, from which its paths were meant; `nil` where that is not known.
  public let folder: String?

  /// Compares what its files hold now with what they held.
  ///
  /// - Parameter fingerprints: what they hold now.
  /// - Returns: what they hold.
  /// - Throws: `LabbookError` that names both fingerprints where they differ; of a run that kept none
  ///   both keys. What `fingerprints` throws.
  @discardableResult
  public func checkFiles(
    _ fingerprints: (RunConfiguration) throws -> FileFingerprints
  ) throws -> FileFingerprints {
    let now = try fingerprints(configuration)
    guard let files else {
      let keyNow = RunKey.run(configuration, now)
      guard keyNow != key else { return now }
      throw LabbookError.failure(
        "run \(run.short) was trained on other data, or with other numerics, than are here now: "
          + "its key is \(key), and it would be \(keyNow)" + fingerprintNow(now),
        hint: hint)
    }
    if files.data != now.data {
      throw LabbookError.failure(
        "the data of run \(run.short) has changed: its bytes had the fingerprint "
          + "\(Self.named(files.data)), now \(Self.named(now.data))",
        hint: hint)
    }
    if files.initialWeights != now.initialWeights {
      throw LabbookError.failure(
        "the initial weights of run \(run.short) have changed: their file had the fingerprint "
          + "\(Self.named(files.initialWeights)), now \(Self.named(now.initialWeights))",
        hint: hint)
    }
    try checkProgram(files.program, now.program)
    return now
  }

  private func checkProgram(
    _ before: [String: String]?, _ now: [String: String]?
  ) throws(LabbookError) {
    guard let before else { return }
    for path in Set(before.keys).union(now?.keys ?? [:].keys).sorted()
    where before[path] != now?[path] {
      throw LabbookError.failure(
        "the file '\(path)' of run \(run.short) has changed: it had the fingerprint "
          + "\(Self.named(before[path])), now \(Self.named(now?[path]))",
        hint: "bring the old file back, or run the experiment again with the new one")
    }
  }

  private var hint: String { "bring the old file back, or train anew on the new one" }

  private func fingerprintNow(_ now: FileFingerprints) -> String {
    now.data.isEmpty ? "" : "; the data's fingerprint is \(now.data)"
  }

  private static func named(_ fingerprint: String?) -> String {
    fingerprint.map { $0.isEmpty ? "none" : $0 } ?? "none"
  }
}
