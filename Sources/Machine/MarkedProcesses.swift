import Foundation
import Glibc

/// Processes that carry a variable in their environment, by which those of a run are found whose keeper
/// was ended.
public enum MarkedProcesses {
  /// Ends every process whose environment has all these lines, `NAME=VALUE`: SIGTERM, and SIGKILL after
  /// the grace.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public static func end(_ lines: [String], grace: Double) -> Int {
    end(grace: grace) { processes { $0.isSuperset(of: lines) } }
  }

  /// Ends every process whose environment has a line that begins so, where no keeper stands above it.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public static func endOrphans(_ beginning: String, grace: Double) -> Int {
    end(grace: grace) {
      processes { $0.contains { $0.hasPrefix(beginning) } }.filter { !isKept($0) }
    }
  }

  private static func end(grace: Double, _ find: () -> [pid_t]) -> Int {
    let first = find()
    guard !first.isEmpty else { return 0 }
    for process in first { kill(process, SIGTERM) }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(grace)
    // Nobody waits for ever for a process that the kernel does not let go of.
    let last = deadline + .seconds(10)
    while clock.now < last {
      let left = find()
      if left.isEmpty { break }
      if clock.now >= deadline { for process in left { kill(process, SIGKILL) } }
      usleep(20_000)
    }
    return first.count
  }

  /// The living processes, but this one, whose environment is a wanted one.
  private static func processes(
    _ isWanted: (Set<String>) -> Bool
  ) -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    let mark = Data("LABBOOK_RUN".utf8)
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), process != getpid(),
        let data = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
        data.range(of: mark) != nil,
        isWanted(Set(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }))
      else { continue }
      // One that we have to ask about, as its parent is gone.
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) != process { found.append(process) }
    }
    return found
  }

  /// Whether a keeper stands somewhere above a process.
  private static func isKept(_ process: pid_t) -> Bool {
    var process = process
    for _ in 0..<1000 {
      guard let status = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
        let end = status.lastIndex(of: UInt8(ascii: ")"))
      else { return false }
      let words = status[(end + 1)...].split(separator: UInt8(ascii: " "))
      guard words.count > 1, let parent = pid_t(String(decoding: words[1], as: UTF8.self)),
        parent > 1
      else { return false }
      let line = FileManager.default.contents(atPath: "/proc/\(parent)/cmdline") ?? Data()
      let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      if arguments.count == 2, arguments[1] == KeptProgram.keeperWord { return true }
      process = parent
    }
    return false
  }
}
