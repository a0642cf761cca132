/// Why something cannot be logged or is not there, for the program that asked through MLflow's API.
public struct LogRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is.
  public enum Reason: Hashable, Sendable {
    /// What was named is not in the store.
    case missing
    /// The name is taken.
    case exists
    /// What was sent cannot be taken.
    case invalid
    /// What it speaks of does not stand so that it can be done.
    case state
    /// It is not for this API to change.
    case denied
  }

  /// What kind of refusal it is.
  public let reason: Reason
  /// What was wrong, in MLflow's words where it has some.
  public let message: String

  /// Makes a refusal.
  public init(_ reason: Reason, _ message: String) {
    (self.reason, self.message) = (reason, message)
  }

  /// The message.
  public var description: String { message }
}
