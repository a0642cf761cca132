import Foundation

/// The commit of the folder a run was started in, and whether files differ from it.
package struct GitState: Hashable, Sendable {
  package let commit: String
  package let isDirty: Bool

  /// Asks git, without a shell; `nil` where there is no git, no repository or no commit.
  static func current() -> GitState? {
    guard let git = executable() else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: git)
    process.arguments = [
      "-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch",
      "--untracked-files=no", "--ignore-submodules",
    ]
    process.environment = ProcessInfo.processInfo.environment
      .merging(["GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return GitState(porcelain: String(decoding: data, as: UTF8.self))
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

  private static func executable() -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { $0 + "/git" }
      .first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
  }
}
