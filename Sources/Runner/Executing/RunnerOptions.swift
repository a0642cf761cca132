/// How a plan is run.
public struct RunnerOptions: Sendable {
  /// Whether results that are there are made anew.
  public var isFresh = false
  /// What is stored with each run about the program and the machine.
  public var environment: [String: String] = [:]
  /// Seconds of training between two checkpoints of a run.
  public var checkpointSeconds = 1.5
  /// The last state is kept for longer runs of those that trained for so many seconds.
  public var leastStateSeconds = 1.0

  /// Which runs are still wanted while they are trained.
  public var wanted = WantedRuns()

  /// Makes the standard options: results are reused.
  public init() {}
}
