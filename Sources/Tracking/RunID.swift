/// The name of one run: 32 random hexadecimal digits.
public struct RunID: Hashable, Sendable, CustomStringConvertible {
  /// The 32 digits.
  public let description: String

  /// A new name, drawn at random.
  public init() {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let half = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - half.count) + half
    }
    description = digits.joined()
  }

  /// Reads a whole name; `nil` unless it is 32 lower-case hexadecimal digits.
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.allSatisfy({ "0123456789abcdef".contains($0) }) else {
      return nil
    }
    description = text
  }

  /// The beginning that people see in tables.
  public var short: String { String(description.prefix(8)) }
}
