/// The name of one run: 32 random hexadecimal digits.
public struct RunID: Hashable, Sendable, CustomStringConvertible {
  /// The digits as two numbers: a text of them takes six times as much, and lists of runs are long.
  private let high: UInt64
  private let low: UInt64

  /// A new name, drawn at random.
  public init() {
    var generator = SystemRandomNumberGenerator()
    high = UInt64.random(in: .min ... .max, using: &generator)
    low = UInt64.random(in: .min ... .max, using: &generator)
  }

  /// Reads a whole name; `nil` unless it is 32 lower-case hexadecimal digits.
  public init?(_ text: String) {
    var text = text
    guard let name = text.withUTF8({ RunID(digits: $0) }) else { return nil }
    self = name
  }

  /// Reads a whole name; `nil` unless it is 32 lower-case hexadecimal digits.
  public init?(digits: UnsafeBufferPointer<UInt8>) {
    guard digits.count == 32, let high = Self.number(digits[0..<16]),
      let low = Self.number(digits[16..<32])
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - 87)
      default: return nil
      }
    }
    return number
  }

  /// The 32 digits.
  public var description: String {
    String(unsafeUninitializedCapacity: 32) { text in
      for place in 0..<32 {
        let half = place < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
        text[place] = digit < 10 ? digit + 48 : digit + 87
      }
      return 32
    }
  }

  /// The beginning that people see in tables.
  public var short: String { String(description.prefix(8)) }
}
