/// Where a run stands.
public enum RunStatus: String, Hashable, Codable, Sendable, CaseIterable {
  /// Asked for, not begun.
  case planned
  /// Being trained by a living process.
  case running
  /// Trained to its end, early stopping included.
  case completed
  /// Its loss stopped being finite.
  case diverged
  /// Ended early by `stop` or by a user.
  case stopped
  /// Its process ended before it did.
  case interrupted
  /// An error kept it from going on.
  case failed

  /// Whether the run has a result that is not trained again.
  public var isResult: Bool { self == .completed || self == .diverged || self == .stopped }

  /// Whether the run came to a bad end: it diverged or failed.
  ///
  /// Such a run has no final values and is in no mean over seeds; a configuration with one ranks after
  /// all without.
  public var isBad: Bool { self == .diverged || self == .failed }
}
