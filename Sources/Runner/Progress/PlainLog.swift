import RunStorage
import Terminal
import Tracking

/// The lines that are printed where there is no terminal: one when something has ended, at most one every
/// few seconds; where nothing ends, one every half minute, so that who reads a log knows that it goes on.
public struct PlainLog: Sendable {
  private var lastSeconds = -Double.infinity
  private var lastDone = 0

  /// Makes a log that has said nothing.
  public init() {}

  /// So far apart are two lines at least.
  static let secondsBetween = 5.0
  /// So far apart are two lines at most.
  static let longestSilence = 30.0

  /// The line for a moment; `nil` where there is nothing new, or it is too early for one.
  public mutating func line(_ snapshot: ProgressSnapshot) -> String? {
    let silence = snapshot.elapsedSeconds - max(0, lastSeconds)
    guard
      silence >= Self.longestSilence
        || snapshot.done > lastDone && silence >= Self.secondsBetween
    else { return nil }
    lastSeconds = snapshot.elapsedSeconds
    lastDone = snapshot.done
    return Self.text(snapshot)
  }

  /// A moment in one line.
  static func text(_ snapshot: ProgressSnapshot) -> String {
    var parts = ["\(snapshot.done) of \(snapshot.total) done"]
    parts += ProgressText.mishaps(snapshot.ended, TextStyle(isColored: false))
    parts.append(Quantity.duration(snapshot.elapsedSeconds))
    if let left = snapshot.secondsLeft { parts.append(Quantity.duration(left) + " left") }
    // Where nothing has ended yet, how far the first run is says that it goes on.
    if snapshot.ended.isEmpty, let run = snapshot.running.first, run.updates > 0 {
      let whole = run.totalUpdates > 0 ? " of \(Quantity.count(run.totalUpdates))" : ""
      parts.append("\(Quantity.count(run.updates))\(whole) updates of the first")
    }
    if let best = snapshot.best {
      parts.append("best \(best.objective.metric.name) \(SeedStatistics.text(best.value))")
    }
    return parts.joined(separator: ", ")
  }
}
