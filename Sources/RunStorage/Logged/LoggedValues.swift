public import Tracking

/// A name with its text, as MLflow has parameters and tags.
public struct LoggedText: Hashable, Sendable {
  /// The name.
  public let key: String
  /// The text as it was sent.
  public let value: String

  /// Makes a text of a name.
  public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}

/// One measured value as MLflow has it: of a step there may be several.
public struct LoggedPoint: Hashable, Sendable {
  /// The metric's name.
  public let key: String
  /// The value; it need not be finite.
  public let value: Double
  /// Unix time in milliseconds.
  public let time: Int64
  /// The step, which may be negative.
  public let step: Int64

  /// Makes a point.
  public init(_ key: String, _ value: Double, time: Int64, step: Int64) {
    (self.key, self.value, self.time, self.step) = (key, value, time, step)
  }

  /// Whether it stands for its metric rather than another one: it has the greater step, of equal ones
  /// the later time, of equal ones the greater value.
  public func isLater(than other: LoggedPoint) -> Bool {
    if step != other.step { return step > other.step }
    if time != other.time { return time > other.time }
    // Not-a-number is less than anything.
    return other.value.isNaN ? !value.isNaN : value > other.value
  }
}

/// An experiment as MLflow sees it, be it one of Labbook's own.
public struct TrackedExperiment: Hashable, Sendable {
  /// Its number; 0 is Default.
  public let id: Int64
  /// Its name in MLflow.
  public internal(set) var name: String
  /// Where its artifacts go; `nil` for this server.
  public internal(set) var artifacts: String?
  /// Whether it was deleted, and may be restored.
  public internal(set) var isDeleted = false
  /// When it was made, Unix time in milliseconds.
  public internal(set) var created: Int64
  /// When it was changed last.
  public internal(set) var updated: Int64
  /// Its tags by key.
  public internal(set) var tags: [LoggedText] = []
}

/// What a program says of a run that it begins.
public struct LoggedStart: Sendable {
  /// What the run is called.
  public let name: String
  /// Who runs it.
  public let user: String
  /// When it began, Unix time in milliseconds.
  public let started: Int64?
  /// Its first tags.
  public let tags: [LoggedText]

  /// Makes a beginning.
  public init(name: String, user: String, started: Int64?, tags: [LoggedText]) {
    (self.name, self.user, self.started, self.tags) = (name, user, started, tags)
  }
}

/// What of a run is changed; `nil` leaves it as it is.
public struct LoggedChange: Sendable {
  /// Where it stands.
  public var status: RunStatus?
  /// When it ended, Unix time in milliseconds.
  public var ended: Int64?
  /// What it is called.
  public var name: String?

  /// Makes a change.
  public init(status: RunStatus? = nil, ended: Int64? = nil, name: String? = nil) {
    (self.status, self.ended, self.name) = (status, ended, name)
  }
}

/// What a program logs to a run at once.
public struct LoggedBatch: Sendable {
  /// What it measured.
  public var points: [LoggedPoint]
  /// Its parameters, each of which is given once.
  public var parameters: [LoggedText]
  /// Its tags; a later one replaces an earlier one of its key.
  public var tags: [LoggedText]

  /// Makes a batch.
  public init(
    points: [LoggedPoint] = [], parameters: [LoggedText] = [], tags: [LoggedText] = []
  ) {
    (self.points, self.parameters, self.tags) = (points, parameters, tags)
  }
}

/// A run as MLflow sees it, be it one of Labbook's own.
public struct TrackedRun: Hashable, Sendable {
  /// The run.
  public let id: RunID
  /// The number of its experiment.
  public let experiment: Int64
  /// What it is called.
  public let name: String
  /// Who runs it.
  public let user: String
  /// Where it stands in the store.
  public let status: RunStatus
  /// When it began, Unix time in milliseconds.
  public let started: Int64?
  /// When it ended, Unix time in milliseconds.
  public let ended: Int64?
  /// Whether it was deleted, and may be restored; of Labbook's own whether another took its place.
  public let isDeleted: Bool
  /// Whether it was logged through this API; others are Labbook's own.
  public let isLogged: Bool
  /// Where its artifacts are; empty for this server's own place.
  public let artifacts: String
  /// The latest value of each metric.
  public internal(set) var metrics: [LoggedPoint] = []
  /// Its parameters as they were sent, or as people write them.
  public internal(set) var parameters: [LoggedText] = []
  /// Its tags.
  public internal(set) var tags: [LoggedText] = []
}
