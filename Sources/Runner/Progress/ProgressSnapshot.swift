public import Tracking

/// How far the runs of a command are, at one moment.
public struct ProgressSnapshot: Hashable, Sendable {
  /// A run that is being trained.
  public struct Run: Hashable, Sendable {
    /// What people know it by.
    public var label: String
    /// Updates done.
    public var updates: Int
    /// Updates to do; 0 while that is not known.
    public var totalUpdates: Int
    /// The objective as last measured.
    public var objective: Double?
    /// What is known of an outside program; `nil` for a network.
    public var program: Program?

    /// Makes a run.
    public init(label: String, updates: Int, totalUpdates: Int, objective: Double?) {
      self.label = label
      self.updates = updates
      self.totalUpdates = totalUpdates
      self.objective = objective
    }

    /// The share that is done; 0 while the whole is not known.
    public var share: Double {
      totalUpdates > 0 ? min(1, Double(updates) / Double(totalUpdates)) : 0
    }
  }

  /// A value of a metric.
  public struct Measured: Hashable, Sendable {
    /// What was measured.
    public let metric: Metric
    /// The value.
    public let value: Double

    /// Makes a value.
    public init(_ metric: Metric, _ value: Double) { (self.metric, self.value) = (metric, value) }
  }

  /// What an outside program at work has told, and what it takes.
  public struct Program: Hashable, Sendable {
    /// The value told last, of the objective where it tells it.
    public var last: Measured?
    /// The last epoch; 0 where it tells none.
    public var epoch: Int
    /// The memory that it and all that it started hold, in bytes; 0 while that is not known.
    public var memoryBytes: Int

    /// Makes what is known.
    public init(last: Measured?, epoch: Int, memoryBytes: Int) {
      (self.last, self.epoch, self.memoryBytes) = (last, epoch, memoryBytes)
    }
  }

  /// The best value that any run has reached.
  public struct Best: Hashable, Sendable {
    /// By what runs are compared.
    public var objective: Objective
    /// The value.
    public var value: Double
    /// The run that reached it.
    public var label: String

    /// Makes a best value.
    public init(objective: Objective, value: Double, label: String) {
      self.objective = objective
      self.value = value
      self.label = label
    }
  }

  /// All runs of the plan.
  public var total = 0
  /// Those whose result was there already.
  public var reused = 0
  /// Those that ended since, by how.
  public var ended: [RunStatus: Int] = [:]
  /// Those that another process trains.
  public var elsewhere = 0
  /// Those that are being trained here.
  public var running: [Run] = []
  /// The best so far.
  public var best: Best?
  /// Seconds since the first run began.
  public var elapsedSeconds = 0.0
  /// The share of the work to be done here that is done.
  public var workDone = 0.0
  /// Updates of all runs together a second.
  public var updatesPerSecond = 0.0
  /// Whether the work is about to end because it was asked to.
  public var isStopping = false

  /// Makes a snapshot of nothing.
  public init() {}

  /// Runs with a result or an end.
  public var done: Int { reused + ended.values.reduce(0, +) }

  /// Runs that nobody has begun.
  public var left: Int { max(0, total - done - running.count - elsewhere) }

  /// Runs trained here a second.
  public var runsPerSecond: Double {
    elapsedSeconds > 0 ? Double(ended.values.reduce(0, +)) / elapsedSeconds : 0
  }

  /// How long the rest takes at the pace so far; `nil` while there is too little to say.
  public var secondsLeft: Double? {
    guard elapsedSeconds >= 0.5, workDone > 0.002, workDone < 1 else { return nil }
    return elapsedSeconds * (1 - workDone) / workDone
  }
}
