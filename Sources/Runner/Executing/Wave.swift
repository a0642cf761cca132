public import Runs
import Tracking

/// Who has the runs of a wave: it knows what came of them before, and takes what comes of them now.
public protocol WaveHost: AnyObject, Sendable {
  /// Whether more runs may come while those of the wave are at work.
  var grows: Bool { get }

  /// The runs that have become known since; none where there are none.
  func more() -> [AssignedRun]

  /// Whether what is being trained is to end before its next update, and nothing more is to begin.
  var isStopping: Bool { get }

  /// Opens a run for training; it is counted and shown from now on.
  ///
  /// - Parameter attempt: what is known of who trains it; `nil` where this process does.
  func open(_ run: AssignedRun, _ attempt: RunAttempt?) -> Opening

  /// A run as another process is handed it, with its saved states; it is not opened.
  ///
  /// - Throws: what keeps the states from being read.
  func order(_ run: AssignedRun) throws -> TrainingOrder

  /// Says why a run is not begun; the work counts as not done.
  func hinder(_ why: String)

  /// Ends this process's part: what is being trained elsewhere goes on there.
  func leave()

  /// Tells people something.
  ///
  /// - Parameter once: what of it is said a single time; `nil` where it is said whenever it comes.
  func say(_ text: String, once: String?)
}

extension WaveHost {
  /// Nothing comes while the wave is at work.
  public var grows: Bool { false }

  /// Nothing.
  public func more() -> [AssignedRun] { [] }

  /// Nothing is trained elsewhere.
  public func leave() {}
}

/// Who trained a run elsewhere, and from where.
public struct RunAttempt: Sendable {
  /// What is stored about the program and the machine.
  public let environment: [String: String]
  /// Where the run went on from a state that the store never had: its step, epochs and points.
  ///
  /// What the store has of later steps goes.
  public let restart: Checkpoint?

  /// Makes an attempt.
  public init(environment: [String: String], restart: Checkpoint? = nil) {
    self.environment = environment
    self.restart = restart
  }
}

/// The runs that are to be trained together, as an executor sees them.
public final class Wave: Sendable {
  /// The runs, in order.
  public let runs: [AssignedRun]
  /// Which sweeps the runs were asked for by; empty where nobody knows.
  public let sweeps: [SweepKeys]
  private let host: any WaveHost

  /// Makes a wave of somebody's runs.
  public init(_ runs: [AssignedRun], sweeps: [SweepKeys] = [], of host: any WaveHost) {
    self.runs = runs
    self.sweeps = sweeps
    self.host = host
  }

  /// A sweep and the keys of those of its runs that are known.
  public struct SweepKeys: Hashable, Codable, Sendable {
    /// The sweep's name.
    public let sweep: String
    /// The keys, in order.
    public let keys: [String]

    /// Makes the keys of a sweep.
    public init(sweep: String, keys: [String]) {
      self.sweep = sweep
      self.keys = keys
    }
  }

  /// Whether more runs may come while those of the wave are at work.
  public var grows: Bool { host.grows }

  /// The runs that have become known since, asked for when there is time for one; none where there are none.
  public func more() -> [AssignedRun] { host.grows ? host.more() : [] }

  /// Whether what is being trained is to end before its next update, and nothing more is to begin.
  public var isStopping: Bool { host.isStopping }

  /// Opens a run for training; it is counted and shown from now on.
  ///
  /// - Parameter attempt: what is known of who trains it; `nil` where this process does.
  public func open(_ run: AssignedRun, _ attempt: RunAttempt? = nil) -> Opening {
    host.open(run, attempt)
  }

  /// A run as another process is handed it, with its saved states; it is not opened.
  ///
  /// - Throws: what keeps the states from being read.
  public func order(_ run: AssignedRun) throws -> TrainingOrder { try host.order(run) }

  /// Says why a run is not begun; the work counts as not done.
  public func hinder(_ why: String) { host.hinder(why) }

  /// Ends this process's part: what is being trained elsewhere goes on there.
  public func leave() { host.leave() }

  /// Tells people something.
  ///
  /// - Parameter once: what of it is said a single time; `nil` where it is said whenever it comes.
  public func say(_ text: String, once: String? = nil) { host.say(text, once: once) }
}
