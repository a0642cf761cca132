import Machine
import Tracking

/// The commit of the folder a run was started in, and whether files differ from it.
package struct GitState: Hashable, Sendable {
  package let commit: String
  package let isDirty: Bool

  /// Asks git; `nil` where there is no git, no repository or no commit.
  ///
  /// - Throws: `LabbookError` where git does not answer.
  static func current() throws(LabbookError) -> GitState? {
    guard OutsideProgram.find("git") != nil else { return nil }
    let answer = try OutsideProgram.ask(
      "git",
      [
        // No program of the repository's own is started.
        "-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch",
        "--untracked-files=no", "--ignore-submodules",
      ],
      adding: ["GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"],
      seconds: Double(OutsideProgram.patience(usual: 10)), bytes: 64 << 20)
    return answer.status == 0 ? GitState(porcelain: answer.text) : nil
  }

  /// Reads `git status --porcelain=v2 --branch`.
  package init?(porcelain: String) {
    let lines = porcelain.split(separator: "\n")
    let mark = "# branch.oid "
    guard let line = lines.first(where: { $0.hasPrefix(mark) }) else { return nil }
    let name = line.dropFirst(mark.count)
    guard name != "(initial)" else { return nil }
    commit = String(name)
    isDirty = lines.contains { !$0.hasPrefix("#") }
  }
}
