package import Foundation
package import Tracking

/// What processes tell each other of runs, one line of JSON each: numbers keep every bit, and those
/// that are not finite are words.
package enum EventLine {
  /// A line with its break.
  package static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value) + [UInt8(ascii: "\n")]
  }

  /// What a line holds.
  ///
  /// - Parameter name: what it should be, for people.
  package static func decoded<Value: Decodable>(
    _ line: Data, as name: String
  ) throws(LabbookError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { return try decoder.decode(Value.self, from: line) } catch {
      let start = String(decoding: line.prefix(80), as: UTF8.self)
      throw .failure("this is no \(name): \(ParameterValue.json(start))")
    }
  }
}
