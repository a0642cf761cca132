public import RunStorage
public import Runs
public import TensorKernels
public import Tracking

/// Trains a finished run once more in memory, and compares it bit for bit with what the store has.
public struct RunVerification: Sendable {
  /// Points that were compared; metrics that depend on the clock are not.
  public let points: Int
  /// Metrics that were compared.
  public let metrics: Int
  /// Tensors of the last weights that were compared.
  public let tensors: Int
  /// Files of the run that are what was written, and what comes now where it comes again.
  public let files: Int
  /// The first difference; `nil` where everything is the same.
  public let difference: Difference?

  /// Where two trainings differ first.
  public enum Difference: Hashable, Sendable {
    /// A point; `nil` where one side has none.
    case point(Metric, step: Int, epoch: Int, stored: Double?, now: Double?)
    /// A number of the last weights, by its place in the tensor.
    case weight(tensor: String, place: Int, stored: Float, now: Float)
    /// Tensors of other names or shapes.
    case tensors(stored: [String], now: [String])
    /// A file that the store does not have as it was written, or that comes out otherwise now.
    case file(String, String)
    /// How the run ended.
    case status(stored: RunStatus, now: RunStatus)
  }

  /// Trains and compares.
  ///
  /// - Parameter threads: how many may compute; they come to the same bits.
  /// - Throws: `LabbookError` where the run has no result, or its data or files cannot be read.
  public init(
    _ run: RunRecord, _ configuration: RunConfiguration, by trainer: some Trainer,
    in store: RunStore, threads: ThreadAllowance = .one
  ) throws {
    guard run.status.isResult else {
      throw LabbookError.input(
        "run \(run.id.short) is \(run.status.rawValue): only a finished run can be verified")
    }
    guard trainer.trains(configuration) else {
      throw LabbookError.input(
        "run \(run.id.short) is a program's, and only a network is trained again to be compared")
    }
    let request = RunRequest(
      key: run.key, configurationKey: run.configuration, configuration: configuration)
    let kept = try store.artifacts(of: run.id)
    let job = TrainingJob(
      request, label: run.id.short, updates: nil, cost: 1,
      limit: run.status == .stopped ? run.epoch : nil,
      keptEpochs: Set(kept.compactMap { RunFile.epoch(ofWeights: $0.name) }))
    let sink = MemorySink()
    let control = RunControl()
    control.allow(threads)
    let outcome = try trainer.train(job, control, into: sink)
    let told = sink.points
    let names = try store.metrics(of: [run.id]).filter { !$0.isTiming }
    let stored = try store.curves(of: [run.id], names)
    // What earlier versions did not measure is no difference.
    let known = Set(
      stored.flatMap { curve in curve.steps.map { Place(metric: curve.metric, step: $0) } })
    let compared = told.filter {
      !$0.metric.isScore || known.contains(Place(metric: $0.metric, step: $0.step))
    }
    points = compared.count
    metrics = Set(compared.map(\.metric)).count
    let files = try KeptFiles(kept, of: run.id, in: store, sink.artifacts)
    (tensors, self.files) = (files.tensors, files.same)
    difference =
      Self.compare(stored, compared) ?? files.difference
      ?? (outcome.status == run.status
        ? nil : .status(stored: run.status, now: outcome.status))
  }

  private struct Place: Hashable {
    let metric: Metric
    let step: Int
  }

  /// The first point that differs, by step, then in the order in which it is measured.
  private static func compare(_ stored: [Curve], _ told: [MetricPoint]) -> Difference? {
    var left: [Place: (epoch: Int, value: Double)] = [:]
    for curve in stored {
      for (index, step) in curve.steps.enumerated() {
        left[Place(metric: curve.metric, step: step)] = (curve.epochs[index], curve.values[index])
      }
    }
    var first: Difference?
    for point in told {
      let found = left.removeValue(forKey: Place(metric: point.metric, step: point.step))
      if first == nil, !same(found?.value, point.value) {
        first = .point(
          point.metric, step: point.step, epoch: point.epoch, stored: found?.value,
          now: point.value)
      }
    }
    guard let extra = left.min(by: { $0.key.step < $1.key.step }) else { return first }
    if case .point(_, let step, _, _, _)? = first, step <= extra.key.step { return first }
    return .point(
      extra.key.metric, step: extra.key.step, epoch: extra.value.epoch,
      stored: extra.value.value, now: nil)
  }

  /// The store has one not-a-number for all of them.
  private static func same(_ stored: Double?, _ now: Double) -> Bool {
    guard let stored else { return false }
    return stored.bitPattern == now.bitPattern || (stored.isNaN && now.isNaN)
  }
}

extension RunVerification.Difference: CustomStringConvertible {
  /// What differs, for people.
  public var description: String {
    switch self {
    case .point(let metric, let step, let epoch, let stored, let now):
      "\(metric) at step \(step), epoch \(epoch): \(Self.text(stored)) in the store, "
        + "\(Self.text(now)) now"
    case .weight(let tensor, let place, let stored, let now):
      "weight \(place) of \(tensor): \(stored) in the store, \(now) now"
    case .tensors(let stored, let now):
      "the tensors: \(stored.joined(separator: ", ")) in the store, "
        + "\(now.joined(separator: ", ")) now"
    case .file(let name, let reason): "\(name): \(reason)"
    case .status(let stored, let now):
      "the end: \(stored.rawValue) in the store, \(now.rawValue) now"
    }
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "no point" }
}
