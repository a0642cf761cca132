import Foundation
import Machine
public import Tracking

/// The files that git tracks around a program, as they were when a run was made and as they are now.
public struct TrackedFiles: Hashable, Sendable {
  /// The commit.
  public let commit: String
  /// SHA-256 of every tracked file that differs from the commit, by its path from the top of the
  /// repository; empty for one that is gone.
  public let changed: [String: String]
  /// How they differ, as git writes it; cut where it is long.
  public let diff: String

  /// The rows of `run_environment` that keep it.
  public static let changedKey = "git_changed"
  /// The row that holds the differences.
  public static let diffKey = "git_diff"

  private static let mostDiff = 256 << 10

  /// Asks git; `nil` where there is no git, no repository or no commit.
  ///
  /// - Throws: `LabbookError` where git does not answer.
  public static func current(in folder: String) throws(LabbookError) -> TrackedFiles? {
    guard let commit = try ask(folder, ["rev-parse", "--verify", "HEAD"]),
      let top = try top(of: folder), let names = try names(folder, since: "HEAD")
    else { return nil }
    var diff = names.isEmpty ? "" : try ask(folder, differing + ["HEAD"]) ?? ""
    if diff.utf8.count > mostDiff {
      diff = String(decoding: diff.utf8.prefix(mostDiff), as: UTF8.self) + "\n... cut\n"
    }
    return TrackedFiles(
      commit: commit.trimmingCharacters(in: .whitespacesAndNewlines),
      changed: names.reduce(into: [:]) { $0[$1] = digest(top + "/" + $1) }, diff: diff)
  }

  /// What is stored with runs.
  public var values: [String: String] {
    var values = ["git_commit": commit, "git_dirty": changed.isEmpty ? "false" : "true"]
    if !changed.isEmpty {
      let pairs = changed.sorted { $0.key < $1.key }
        .map { ParameterValue.json($0.key) + ":" + ParameterValue.json($0.value) }
      values[Self.changedKey] = "{" + pairs.joined(separator: ",") + "}"
      values[Self.diffKey] = diff
    }
    return values
  }

  /// The absolute paths of the tracked files that hold something else than when runs were made; `nil` where
  /// that cannot be told.
  ///
  /// - Parameter values: what was stored with the runs.
  /// - Throws: `LabbookError` where git does not answer.
  public static func changed(
    since values: [String: String], in folder: String
  ) throws(LabbookError) -> [String]? {
    guard let commit = values["git_commit"], commit.allSatisfy(\.isHexDigit), !commit.isEmpty,
      let top = try top(of: folder), let names = try names(folder, since: commit)
    else { return nil }
    let text = values[changedKey] ?? "{}"
    let before =
      (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
    return Set(names).union(before.keys).sorted()
      .filter { name in before[name].map { $0 != digest(top + "/" + name) } ?? true }
      .map { top + "/" + $0 }
  }

  /// No program of the repository's own is started, nor is anything written.
  private static let differing = [
    "diff", "--no-ext-diff", "--no-textconv", "--no-renames",
    "--no-color", "--ignore-submodules",
  ]

  private static func names(
    _ folder: String, since commit: String
  ) throws(LabbookError) -> [String]? {
    try ask(folder, differing + ["--name-only", "-z", commit, "--"])
      .map { $0.split(separator: "\0").map(String.init) }
  }

  private static func top(of folder: String) throws(LabbookError) -> String? {
    guard let text = try ask(folder, ["rev-parse", "--show-toplevel"]) else { return nil }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// `nil` where there is no git, or it says no.
  private static func ask(
    _ folder: String, _ words: [String]
  ) throws(LabbookError) -> String? {
    guard OutsideProgram.find("git") != nil else { return nil }
    let answer = try OutsideProgram.ask(
      "git", ["-C", folder.isEmpty ? "." : folder, "-c", "core.fsmonitor=false"] + words,
      adding: ["GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"],
      seconds: Double(OutsideProgram.patience(usual: 10)), bytes: 64 << 20)
    return answer.status == 0 ? answer.text : nil
  }

  private static func digest(_ path: String) -> String {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    else { return "" }
    var digest = SHA256Digest()
    digest.update(data)
    return digest.hex()
  }
}
