public import Runs
public import Tracking

/// A sweep by the name of its experiment and its own.
public struct SweepName: Hashable, Sendable, CustomStringConvertible {
  /// The experiment's name in the store.
  public let experiment: String
  /// The sweep's name, unique in its experiment.
  public let sweep: String

  /// Makes the name of a sweep.
  public init(experiment: String, sweep: String) {
    self.experiment = experiment
    self.sweep = sweep
  }

  /// Both names with a slash between.
  public var description: String { "\(experiment)/\(sweep)" }
}

/// A run of the store as the plan found or made it.
public struct RegisteredRun: Hashable, Sendable {
  /// The run's name.
  public let id: RunID
  /// Where it stood before this registration.
  public let status: RunStatus
  /// Whether this registration made it.
  public let isNew: Bool
  /// The epochs it had done.
  public let epoch: Int?
  /// The steps it had done.
  public let step: Int?
  /// Whether a user stopped it.
  public let isHalted: Bool
  /// A file of a finished run that is no longer there, as its weights, for which it is trained again.
  public let lostFile: String?

  /// Whether it need not be trained.
  ///
  /// - Parameters:
  ///   - limit: how far it is asked to go; `nil` for all.
  ///   - measure: in what that is counted.
  public func isEnough(limit: Int?, _ measure: RunMeasure = .epochs) -> Bool {
    let place = measure.place(epoch: epoch, step: step)
    return lostFile == nil && status.isEnough(place: place, limit: limit, isHalted: isHalted)
  }
}

/// What is kept of one metric of one run beside its points.
public struct MetricSummary: Hashable, Sendable {
  /// The final value, not-a-number where it was measured so; `nil` where the run diverged or failed:
  /// what it had reached is in its points.
  public let last: Double?
  /// The step of the last point.
  public let lastStep: Int
  /// The value at the epoch that the objective chose; `nil` while none is chosen or the metric was
  /// not measured there.
  public let best: Double?
}

/// One run of the store: what it is, where it stands, what it measured.
public struct RunRecord: Hashable, Sendable, Identifiable {
  /// Shared by all copies, of which tables and figures make many.
  private let shared: Shared

  private final class Shared: Sendable {
    let facts: RunFacts
    init(_ facts: RunFacts) { self.facts = facts }
  }

  init(_ facts: RunFacts) { shared = Shared(facts) }

  /// Everything that is known of it.
  var facts: RunFacts { shared.facts }

  /// Whether both say the same of the same run.
  public static func == (a: RunRecord, b: RunRecord) -> Bool {
    a.shared === b.shared || a.facts == b.facts
  }

