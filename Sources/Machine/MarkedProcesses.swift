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
    let first = find(lines)
    guard !first.isEmpty else { return 0 }
    for process in first { kill(process, SIGTERM) }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(grace)
    // Nobody waits for ever for a process that the kernel does not let go of.
    let last = deadline + .seconds(10)
    while clock.now < last {
      let left = find(lines)
      if left.isEmpty { break }
      if clock.now >= deadline { for process in left { kill(process, SIGKILL) } }
      usleep(20_000)
    }
    return first.count
  }

  /// The living processes, but this one, whose environment has all these lines.
  static func find(_ lines: [String]) -> [pid_t] {
    let wanted = Set(lines)
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), process != getpid(),
        let data = FileManager.default.contents(atPath: "/proc/\(name)/environ"), !data.isEmpty
      else { continue }
      let variables = Set(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
      guard wanted.isSubset(of: variables) else { continue }
      // One that we have to ask about, as its parent is gone.
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) != process { found.append(process) }
    }
    return found
  }
}
