/// What Slurm is asked for.
public struct SlurmOptions: Hashable, Sendable {
  /// The partition that tasks are handed to.
  public var partition: String?
  /// The account that is charged.
  public var account: String?
  /// As `days-hours:minutes:seconds`.
  public var time: String?
  /// The cores of a task.
  public var cpus = 1
  /// The cards of a task.
  public var gpus: String?
  /// The memory of a task.
  public var memory: String?
  /// Whether a task has a node for itself.
  public var hasWholeNodes = false
  /// Tasks at work at once.
  public var array: Int?
  /// More options, each one line of the script.
  public var options: [String] = []
  /// Lines before the work.
  public var setup: [String] = []
  /// Words before the work.
  public var wrap: String?
  /// What runs the script.
  public var shell = "/bin/bash"
  /// Seconds between the signal that ends a task and its end.
  public var graceSeconds = 30

  /// Asks for one core, and nothing else.
  public init() {}
}
