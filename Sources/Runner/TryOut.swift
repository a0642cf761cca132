import RunStorage
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
  /// The jobs' own work decides how little they do.
  public static func run(_ jobs: [TrainingJob]) -> [Result] {
    let stop = StopSignal()
    return Interruption.caught {
      var results: [Result] = []
      for job in jobs where !stop.isRaised { results.append(run(job, stop)) }
      return results
    }
  }

  private static func run(_ job: TrainingJob, _ stop: StopSignal) -> Result {
    let slot = ProgressSlot()
    slot.begin(job)
    let board = ProgressBoard(slots: [slot])
    let context = TrainingContext(
      stop: stop, slot: slot, recorder: nil, objective: job.request.objective, board: board)
    var failure: String?
    do {
      let outcome = try job.work(context)
      if outcome.status == .diverged { failure = outcome.message ?? "its loss is not finite" }
    } catch {
      failure = String(describing: error)
    }
    return Result(label: job.label, failure: failure, seconds: board.seconds)
  }
}
