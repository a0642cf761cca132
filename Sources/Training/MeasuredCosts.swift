import Runs

/// Costs of an update that were timed before, so that several predictions time each kind of work once.
public final class MeasuredCosts {
  private struct Question: Hashable {
    let work: NetworkWork
    let threads: Int
  }

  private var known: [Question: Calibration] = [:]

  /// Starts with nothing timed.
  public init() {}

  /// Whether a kind of work was timed with one thread.
  func has(_ work: NetworkWork) -> Bool { known[Question(work: work, threads: 1)] != nil }

  /// What a kind of work costs, timed where it is not known.
  func cost(
    of work: NetworkWork, threads: Int, _ time: () throws -> Calibration
  ) rethrows -> Calibration {
    let question = Question(work: work, threads: threads)
    if let found = known[question] { return found }
    let found = try time()
    known[question] = found
    return found
  }
}
