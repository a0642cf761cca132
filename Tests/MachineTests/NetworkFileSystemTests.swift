import Foundation
import Machine
import Testing

/// What `statfs` says.
@Suite struct NetworkFileSystemTests {
  /// The numbers as Linux's `linux/magic.h` and the projects' own headers have them.
  @Test(arguments: [
    (0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB"), (0x0BD0_0BD0, "Lustre"),
    (0x4750_4653, "GPFS"), (0x1983_0326, "BeeGFS"), (0x6573_5546, "FUSE"), (0x0102_1997, "9p"),
    (0x00C3_6400, "CephFS"), (0x5346_414F, "AFS"),
  ])
  func thoseOfSeveralMachines(_ kind: Int, _ name: String) {
    #expect(NetworkFileSystem(kind: UInt32(kind))?.name == name)
  }

  /// ext4, tmpfs, xfs, btrfs, overlay, zfs.
  @Test(arguments: [0xEF53, 0x0102_1994, 0x5846_5342, 0x9123_683E, 0x794C_7630, 0x2FC1_2FC1])
  func thoseOfOneMachine(_ kind: Int) {
    #expect(NetworkFileSystem(kind: UInt32(kind)) == nil)
  }

  @Test func aFolderThatIsNotThereIsNone() {
    #expect(NetworkFileSystem(of: "/nowhere/at/all") == nil)
    #expect(NetworkFileSystem(of: "/proc") == nil)
  }

  @Test func aStartIsNotAnother() {
    let monday = HostIdentity(name: "a", boot: "1", machine: "m")
    let tuesday = HostIdentity(name: "a", boot: "2", machine: "m")
    #expect(tuesday.isLaterStart(of: monday) && !monday.shares(with: tuesday))
    // One that says nothing of itself, and one of the same name.
    #expect(
      !HostIdentity(name: "a", boot: "2", machine: "")
        .isLaterStart(of: HostIdentity(name: "a", boot: "1", machine: "")))
    #expect(!HostIdentity(name: "a", boot: "2", machine: "n").isLaterStart(of: monday))
    let here = HostIdentity.current
    #expect(!here.name.isEmpty && here.shares(with: HostIdentity.current))
  }

  /// A session began before the process that looks at it, and not before the system.
  @Test func theSessionIsYoungerThanTheSystem() throws {
    let uptime = try #require(
      try String(contentsOfFile: "/proc/uptime", encoding: .utf8).split(separator: " ").first
        .flatMap { Double($0) })
    #expect(SessionAge.seconds > 0 && SessionAge.seconds < uptime)
  }
}
