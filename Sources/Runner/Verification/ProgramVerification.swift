import Foundation
public import RunStorage
public import Runs
public import Tracking

/// Runs the program of a run once more, and says by how much its metrics differ from those of the store.
public struct ProgramVerification: Sendable {
  /// How the program ended now.
  public let status: RunStatus
  /// What was compared, metric by metric.
  public let metrics: [Difference]

  /// One metric then and now.
  public struct Difference: Hashable, Sendable {
    /// The metric.
    public let metric: Metric
    /// Steps at which either has a point.
    public let steps: Int
    /// Steps at which they are not the same.
    public let differing: Int
    /// The greatest difference of two numbers, and where it is; `nil` where there is none.
    public let greatest: Place?
    /// The last value then; `nil` where there is no point.
    public let lastThen: Double?
    /// The last value now.
    public let lastNow: Double?
  }

  /// Two values at a step.
  public struct Place: Hashable, Sendable {
    /// The step.
    public let step: Int
    /// What the store has.
    public let then: Double
    /// What came now.
    public let now: Double
  }

  /// Whether every metric is the same, and the program ended alike.
  public let isSame: Bool

  /// Runs and compares; nothing is stored.
  ///
  /// - Parameters:
  ///   - files: what its files hold.
  ///   - cores: how many it may have at most.
  /// - Throws: `LabbookError` where the run has no result; what keeps the program from being run.
  public init(
    _ run: RunRecord, _ configuration: RunConfiguration, _ files: FileFingerprints,
    by trainer: some Trainer, cores: Int, in store: RunStore
  ) throws {
    guard run.status.isResult else {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue): only a finished run can be verified")
    }
    let request = RunRequest(
      key: run.key, configurationKey: run.configuration, configuration: configuration,
      files: files)
    let isStopped = run.status == .stopped
    let byEpochs = run.epoch ?? 0 > 0
    let job = TrainingJob(
      request, label: run.id.short, updates: nil, cost: 1,
      limit: isStopped ? byEpochs ? run.epoch : run.step : nil,
      measure: byEpochs ? .epochs : .steps)
    let sink = MemorySink()
    let outcome = try Interruption.caught {
      let stop = StopSignal()
      var slot = try trainer.slot(for: job, of: cores)
      while slot == nil, !stop.isRaised {
        slot = try Self.later { try trainer.slot(for: job, of: cores) }
      }
      defer { slot?.giveBack() }
      return try trainer.train(job, RunControl(stop), into: sink)
    }
    let names = try store.metrics(of: [run.id]).filter { !$0.isTiming }
    let stored = try store.curves(of: [run.id], names)
    metrics = Self.compare(stored, sink.points)
    status = outcome.status
    isSame = status == run.status && metrics.allSatisfy { $0.differing == 0 }
  }

  private static func later<Value>(_ work: () throws -> Value) rethrows -> Value {
    usleep(50_000)
    return try work()
  }

  private static func compare(_ stored: [Curve], _ told: [MetricPoint]) -> [Difference] {
    var then: [Metric: [Int: Double]] = [:]
    for curve in stored {
      then[curve.metric] = Dictionary(zip(curve.steps, curve.values)) { $1 }
    }
    var now: [Metric: [Int: Double]] = [:]
    // Of one metric and step the last wins, as in the store.
    for point in told { now[point.metric, default: [:]][point.step] = point.value }
    return Set(then.keys).union(now.keys).sorted { $0.name < $1.name }.map {
      difference($0, then[$0] ?? [:], now[$0] ?? [:])
    }
  }

  private static func difference(
    _ metric: Metric, _ then: [Int: Double], _ now: [Int: Double]
  ) -> Difference {
    let steps = Set(then.keys).union(now.keys).sorted()
    var differing = 0
    var greatest: Place?
    for step in steps {
      guard let a = then[step], let b = now[step] else {
        differing += 1
        continue
      }
      if a == b || (a.isNaN && b.isNaN) { continue }
      differing += 1
      if greatest.map({ abs(a - b) > abs($0.then - $0.now) }) ?? true {
        greatest = Place(step: step, then: a, now: b)
      }
    }
    return Difference(
      metric: metric, steps: steps.count, differing: differing, greatest: greatest,
      lastThen: then.keys.max().flatMap { then[$0] }, lastNow: now.keys.max().flatMap { now[$0] })
  }
}
