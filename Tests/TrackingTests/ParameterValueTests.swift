import Foundation
import Testing
import Tracking

struct ParameterValueTests {
  @Test(arguments: [
    (ParameterValue.off, "null"), (.flag(true), "true"), (.integer(-3), "-3"),
    (.number(1), "1"), (.number(0.1), "0.1"), (.number(1e-5), "1e-05"), (.number(-0.0), "0"),
    (.number(1e300), "1e+300"), (.number(.infinity), "\"inf\""), (.number(.nan), "\"nan\""),
    (.text("a \"b\"\\\n\u{1}é"), #""a \"b\"\\\n\u0001é""#),
    (.list([.integer(1), .list([]), .text("x")]), #"[1,[],"x"]"#),
  ])
  func jsonIsCanonical(value: ParameterValue, expected: String) {
    #expect(value.json == expected)
  }

  @Test(arguments: [
    (ParameterValue.number(-.infinity), "\"-inf\""), (.number(1e16), "1e+16"),
    (.number(999_999_999_999_999), "999999999999999"), (.number(-3), "-3"),
    (.flag(false), "false"), (.text("\t\r\u{1F}\u{7F}/"), "\"\\t\\r\\u001f\u{7F}/\""),
    (.list([.off, .flag(true), .number(0.5)]), "[null,true,0.5]"),
  ])
  func otherValuesAsJSON(value: ParameterValue, expected: String) {
    #expect(value.json == expected)
  }

  @Test func numbersOfEitherKind() {
    #expect(ParameterValue.integer(3).asNumber == 3 && ParameterValue.number(0.5).asNumber == 0.5)
    for value in [ParameterValue.off, .flag(true), .text("1"), .list([.integer(1)])] {
      #expect(value.asNumber == nil)
    }
    #expect(ParameterValue.integer(1) != .number(1))
  }

  @Test(arguments: [0.1, 1e-5, 123_456.789, 3e-308, .leastNonzeroMagnitude, 1e22, -2.5])
  func numbersReadBackTheSame(value: Double) throws {
    let data = Data("[\(ParameterValue.number(value).json)]".utf8)
    let read = try #require(JSONSerialization.jsonObject(with: data) as? [Double])
    #expect(read == [value])
  }

  @Test func textIsJSONWhateverItHolds() throws {
    let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
    let data = Data("[\(ParameterValue.text(text).json)]".utf8)
    #expect(try JSONSerialization.jsonObject(with: data) as? [String] == [text])
  }

  @Test func displayIsWhatAPersonWouldWrite() {
    #expect(ParameterValue.text("hidden layer").display == "hidden layer")
    #expect(ParameterValue.list([.integer(64), .integer(32)]).display == "[64, 32]")
    #expect(ParameterValue.off.display == "none" && ParameterValue.flag(false).display == "false")
    #expect(
      ParameterValue.number(1e-5).display == "1e-05" && ParameterValue.integer(2).display == "2")
    #expect(ParameterValue.list([.text("a"), .off]).display == "[a, none]")
    // Without JSON's quotes, and without the sign that a computed not-a-number may have.
    let strange: [ParameterValue] = [.number(-.nan), .number(.infinity), .number(-.infinity)]
    #expect(ParameterValue.list(strange).display == "[nan, inf, -inf]")
    #expect(ParameterValue.list(strange).json == #"["nan","inf","-inf"]"#)
  }
}
