import RunStorage
import Terminal
import Tracking

/// The lines that are printed where there is no terminal: one when something has ended, at most one
/// every few seconds.
public struct PlainLog: Sendable {
  private var lastSeconds = -Double.infinity
  private var lastDone = 0

  /// Makes a log that has said nothing.
  public init() {}

  /// So far apart are two lines at least.
  static let secondsBetween = 5.0

  /// The line for a moment; `nil` where there is nothing new, or it is too early for one.
  public mutating func line(_ snapshot: ProgressSnapshot) -> String? {
    guard snapshot.done > lastDone,
      snapshot.elapsedSeconds - lastSeconds >= Self.secondsBetween
    else { return nil }
    let isFirst = lastSeconds == -.infinity && snapshot.elapsedSeconds < Self.secondsBetween
    if isFirst { return nil }
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
    if let best = snapshot.best {
      parts.append("best \(best.objective.metric.name) \(SeedStatistics.text(best.value))")
    }
    return parts.joined(separator: ", ")
  }
}
