import CMachine
import Foundation

/// How much memory this process may take, and who says so.
public struct MemoryRoom: Hashable, Sendable {
  /// Bytes that it may yet take.
  public let bytes: Int
  /// Who allows no more.
  public let holder: Holder

  /// Who allows no more memory.
  public enum Holder: Hashable, Sendable {
    /// The machine has no more.
    case machine
    /// A control group, as containers and clusters use; of so many bytes.
    case container(limit: Int)
    /// `ulimit -v` of this process; of so many bytes.
    case process(limit: Int)
  }

  /// Makes the room of a number of bytes.
  public init(bytes: Int, _ holder: Holder) {
    self.bytes = bytes
    self.holder = holder
  }

  /// The least that the machine, this process's control groups and its own limit allow.
  ///
  /// - Parameter root: the folder in which `proc` and `sys` lie; another one in tests.
  public static func current(root: String = "") -> MemoryRoom {
    let machine = MemoryRoom(
      bytes: Int(clamping: ProcessInfo.processInfo.physicalMemory), .machine)
    let groups = ControlGroups(root: root).memory().map { group in
      MemoryRoom(bytes: max(0, group.limit - group.used), .container(limit: group.limit))
    }
    return (groups + ofProcess(root)).reduce(machine) { $1.bytes < $0.bytes ? $1 : $0 }
  }

  /// What `ulimit -v` leaves of this process's addresses.
  private static func ofProcess(_ root: String) -> [MemoryRoom] {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < UInt(Int.max),
      let text = try? String(contentsOfFile: root + "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").first.flatMap({ Int($0) })
    else { return [] }
    let most = Int(limit.rlim_cur)
    return [MemoryRoom(bytes: max(0, most - pages * Int(getpagesize())), .process(limit: most))]
  }

  /// Keeps malloc from taking addresses for each thread where `ulimit -v` limits them: with the last of
  /// them taken, a thread's stack or a small value finds none, which ends the process.
  ///
  /// It is called before there is a second thread.
  public static func spareAddresses() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < UInt(Int.max)
    else { return }
    labbook_share_arena()
  }

  /// A clause that says how much there is: `this machine has 16 GB`.
  public var words: String {
    switch holder {
    case .machine: "this machine has \(Self.text(bytes))"
    case .container(let limit):
      "this container may use \(Self.text(limit)), of which \(Self.text(bytes)) are free"
    case .process(let limit):
      "this process may use \(Self.text(limit)), of which \(Self.text(bytes)) are free"
    }
  }

  /// How to get more, as a clause; empty where only another machine has more.
  public var way: String {
    switch holder {
    case .machine: ""
    case .container: "raise the container's limit of memory"
    case .process: "raise ulimit -v"
    }
  }

  /// A number of bytes for people: `1.3 GB`, `52 MB`.
  public static func text(_ bytes: Int) -> String {
    let (size, unit) = bytes < 100_000_000 ? (1e6, "MB") : (1e9, "GB")
    return String(format: "%g", (Double(bytes) / size * 10).rounded() / 10) + " " + unit
  }
}
