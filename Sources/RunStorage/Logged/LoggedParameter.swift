import Tracking

/// A parameter as MLflow sends it, which is a text, and as the store has it.
struct LoggedParameter {
  /// Under which path the seed of any run stands.
  static let seedPath = "train.seed"
  /// Under which paths the other parameters stand, as those of outside programs.
  static let prefix = "train.params."
  /// The names that mean the seed, the first of them that a run has.
  static let seedNames = ["seed", "random_state", "random_seed", "train.seed"]

  /// The value: a number where the text is one.
  let value: ParameterValue
  /// The text, where the value is written otherwise.
  let text: String?

  init(_ sent: String) {
    value = Self.number(sent) ?? .text(sent)
    text = value.display == sent ? nil : sent
  }

  /// The whole number that a text means as a seed.
  static func seed(_ text: String) -> Int? {
    if case .integer(let number)? = number(text) { number } else { nil }
  }

  /// A finite number in digits; other words that could be read as one, as `nan` or `0x10`, are texts.
  private static func number(_ text: String) -> ParameterValue? {
    guard let first = text.utf8.first,
      first == UInt8(ascii: "-") || first == UInt8(ascii: ".") || isDigit(first),
      text.utf8.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) })
    else { return nil }
    if let whole = Int(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else { return nil }
    return .number(number)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
