/// What went wrong, for the person who can mend it.
///
/// `status` is the exit status: 2 where the input is wrong, 1 where the work failed.
public struct LabbookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong: place, what was expected, what was found.
  public let message: String
  /// The way out, as a sentence; empty where the message already says it.
  public let hint: String
  /// The exit status: 2 where the input is wrong, 1 where the work failed.
  public let status: Int32

  /// The input is wrong: exit status 2.
  public static func input(_ message: String, hint: String = "") -> LabbookError {
    LabbookError(message: message, hint: hint, status: 2)
  }

  /// The work failed: exit status 1.
  public static func failure(_ message: String, hint: String = "") -> LabbookError {
    LabbookError(message: message, hint: hint, status: 1)
  }

  /// The message and, on a line of its own, the way out.
  public var description: String { hint.isEmpty ? message : message + "\n" + hint }
}
