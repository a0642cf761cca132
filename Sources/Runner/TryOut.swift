import Foundation
public import Runs
public import Tracking

/// Trains a little of every configuration to see whether it works; stores nothing.
public enum TryOut {
  /// What came of one job.
  public struct Result: Hashable, Sendable {
    /// What people know the run by.
    public let label: String
    /// What went wrong; `nil` where nothing did.
    public let failure: String?
    /// How long it took.
    public let seconds: Double
    /// What was understood of a program, a line a step; empty for a network.
    public let understood: [String]
    /// What was measured.
    public let metrics: [Metric]
    /// The beginning of what a program printed.
    public let output: String
  }

  /// Runs jobs one after the other on the thread that calls, in the order given.
  ///
  /// The jobs' own length decides how little they do.
  ///
  /// - Parameter cores: how many a run may have at most.
  public static func run(
    _ jobs: [TrainingJob], _ trainers: [any Trainer], cores: Int = 1
  ) -> [Result] {
    Interruption.caught {
      let stop = StopSignal()
      var results: [Result] = []
      for job in jobs where !stop.isRaised { results.append(run(job, trainers, cores, stop)) }
      return results
    }
  }

  private static func run(
    _ job: TrainingJob, _ trainers: [any Trainer], _ cores: Int, _ stop: StopSignal
  ) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    var failure: String?
    let sink = MemorySink()
    do {
      guard let trainer = trainers.first(where: { $0.trains(job.configuration) }) else {
        throw LabbookError.failure("nothing here can train it")
      }
      var slot = try trainer.slot(for: job, of: cores)
      while slot == nil, !stop.isRaised {
        usleep(50_000)
        slot = try trainer.slot(for: job, of: cores)
      }
      defer { slot?.giveBack() }
      let outcome = try trainer.train(job, RunControl(stop), into: sink)
      if outcome.status == .diverged { failure = outcome.message ?? "its loss is not finite" }
    } catch {
      failure = String(describing: error)
    }
    return Result(
      label: job.label, failure: failure, seconds: (clock.now - start) / .seconds(1),
      understood: job.configuration.network == nil ? understood(sink, job) : [],
      metrics: Set(sink.points.map(\.metric)).sorted { $0.name < $1.name }, output: sink.output)
  }

  private static let mostLines = 20

  /// What a program told, step by step, and what was ignored.
  private static func understood(_ sink: MemorySink, _ job: TrainingJob) -> [String] {
    let objective = job.request.objective.metric
    let isTold = sink.points.isEmpty || sink.points.contains { $0.metric == objective }
    let steps = Dictionary(grouping: sink.points, by: \.step).sorted { $0.key < $1.key }
    return steps.prefix(mostLines).map { step, points in
      "step \(step): "
        + points.map { "\($0.metric.name) \(SeedStatistics.text($0.value))" }.joined(
          separator: ", ")
    } + sink.notes + (isTold ? [] : ["\(objective), the objective, was not told so far"])
  }
}
