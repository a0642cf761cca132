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
  /// Parameters that are not in the key where they have these values; `nil` where there are none.
  public var absent: [String: ParameterValue]?
  /// How it is run, which decides no number.
  public var handling: ProgramHandling

  /// Makes a program of its command and parameters.
  public init(
    command: [String], parameters: [String: ParameterValue], seed: Int,
    environment: [String: String] = [:], files: [String] = [],
    absent: [String: ParameterValue]? = nil, handling: ProgramHandling = ProgramHandling()
  ) {
    self.command = command
    self.parameters = parameters
    self.seed = seed
    self.environment = environment
    self.files = files
    self.absent = absent
    self.handling = handling
  }

  /// Where one of its files lies: a path that is not absolute is meant from its folder.
  public func path(of file: String) -> String {
    file.hasPrefix("/") || handling.folder.isEmpty ? file : handling.folder + "/" + file
  }

  /// The keys of `train` that a program has; every other name is one of its parameters.
  public static let keys: Set<String> = [
    "command", "params", "seed", "files", "inputs", "env", "pass_env", "resources", "metrics",
    "resume", "timeout", "idle_timeout", "grace", "snapshot", "absent",
  ]

  /// The words and parameters without those that are at the values of `absent`, as if the program did not
  /// have them yet: a word that hands over such a parameter alone is none.
  var withoutAbsent: (command: [String], parameters: [String: ParameterValue]) {
    let gone = Set((absent ?? [:]).filter { parameters[$0.key]?.isSame(as: $0.value) == true }.keys)
    if gone.isEmpty { return (command, parameters) }
    let words = command.filter { word in
      let name = CommandTemplate.parameterAlone(in: word)
      return name == nil || !gone.contains { $0.replacing("-", with: "_") == name }
    }
    return (words, parameters.filter { !gone.contains($0.key) })
  }

  /// What people call it: its command.
  public var name: String { command.joined(separator: " ") }
}

/// How an outside program is run and listened to; none of it is in the key of a run.
public struct ProgramHandling: Hashable, Codable, Sendable {
  /// The folder it works in: that of the experiment's file.
  public var folder = ""
  /// Where its metrics come from.
  public var metrics = MetricOrigin.stdout
  /// Those of the files that are data, which a snapshot does not copy; `nil` where none are known.
  public var inputs: [String]?
  /// Variables that are handed on from Labbook's own environment and never stored with their values.
  public var passedEnvironment: [String] = []
  /// Whether it goes on from `$LABBOOK_CHECKPOINT` when it is started again.
  public var resumes = false
  /// Cores of one run; `nil` where those of `--jobs` are shared out.
  public var cpus: Int?
  /// Graphics cards of one run: whole ones, or a share of one; `nil` where the file does not say.
  public var gpus: Double?
  /// Bytes of memory that one run takes; `nil` where the file does not say.
  public var memoryBytes: Int?
  /// Whether it is started from a copy of its files; `nil` for no.
  public var isSnapshot: Bool?
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
  /// What it logs to MLflow's tracking API.
  case mlflow
}

extension ParameterValue {
  /// Whether both hand over the same value: 1 and 1.0 do.
  fileprivate func isSame(as other: ParameterValue) -> Bool {
    if self == other { return true }
    switch (self, other) {
    case (.integer, .number), (.number, .integer): return asNumber == other.asNumber
    default: return false
    }
  }
}
