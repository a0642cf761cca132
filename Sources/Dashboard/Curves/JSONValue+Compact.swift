import Foundation
import Tracking

extension JSONValue {
  /// The value as JSON in one line, which is what one event carries; not-a-number and the infinities are
  /// `null`.
  var compact: String { String(decoding: bytes, as: UTF8.self) }

  /// The same, as it is sent.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return bytes
  }

  /// Adds the value to a text that is made piece by piece.
  func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .text(let text): bytes += HiddenCharacters.escapedInJSON(ParameterValue.json(text)).utf8
    case .number(let number): bytes += Self.text(number).utf8
    case .whole(let number): bytes += String(number).utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let entries):
      bytes.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += ParameterValue.json(entry.0).utf8
        bytes.append(UInt8(ascii: ":"))
        entry.1.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The shortest text that reads back as the same number.
  private static func text(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    return "\(number)"
  }

  /// Numbers, of which those that are not finite are `null`.
  static func places(_ numbers: [Double]) -> JSONValue { .list(numbers.map(JSONValue.number)) }
}
