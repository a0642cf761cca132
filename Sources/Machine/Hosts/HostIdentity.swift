import Foundation

/// Which machine this is, and since which start.
public struct HostIdentity: Hashable, Codable, Sendable {
  /// What people call it.
  public let name: String
  /// The start of the system: processes with the same one share the locks of a file.
  public let boot: String
  /// What stays the same over starts; empty where the machine does not say.
  public let machine: String

  /// Makes an identity of its parts.
  public init(name: String, boot: String, machine: String) {
    self.name = name
    self.boot = boot
    self.machine = machine
  }

  /// This machine.
  public static let current = HostIdentity(
    name: ProcessInfo.processInfo.hostName, boot: line("/proc/sys/kernel/random/boot_id"),
    machine: line("/etc/machine-id"))

  /// Whether processes of both share the locks of a file.
  public func shares(with other: HostIdentity) -> Bool {
    boot.isEmpty ? self == other : boot == other.boot
  }

  /// Whether the other is this machine before its last start, so that no process of it is left.
  public func isLaterStart(of other: HostIdentity) -> Bool {
    name == other.name && machine == other.machine && !machine.isEmpty && !boot.isEmpty
      && boot != other.boot
  }

  private static func line(_ path: String) -> String {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
