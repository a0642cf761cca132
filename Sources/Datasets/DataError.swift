/// What is wrong with the data or with what the file asks of it.
///
/// `setting` is the key below `data` that caused it (`split.val`, `path`, `points_per_class`), so
/// that the experiment file can be pointed at; `place` is the place in a data file, where there is
/// one (`flowers.csv:12:3`).
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key below `data` that caused it, dotted.
  public let setting: String?
  /// The place in a data file.
  public let place: String?
  /// What is wrong, what was expected and found, as a clause.
  public let message: String
  /// The way out, as a sentence; empty where the message already says it.
  public let hint: String

  /// Makes an error of a place, a sentence and the way out.
  public init(
    setting: String? = nil, place: String? = nil, _ message: String, hint: String = ""
  ) {
    self.setting = setting
    self.place = place
    self.message = message
    self.hint = hint
  }

  /// The message with the place before it and without the way out.
  public var text: String { place.map { "\($0): \(message)" } ?? message }

  /// The text, and the way out on a line of its own.
  public var description: String { hint.isEmpty ? text : text + "\n" + hint }
}
