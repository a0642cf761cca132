import CMachine
import Foundation
import Glibc
import Synchronization
public import Tracking

/// An outside program at work behind a keeper: a small process that ends the program and everything it
/// has started, however this process ends.
public final class KeptProgram {
  /// The keeper, once it has said who it is.
  private var keeper: pid_t?
  private let life: Int32
  private let reports: Int32
  private var text = ""
  private var isReaped = false

  /// How a program ended.
  public struct Ending: Hashable, Sendable {
    /// Its exit status; `nil` where a signal ended it.
    public let exitStatus: Int32?
    /// The signal that ended it.
    public let signal: Int32?
    /// The most memory it held at a time, in bytes.
    public let peakBytes: Int
    /// Whether SIGTERM was not enough.
    public let wasKilled: Bool
    /// Processes that it left behind, which were ended.
    public let left: Int
  }

  /// What a keeper says.
  public enum Report: Sendable {
    /// The program runs.
    case running
    /// It cannot be started, with the system's reason.
    case cannotStart(String)
    /// It has ended, with all that it started.
    case ended(Ending)
    /// The keeper itself was ended; what it kept may still run.
    case lost
  }

  /// The word after the program's name that makes it the process of which keepers are forks.
  public static let keeperWord = "__keep"

  private static let nursery = Mutex(Nursery())

  /// Becomes the process of all keepers where the arguments of this process say so; to be called before anything else.
  public static func keepIfAsked() {
    guard OwnExecutable.words.dropFirst() == [keeperWord] else { return }
    exit(labbook_nurse())
  }

  /// Makes this process the parent of what keepers leave behind that were ended themselves.
  public static func adoptOrphans() { _ = labbook_adopt_orphans() }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: the path of the program that becomes the keeper: this one.
  ///   - words: the program, looked for as a shell does, and its arguments.
  ///   - folder: where it works.
  ///   - output: the file to which its output and its errors are added.
  ///   - cores: the numbers of the cores it is kept on; empty for all.
  ///   - slots: at most two descriptors that the keeper holds until nothing of the program is left.
  ///   - grace: seconds between SIGTERM and SIGKILL.
  /// - Throws: `LabbookError` with the system's reason.
  public init(
    executable: String, _ words: [String], in folder: String, environment: [String],
    output: String, grace: Double, cores: [Int] = [], slots: [Int32] = []
  ) throws(LabbookError) {
    let log = open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard log >= 0 else {
      throw .failure("'\(output)' cannot be written: \(systemReason(errno))")
    }
    defer { close(log) }
    let life = try Self.pair(labbook_sockets)
    let reports: [Int32]
    do { reports = try Self.pair(labbook_pipe) } catch {
      for end in life { close(end) }
      throw error
    }
    let cores = cores.isEmpty ? "-" : cores.map(String.init).joined(separator: ",")
    let problem = Self.nursery.withLock { nursery in
      nursery.keep(
        [String(Int(grace * 1000)), cores, folder] + words, environment, executable: executable,
        files: [life[0], log, reports[1]], held: slots)
    }
    close(life[0])
    close(reports[1])
    if let problem {
      close(life[1])
      close(reports[0])
      throw .failure("'\(words.first ?? "")' cannot be started: \(problem)")
    }
    self.life = life[1]
    self.reports = reports[0]
    _ = fcntl(self.reports, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(life)
    waitForKeeper()
    close(reports)
  }

  private static func pair(
    _ make: (UnsafeMutablePointer<Int32>?) -> Int32
  ) throws(LabbookError) -> [Int32] {
    var ends: [Int32] = [0, 0]
    let code = make(&ends)
    guard code == 0 else { throw .failure("a pipe cannot be made: \(systemReason(code))") }
    return ends
  }

  /// The memory that the program and all that it has started hold now, in bytes; what several of them
  /// share counts for each.
  public var memoryBytes: Int { keeper.map { ProcessTree.memory(below: $0) } ?? 0 }

  /// Ends the program: SIGTERM, and SIGKILL after the grace.
  public func end() {
    _ = labbook_send_byte(life, CChar(UInt8(ascii: "e")))
  }

  /// What the keeper has said; waits at most so long for it to say more.
  public func report(within seconds: Double) -> Report {
    var events = pollfd(fd: reports, events: Int16(POLLIN), revents: 0)
    poll(&events, 1, Int32(seconds * 1000))
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(reports, &bytes, bytes.count)
    if count > 0 { text += String(decoding: bytes.prefix(count), as: UTF8.self) }
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    if let words = lines.first(where: { $0.first == "began" }), words.count >= 3 {
      keeper = pid_t(words[2])
    }
    if let words = lines.first(where: { $0.first == "cannot" }), words.count == 2 {
      return .cannotStart(systemReason(Int32(words[1]) ?? 0))
    }
    if let words = lines.first(where: { $0.first == "ended" }), words.count == 5 {
      waitForKeeper()
      return .ended(Self.ending(words.dropFirst().map { Int($0) ?? 0 }))
    }
    if count == 0 {
      waitForKeeper()
      return .lost
    }
    return .running
  }

  private static func ending(_ numbers: [Int]) -> Ending {
    let status = Int32(truncatingIfNeeded: numbers[0])
    let signal = status & 0x7F
    return Ending(
      exitStatus: signal == 0 ? (status >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal,
      peakBytes: numbers[1] * 1024, wasKilled: numbers[2] != 0, left: numbers[3])
  }

  /// What the processes of the keeper's session have computed so far, those that have ended among them.
  public var cpuSeconds: Double {
    guard let keeper, let folder = opendir("/proc") else { return 0 }
    defer { closedir(folder) }
    var ticks = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard pid_t(name) != nil,
        let data = FileManager.default.contents(atPath: "/proc/\(name)/stat"),
        let end = data.lastIndex(of: UInt8(ascii: ")"))
      else { continue }
      let words = data[(end + 1)...].split(separator: UInt8(ascii: " "))
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
      guard words.count > 14, words[3] == Int(keeper) else { continue }
      ticks += words[11...14].reduce(0, +)
    }
    return Double(ticks) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Waits for the end of what the keeper says: it has ended.
  private func waitForKeeper() {
    guard !isReaped else { return }
    isReaped = true
    var bytes = [UInt8](repeating: 0, count: 512)
    while true {
      var events = pollfd(fd: reports, events: Int16(POLLIN), revents: 0)
      if poll(&events, 1, -1) < 0, errno == EINTR { continue }
      let count = read(reports, &bytes, bytes.count)
      if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { break }
    }
    // It is a child of ours only where the process above it was killed.
    guard let keeper else { return }
    var status: Int32 = 0
    while waitpid(keeper, &status, 0) < 0, errno == EINTR {}
  }
}
