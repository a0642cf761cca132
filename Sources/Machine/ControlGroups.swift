import Foundation

/// The control groups of Linux that this process is in, of version 1 and 2, as far as they limit memory.
struct ControlGroups {
  /// The folder in which `proc` and `sys` lie.
  let root: String

  /// A group that limits memory, in bytes.
  struct Memory: Hashable {
    let limit: Int
    /// What its processes hold; pages of files that can be dropped at once do not count.
    let used: Int
  }

  /// Every limit on memory: that of the group of this process and those of the groups around it.
  func memory() -> [Memory] {
    mounts().flatMap { mount in
      folders(mount).compactMap { memory(in: $0, version: mount.version) }
    }
  }

  private struct Mount {
    let version: Int
    /// The group that stands at `point`.
    let group: String
    let point: String
  }

  /// Where the groups that limit memory can be seen.
  private func mounts() -> [Mount] {
    lines("/proc/self/mountinfo").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let dash = words.firstIndex(of: "-"), dash >= 5, dash + 3 < words.count else {
        return nil
      }
      switch words[dash + 1] {
      case "cgroup2": return Mount(version: 2, group: words[3], point: words[4])
      case "cgroup" where words[dash + 3].split(separator: ",").contains("memory"):
        return Mount(version: 1, group: words[3], point: words[4])
      default: return nil
      }
    }
  }

  /// The folders of our group and of those around it, as far as they can be seen.
  private func folders(_ mount: Mount) -> [String] {
    var names: [Substring] = []
    if let own = ownGroup(mount.version), isWithin(own, mount.group) {
      names = own.dropFirst(mount.group == "/" ? 0 : mount.group.count).split(separator: "/")
    }
    return (0...names.count).map { count in
      ([mount.point] + names.prefix(count).map(String.init)).joined(separator: "/")
    }
  }

  private func isWithin(_ group: String, _ outer: String) -> Bool {
    outer == "/" || group == outer || group.hasPrefix(outer + "/")
  }

  /// The path of our group: of version 2, or of the controller of memory.
  private func ownGroup(_ version: Int) -> String? {
    for line in lines("/proc/self/cgroup") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isMemory = parts[1].split(separator: ",").contains("memory")
      if version == 2 ? parts[0] == "0" && parts[1].isEmpty : isMemory { return String(parts[2]) }
    }
    return nil
  }

  private func memory(in folder: String, version: Int) -> Memory? {
    let names =
      version == 2
      ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes")
    // "max", and of version 1 a number beyond any machine, are no limit.
    guard let limit = number(folder + "/" + names.0), limit < 1 << 60 else { return nil }
    let used = number(folder + "/" + names.1) ?? 0
    return Memory(limit: limit, used: max(0, used - filePages(folder, version)))
  }

  private func filePages(_ folder: String, _ version: Int) -> Int {
    let names =
      version == 2
      ? ["inactive_file", "active_file"] : ["total_inactive_file", "total_active_file"]
    return lines(folder + "/memory.stat").reduce(0) { sum, line in
      let words = line.split(separator: " ")
      guard words.count == 2, names.contains(String(words[0])) else { return sum }
      return sum + (Int(words[1]) ?? 0)
    }
  }

  private func number(_ path: String) -> Int? { lines(path).first.flatMap { Int($0) } }

  private func lines(_ path: String) -> [Substring] {
    guard let text = try? String(contentsOfFile: root + path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n")
  }
}
