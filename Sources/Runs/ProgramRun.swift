public import Tracking

/// An outside program with its parameters: the body of a run that Labbook only starts and listens to.
///
/// What it measures and how long it takes is known when it has said so.
public struct ProgramRun: Hashable, Codable, Sendable {
  /// The words of the command, with placeholders such as `{lr}`; values are put in when it starts.
  public var command: [String]
  /// The parameters by name.
  public var parameters: [String: ParameterValue]
  /// What `{seed}` stands for.
  public var seed: Int
  /// Variables of the environment that are part of what is computed.
  public var environment: [String: String]
  /// The files whose contents decide the numbers, relative to the folder: programs and what they read.
  public var files: [String]
  /// How it is run, which decides no number.
  public var handling: ProgramHandling

  /// Makes a program of its command and parameters.
  public init(
    command: [String], parameters: [String: ParameterValue], seed: Int,
    environment: [String: String] = [:], files: [String] = [],
    handling: ProgramHandling = ProgramHandling()
  ) {
    self.command = command
    self.parameters = parameters
    self.seed = seed
    self.environment = environment
    self.files = files
    self.handling = handling
  }

  /// Where one of its files lies: a path that is not absolute is meant from its folder.
  public func path(of file: String) -> String {
    file.hasPrefix("/") || handling.folder.isEmpty ? file : handling.folder + "/" + file
  }

  /// The keys of `train` that a program has; every other name is one of its parameters.
  public static let keys: Set<String> = [
    "command", "params", "seed", "files", "inputs", "env", "pass_env", "resources", "metrics",
    "resume", "timeout", "idle_timeout", "grace",
  ]

  /// What people call it: its command.
  public var name: String { command.joined(separator: " ") }
}

/// How an outside program is run and listened to; none of it is in the key of a run.
public struct ProgramHandling: Hashable, Codable, Sendable {
  /// The folder it works in: that of the experiment's file.
  public var folder = ""
  /// Where its metrics come from.
  public var metrics = MetricOrigin.stdout
  /// Variables that are handed on from Labbook's own environment and never stored with their values.
  public var passedEnvironment: [String] = []
  /// Whether it goes on from `$LABBOOK_CHECKPOINT` when it is started again.
  public var resumes = false
  /// Cores of one run.
  public var cpus = 1
  /// Seconds after which it is ended; `nil` for no limit.
  public var timeoutSeconds: Double?
  /// Seconds without output and metrics after which it is ended; `nil` for no limit.
  public var idleSeconds: Double?
  /// Seconds between SIGTERM and SIGKILL.
  public var graceSeconds = 30.0

  /// Makes the standard handling.
  public init() {}
}

/// Where the metrics of an outside program come from.
///
/// Lines that a program appends to `$LABBOOK_METRICS` are read beside each of them.
public enum MetricOrigin: Hashable, Codable, Sendable {
  /// Lines of its output that are JSON objects or Python's dicts.
  case stdout
  /// Such lines of a file that it writes.
  case file(String)
  /// Lines of its output that match a regular expression with named groups.
  case pattern(String)
  /// A table that it writes, a row a step.
  case csv(String)
  /// TensorBoard's event files of a folder.
  case eventFiles(String)
}
