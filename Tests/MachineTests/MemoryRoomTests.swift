import Foundation
import Machine
import Testing

/// What Linux says of control groups, in a folder of our own.
final class FakeSystem {
  let root: String

  init(_ files: [String: String]) throws {
    root = FileManager.default.temporaryDirectory.path + "/labbook-" + UUID().uuidString
    for (path, text) in files {
      let url = URL(fileURLWithPath: root + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }
}

struct MemoryRoomTests {
  private static let mount2 =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"

  private func room(_ files: [String: String]) throws -> MemoryRoom {
    let system = try FakeSystem(files)
    return withExtendedLifetime(system) { MemoryRoom.current(root: system.root) }
  }

  @Test func withoutGroupsTheMachineIsTheLimit() throws {
    let room = try room([:])
    #expect(room.holder == .machine && room.bytes == Int(ProcessInfo.processInfo.physicalMemory))
  }

  @Test func aGroupOfVersion2CountsWithWhatItHolds() throws {
    let group = "/sys/fs/cgroup/app.slice"
    let room = try room([
      "/proc/self/mountinfo": Self.mount2, "/proc/self/cgroup": "0::/app.slice\n",
      "\(group)/memory.max": "100000000\n", "\(group)/memory.current": "60000000\n",
      // 25 MB are pages of files.
      "\(group)/memory.stat": "anon 35000000\ninactive_file 20000000\nactive_file 5000000\n",
    ])
    #expect(room == MemoryRoom(bytes: 65_000_000, .container(limit: 100_000_000)))
  }

  @Test func theGroupsAroundItCountToo() throws {
    let room = try room([
      "/proc/self/mountinfo": Self.mount2, "/proc/self/cgroup": "0::/a/b/c\n",
      "/sys/fs/cgroup/a/b/c/memory.max": "max\n",
      "/sys/fs/cgroup/a/b/memory.max": "50000000\n",
      "/sys/fs/cgroup/a/b/memory.current": "10000000\n",
      "/sys/fs/cgroup/a/memory.max": "900000000\n",
    ])
    #expect(room == MemoryRoom(bytes: 40_000_000, .container(limit: 50_000_000)))
  }

  /// As in a container: the group's own folder is the root of what is mounted.
  @Test func aContainerOfVersion1IsSeen() throws {
    let room = try room([
      "/proc/self/mountinfo":
        "36 35 0:30 /docker/f00 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
        + "37 35 0:31 /docker/f00 /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu,cpuacct\n",
      "/proc/self/cgroup": "9:memory:/docker/f00\n8:cpu,cpuacct:/docker/f00\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "200000000\n",
      "/sys/fs/cgroup/memory/memory.usage_in_bytes": "150000000\n",
      "/sys/fs/cgroup/memory/memory.stat": "cache 1\ntotal_inactive_file 30000000\n",
    ])
    #expect(room == MemoryRoom(bytes: 80_000_000, .container(limit: 200_000_000)))
  }

  @Test func noLimitOfVersion1IsAGreatNumber() throws {
    let room = try room([
      "/proc/self/mountinfo": "36 35 0:30 / /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
      "/proc/self/cgroup": "9:memory:/\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    ])
    #expect(room.holder == .machine)
  }

  /// A group that this process sees only from outside: what is mounted counts.
  @Test func aGroupOutsideOfWhatIsMountedIsNotLookedFor() throws {
    let room = try room([
      "/proc/self/mountinfo": Self.mount2.replacingOccurrences(of: " / /sys", with: " /pod /sys"),
      "/proc/self/cgroup": "0::/../other\n", "/sys/fs/cgroup/memory.max": "70000000\n",
      "/sys/fs/cgroup/memory.current": "80000000\n",
    ])
    #expect(room == MemoryRoom(bytes: 0, .container(limit: 70_000_000)))
  }

  @Test func itIsSaidWithSizes() {
    #expect(MemoryRoom(bytes: 8_000_000_000, .machine).words == "this machine has 8 GB")
    #expect(
      MemoryRoom(bytes: 65_000_000, .container(limit: 1_250_000_000)).words
        == "this container may use 1.3 GB, of which 65 MB are free")
    #expect(
      MemoryRoom(bytes: 1, .process(limit: 500_000_000)).words
        == "this process may use 0.5 GB, of which 0 MB are free")
  }
}
