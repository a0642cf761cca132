public import FileLanguage
import Foundation

/// What Slurm is asked for, as a file or the user's own file says it.
public struct SlurmSettings: Hashable, Sendable {
  /// The partition that tasks are handed to.
  public var partition: String?
  /// The account that is charged.
  public var account: String?
  /// As Slurm takes it.
  public var time: String?
  /// The same in seconds.
  public var limitSeconds: Double?
  /// The cores of a task.
  public var cpus: Int?
  /// The cards of a task.
  public var gpus: String?
  /// The memory of a task.
  public var memory: String?
  /// Whether a task has a node for itself.
  public var hasWholeNodes: Bool?
  /// Tasks at work at once.
  public var array: Int?
  /// How long a task should take at least.
  public var taskMinutes: Double?
  /// More options of `sbatch`, each one line of the script.
  public var options: [String] = []
  /// Lines of the script before the work.
  public var setup: [String] = []
  /// Words before the work.
  public var wrap: String?
  /// What runs the script.
  public var shell: String?

  /// Asks for nothing.
  public init() {}

  /// These settings, and those of the user's own file where these say nothing.
  public func over(_ own: SlurmSettings) -> SlurmSettings {
    var all = self
    all.partition = partition ?? own.partition
    all.account = account ?? own.account
    if time == nil { (all.time, all.limitSeconds) = (own.time, own.limitSeconds) }
    all.cpus = cpus ?? own.cpus
    all.gpus = gpus ?? own.gpus
    all.memory = memory ?? own.memory
    all.hasWholeNodes = hasWholeNodes ?? own.hasWholeNodes
    all.array = array ?? own.array
    all.taskMinutes = taskMinutes ?? own.taskMinutes
    all.options = own.options + options
    all.setup = own.setup + setup
    all.wrap = wrap ?? own.wrap
    all.shell = shell ?? own.shell
    return all
  }

  /// Where the user's own settings lie.
  public static var ownFile: String {
    let variables = ProcessInfo.processInfo.environment
    let home = variables["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (home ?? NSHomeDirectory() + "/.config") + "/labbook/slurm.yaml"
  }

  /// The user's own settings; nothing where there is no such file.
  ///
  /// - Throws: `Diagnostics` with everything that is wrong with it.
  public static func own(_ path: String = ownFile) throws(Diagnostics) -> SlurmSettings {
    guard FileManager.default.fileExists(atPath: path) else { return SlurmSettings() }
    let problems = SpecProblems()
    var reader = SpecReader(problems)
    let settings = reader.read(path).map { SlurmReader(problems: problems).settings($0) }
    return try problems.finish(settings)
  }
}
