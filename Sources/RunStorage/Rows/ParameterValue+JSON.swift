import Foundation
import Tracking

extension ParameterValue {
  /// Reads what `json` wrote; `nil` where `text` is anything else.
  init?(storedJSON text: String) {
    var reader = StoredJSONReader(Array(text.utf8))
    guard let value = reader.value(), reader.isAtEnd else { return nil }
    self = value
  }
}

/// Reads the JSON of parameter values: scalars, lists and mappings of them.
private struct StoredJSONReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func value() -> ParameterValue? {
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "["): return list()
    case UInt8(ascii: "{"): return mapping()
    case UInt8(ascii: "\""): return text().map { .text($0) }
    default: return word()
    }
  }

  private mutating func list() -> ParameterValue? {
    place += 1
    var values: [ParameterValue] = []
    if take("]") { return .list(values) }
    repeat {
      guard let next = value() else { return nil }
      values.append(next)
    } while take(",")
    return take("]") ? .list(values) : nil
  }

  private mutating func mapping() -> ParameterValue? {
    place += 1
    var values: [String: ParameterValue] = [:]
    if take("}") { return .mapping(values) }
    repeat {
      guard let name = text(), take(":"), let next = value() else { return nil }
      values[name] = next
    } while take(",")
    return take("}") ? .mapping(values) : nil
  }

  private mutating func word() -> ParameterValue? {
    let start = place
    while place < bytes.count, !Self.endsWord(bytes[place]) { place += 1 }
    switch String(decoding: bytes[start..<place], as: UTF8.self) {
    case "null": return .off
    case "true": return .flag(true)
    case "false": return .flag(false)
    case let word:
      if let whole = Int(word) { return .integer(whole) }
      return Double(word).map { .number($0) }
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  private mutating func text() -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let start = place
    place += 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < bytes.count else { return nil }
    place += 1
    let literal = bytes[start..<place]
    guard literal.contains(UInt8(ascii: "\\")) else {
      return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
    }
    return try? JSONDecoder().decode(String.self, from: Data(literal))
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }
}
