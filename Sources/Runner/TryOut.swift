public import Runs
import Tracking

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
  }

  /// Runs jobs one after the other on the thread that calls, in the order given.
  ///
  /// The jobs' own length decides how little they do.
  public static func run(_ jobs: [TrainingJob], _ trainers: [any Trainer]) -> [Result] {
    Interruption.caught {
      let stop = StopSignal()
      var results: [Result] = []
      for job in jobs where !stop.isRaised { results.append(run(job, trainers, stop)) }
      return results
    }
  }

  private static func run(
    _ job: TrainingJob, _ trainers: [any Trainer], _ stop: StopSignal
  ) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    var failure: String?
    do {
      guard let trainer = trainers.first(where: { $0.trains(job.configuration) }) else {
        throw LabbookError.failure("nothing here can train it")
      }
      let outcome = try trainer.train(job, RunControl(stop), into: MemorySink())
      if outcome.status == .diverged { failure = outcome.message ?? "its loss is not finite" }
    } catch {
      failure = String(describing: error)
    }
    return Result(label: job.label, failure: failure, seconds: (clock.now - start) / .seconds(1))
  }
}
