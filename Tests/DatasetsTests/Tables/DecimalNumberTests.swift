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
}
