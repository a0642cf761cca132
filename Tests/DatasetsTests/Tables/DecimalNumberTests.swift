import Datasets
import Foundation
import Testing

@Suite struct DecimalNumberTests {
  private enum Entry: Decodable {
    case text(String)
    case value(Double)
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .value(try container.decode(Double.self))
      }
    }
  }

  private func read(_ text: String) -> DecimalNumber {
    Data(text.utf8).withUnsafeBytes { DecimalNumber($0[...]) }
  }

  @Test func everyBitIsPythons() throws {
    let cases = try Fixture.json("decimals.json", as: [[Entry]].self)
    #expect(cases.count > 400)
    for entry in cases {
      guard case .text(let text) = entry[0], case .value(let value) = entry[1] else { continue }
      let isLarge = abs(value) > Double(Float.greatestFiniteMagnitude)
      #expect(read(text) == (isLarge ? .notFinite : .finite(value)), "\(text)")
    }
  }

  @Test(arguments: [
    "1,5", "0x10", "1e", "e5", ".", "-", "1 2", "--1", "1.2.3", "1e5.5", "12a", "٣",
  ])
  func otherTextIsAWord(text: String) { #expect(read(text) == .word) }

  @Test(arguments: ["nan", "NaN", "-inf", "Infinity", "1e400", "-4e38"])
  func whatIsNotFiniteIsSaid(text: String) { #expect(read(text) == .notFinite) }

  @Test func nothingIsEmpty() { #expect(read("") == .empty) }

  private func quickly(_ text: String, decimal: UInt8 = UInt8(ascii: ".")) -> DecimalNumber? {
    Data(text.utf8).withUnsafeBytes { DecimalNumber(quickly: $0, decimal: decimal) }
  }

  /// The first look of a walk and the closer one agree with Python, and with the C library on a quarter
  /// of a million drawn texts.
  @Test func theFirstLookIsTheSame() throws {
    for entry in try Fixture.json("decimals.json", as: [[Entry]].self) {
      guard case .text(let text) = entry[0], case .value(let value) = entry[1] else { continue }
      let quick = quickly(text)
      #expect(quick == nil || quick == .finite(value), "\(text)")
    }
    var random = SystemRandomNumberGenerator()
    var (wrong, read): ([String], Int) = ([], 0)
    for _ in 0..<250_000 {
      let digits = (0..<Int.random(in: 1...19, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }.joined()
      let point = Int.random(in: 0...digits.count, using: &random)
      var text = String(digits.prefix(point)) + "." + digits.dropFirst(point)
      if Bool.random(using: &random) { text = "-" + text }
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += "e\(Int.random(in: -60...60, using: &random))"
      }
      guard case .finite(let value)? = quickly(text) else { continue }
      read += 1
      if value.bitPattern != Double(text)?.bitPattern { wrong.append(text) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    #expect(read > 200_000)
  }

  @Test func theFirstLookLeavesOtherTextAlone() {
    for text in [
      "", "-", ".", "-.", "1,5", "1 2", "--1", "1.2.3", "12a", "1e", "1e5.5", "+1", "4e38",
      "123456789012345678901", "1.2345678x", "1234567.12345678:", "0x10", "nan",
    ] {
      #expect(quickly(text) == nil, "\(text)")
    }
    #expect(quickly("-1234,5", decimal: UInt8(ascii: ",")) == .finite(-1234.5))
    #expect(quickly("1234.5", decimal: UInt8(ascii: ",")) == nil)
  }
}
