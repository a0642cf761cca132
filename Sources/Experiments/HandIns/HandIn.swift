public import FileLanguage
import Languages
public import Tracking

/// A student's answers to the exercises of a file, read and found to set nothing but what the file opens.
public struct HandIn: Sendable {
  /// Its path, by which it is known.
  public let path: String
  /// What it sets of the file, for the sweeps of all exercises.
  public let values: [SweepSpec.Substitution]
  /// Its answers by the ids of the exercises.
  public let answers: [String: Answer]
  let source: SpecSource

  /// Its first line.
  public var start: Mark { Mark(source, line: 1, column: 1) }

  /// The answer to one exercise.
  public struct Answer: Sendable {
    /// What it says.
    public let content: Content
    /// Its place.
    public let mark: Mark

    /// What an answer may say.
    public enum Content: Sendable {
      /// What the sweep of the exercise varies, and how many seeds each configuration has.
      case runs(axes: [SpecNode.Entry], seeds: Int?)
      /// A number or a text.
      case value(ParameterValue)
    }
  }
}
