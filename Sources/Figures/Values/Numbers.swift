/// A list of numbers that every encoder can write: JSON has no number for what is not finite, so
/// that `NaN`, `Infinity` and `-Infinity` are written as words.
@propertyWrapper
public struct Numbers: Hashable, Sendable, Codable {
  /// The numbers in order.
  public var wrappedValue: [Double]

  /// Wraps a list.
  public init(wrappedValue: [Double]) { self.wrappedValue = wrappedValue }

  /// Reads numbers and the three words.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    wrappedValue = []
    wrappedValue.reserveCapacity(container.count ?? 0)
    while !container.isAtEnd {
      if let number = try? container.decode(Double.self) {
        wrappedValue.append(number)
        continue
      }
      let word = try container.decode(String.self)
      guard let number = Numbers.words.first(where: { $0.word == word })?.number else {
        throw DecodingError.dataCorruptedError(
          in: container,
          debugDescription: "expected a number, NaN, Infinity or -Infinity, found '\(word)'")
      }
      wrappedValue.append(number)
    }
  }

  /// Writes numbers and the three words.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for number in wrappedValue {
      if number.isFinite {
        try container.encode(number)
      } else {
        let word = Numbers.words.first { $0.number == number }?.word
        try container.encode(word ?? Numbers.words[0].word)
      }
    }
  }

  private static let words: [(word: String, number: Double)] = [
    ("NaN", .nan), ("Infinity", .infinity), ("-Infinity", -.infinity),
  ]
}