  /// Feeds the run's name and its status.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(status)
  }

  /// The run's name.
  public var id: RunID { shared.facts.id }
  /// The hash of promise 2.
  public var key: String { shared.facts.key }
  /// The key without the seed; seeds of one configuration share it.
  public var configuration: String { shared.facts.configuration }
  /// The sweep that first asked for it.
  public var sweep: SweepName { shared.facts.sweep }
  /// Where it stands.
  public var status: RunStatus { shared.facts.status }
  /// Whether it is the one that counts among the runs of its key.
  public var isCurrent: Bool { shared.facts.isCurrent }
  /// Its `train.seed`.
  public var seed: Int { shared.facts.seed }
  /// By what its epochs are compared.
  public var objective: Objective { shared.facts.objective }
  /// ISO 8601 in UTC, as in the store.
  public var createdAt: String { shared.facts.createdAt.text }
  /// When its training began.
  public var startedAt: String? { shared.facts.startedAt?.text }
  /// When it ended, in whatever way.
  public var endedAt: String? { shared.facts.endedAt?.text }
  /// Seconds of training and evaluation.
  public var durationSeconds: Double? { shared.facts.durationSeconds }
  /// Updates and epochs done.
  public var step: Int? { shared.facts.step }
  /// Epochs done.
  public var epoch: Int? { shared.facts.epoch }
  /// Where the objective was best.
  public var bestStep: Int? { shared.facts.bestStep }
  /// The epoch at which the objective was best.
  public var bestEpoch: Int? { shared.facts.bestEpoch }
  /// Why it failed or diverged.
  public var message: String? { shared.facts.message }
  /// The SHA-256 of its data's bytes, empty for generators; `nil` where that is not known.
  public var data: String? { shared.facts.data }
  /// What people wrote about it.
  public var note: String? { shared.facts.note }
  /// What people marked it with, sorted.
  public var tags: [String] { shared.facts.tags }
  /// Every resolved value by the path of the file.
  public var parameters: RunParameters { shared.facts.parameters }
  /// The last and the best value of each metric.
  public var metrics: RunMetrics { shared.facts.metrics }

  /// What the program called it that logged it through MLflow; `nil` for a run of Labbook's own.
  public var name: String? { shared.facts.name }

  /// Whether it was logged through MLflow's tracking API: Labbook has neither its network nor its
  /// command.
  public var isLogged: Bool { name != nil }

  /// Checks that it is a run of Labbook's own.
  ///
  /// - Throws: `LabbookError` where it was logged through MLflow, of which `what` cannot be asked.
  public func checkIsOwn(for what: String) throws(LabbookError) {
    guard isLogged else { return }
    throw .input(
      "\(what) needs a run that Labbook trained, and run \(id.short) was logged through MLflow: only "
        + "what its program sent is known of it")
  }

  /// Whether an outside program was run, not a network trained.
  public var isProgram: Bool { isLogged || parameters["train.command"] != nil }

  /// The last or best value of a metric; `nil` where the run has none, as one that diverged or failed
  /// has no last one.
  public func value(of metric: Metric, _ which: MetricValue) -> Double? {
    guard let summary = metrics[metric] else { return nil }
    return which == .last ? summary.last : summary.best
  }
}

/// What the store tells of a run.
struct RunFacts: Hashable, Sendable {
  let id: RunID
  let key: String
  let configuration: String
  let sweep: SweepName
  var status: RunStatus
  let isCurrent: Bool
  let seed: Int
  let objective: Objective
  let createdAt: StoredTime
  let startedAt: StoredTime?
  let endedAt: StoredTime?
  let durationSeconds: Double?
  let step: Int?
  let epoch: Int?
  let bestStep: Int?
  let bestEpoch: Int?
  let message: String?
  let note: String?
  let data: String?
  let name: String?
  var tags: [String] = []
  var parameters = RunParameters.none
  var metrics = RunMetrics.none
}

/// The measured values of one metric of one run in the order of their steps.
public struct Curve: Hashable, Sendable {
  /// The run that was measured.
  public let run: RunID
  /// What was measured.
  public let metric: Metric
  /// Updates done at each point.
  public let steps: [Int]
  /// Epochs done at each point.
  public let epochs: [Int]
  /// Not-a-number where it was measured so.
  public let values: [Double]
  /// Unix time in milliseconds.
  public let times: [Int64]
}

/// A sweep of the store with how many of its runs are where.
public struct SweepRecord: Hashable, Sendable {
  /// The names of its experiment and its own.
  public let name: SweepName
  /// What the experiment's file calls it.
  public let title: String?
  /// The tags that every current run of its latest plan has, sorted: its file's, as a rule.
  public internal(set) var tags: [String] = []
  /// The current runs of its latest plan by status; absent where there are none.
  public let counts: [RunStatus: Int]
  /// Current runs that its latest plan no longer holds.
  public let former: Int
  /// When its first run was asked for and its last one ended, ISO 8601 in UTC.
  public let firstCreatedAt: String?
  /// When the last of its runs ended, ISO 8601 in UTC.
  public let lastEndedAt: String?
  /// Seconds of training of its current runs together.
  public let durationSeconds: Double

  /// How many runs its latest plan has.
  public var runs: Int { counts.values.reduce(0, +) }
}

/// A file that belongs to a run.
public struct ArtifactRecord: Hashable, Sendable {
  /// What the run calls it.
  public let name: String
  /// Relative to the folder in which the store lies, absolute where it lies elsewhere; `nil` for a
  /// small file, which is in the store itself.
  public let path: String?
  /// Its size.
  public let bytes: Int
  /// The hash of its bytes, 64 hexadecimal digits.
  public let sha256: String
}
