import CMachine

/// A file system that other machines may write to at the same time.
///
/// Memory that processes share through its files is shared on one machine alone, and locks may hold on one
/// machine alone. What a program of the user's own keeps (FUSE) may be either, and counts as shared.
public struct NetworkFileSystem: Hashable, Sendable {
  /// What people call it: `NFS`.
  public let name: String

  /// The network file system in which a file or folder lies; `nil` where it is a local one, or nobody
  /// knows.
  public init?(of path: String) {
    guard let kind = UInt32(exactly: labbook_file_system_kind(path)) else { return nil }
    self.init(kind: kind)
  }

  /// The network file system of a number that `statfs` gives; `nil` where it is a local one's.
  public init?(kind: UInt32) {
    guard let name = Self.names[kind] else { return nil }
    self.name = name
  }

  /// The numbers of Linux (`statfs(2)`, and the headers of those that are not part of it).
  private static let names: [UInt32: String] = [
    0x0000_6969: "NFS", 0x0000_517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB",
    0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS", 0x1983_0326: "BeeGFS", 0x6573_5546: "FUSE",
    0x0102_1997: "9p", 0x00C3_6400: "CephFS", 0x5346_414F: "AFS", 0x6B41_4653: "AFS",
    0x7375_7245: "Coda", 0xAAD7_AAEA: "PanFS", 0x0116_1970: "GFS2", 0x7461_636F: "OCFS2",
    0x0000_564C: "NCP", 0x786F_4256: "a shared folder of VirtualBox",
    0xBACB_ACBC: "a shared folder of VMware", 0x7C7C_6673: "a shared folder of Parallels",
    0xBEEF_DEAD: "StorNext", 0x6163_6673: "ACFS",
  ]
}
