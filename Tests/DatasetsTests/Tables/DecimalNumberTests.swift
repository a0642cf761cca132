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

  /// As the bodies read it, those for the processor's own instructions among them.
  private func quickly(_ text: String, decimal: UInt8 = UInt8(ascii: ".")) -> [DecimalNumber?] {
    Data(text.utf8).withUnsafeBytes { bytes in
      (Int32(0)...2).map { DecimalNumber(quickly: bytes, decimal: decimal, body: $0) }
    }
  }

  /// The first look of a walk and the closer one agree with Python, and with the C library on a quarter
  /// of a million drawn texts.
  @Test func theFirstLookIsTheSame() throws {
    for entry in try Fixture.json("decimals.json", as: [[Entry]].self) {
      guard case .text(let text) = entry[0], case .value(let value) = entry[1] else { continue }
      for quick in quickly(text) where quick != nil {
        #expect(quick == .finite(value), "\(text)")
      }
    }
    var random = SystemRandomNumberGenerator()
    var (wrong, read): ([String], Int) = ([], 0)
    for _ in 0..<250_000 {
      let text = Self.drawn(&random)
      for case .finite(let value)? in quickly(text) {
        read += 1
        if value.bitPattern != Double(text)?.bitPattern { wrong.append(text) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    #expect(read > 600_000)
  }

  private static func drawn(_ random: inout SystemRandomNumberGenerator) -> String {
    var digits = (0..<Int.random(in: 1...19, using: &random)).map { _ in
      String(Int.random(in: 0...9, using: &random))
    }.joined()
    if Int.random(in: 0..<4, using: &random) == 0 {
      digits = String(repeating: "0", count: Int.random(in: 1...14, using: &random)) + digits
    }
    let point = Int.random(in: 0...digits.count, using: &random)
    var text = String(digits.prefix(point)) + "." + digits.dropFirst(point)
    if Bool.random(using: &random) { text = "-" + text }
    if Int.random(in: 0..<4, using: &random) == 0 {
      text += "e\(Int.random(in: -60...60, using: &random))"
    }
    return text
  }

  /// What NumPy's savetxt and pandas write.
  @Test func theFirstLookKnowsWhatProgramsWrite() {
    for (text, value) in [
      ("1.257302210933933330e-01", 0.12573022109339332),
      ("-1.321048632913019046e-01", -0.13210486329130192),
      ("4.132597934724360E+02", 413.259793472436),
      ("0.0413259793472436", 0.0413259793472436),
      ("-0.00012345678901234567", -0.00012345678901234567),
      ("0.000000000000000000", 0.0), ("12345678", 12_345_678.0), ("123456789.5", 123_456_789.5),
      ("1e5", 1e5), ("7.E-3", 0.007),
    ] {
      let quick = quickly(text).last ?? nil
      // A processor without AVX-512 leaves a long text to the closer look.
      if quick == nil, text.utf8.count > 20 { continue }
      #expect(quick == .finite(value), "\(text)")
    }
  }

  @Test func theFirstLookLeavesOtherTextAlone() {
    for text in [
      "", "-", ".", "-.", "1,5", "1 2", "--1", "1.2.3", "12a", "1e", "1e5.5", "+1", "4e38",
      "123456789012345678901", "1.2345678x", "1234567.12345678:", "0x10", "nan", "1.5e-",
      "1234567890e+", "12345.67890.12345", "..........", "1234567890-", "12345678901234567890e-5",
    ] {
      #expect(quickly(text) == [nil, nil, nil], "\(text)")
    }
    #expect(quickly("-1234,5", decimal: UInt8(ascii: ",")).allSatisfy { $0 == .finite(-1234.5) })
    #expect(quickly("1234.5", decimal: UInt8(ascii: ",")) == [nil, nil, nil])
  }
}
