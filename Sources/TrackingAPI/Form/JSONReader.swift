import Foundation

/// Reads JSON from bytes; also Python's NaN and Infinity.
struct JSONReader {
  /// Objects and lists may stand in one another so deep.
  private static let greatestDepth = 100

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads a whole text; `nil` where it is no JSON.
  static func read(_ data: Data) -> JSON? {
    data.withUnsafeBytes { raw in
      var reader = JSONReader(raw.bindMemory(to: UInt8.self))
      guard let value = reader.value(0) else { return nil }
      reader.skipBlanks()
      return reader.place == reader.bytes.count ? value : nil
    }
  }

  private mutating func value(_ depth: Int) -> JSON? {
    skipBlanks()
    guard depth < Self.greatestDepth, place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "t"): return take("true") ? .flag(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .flag(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "N"): return take("NaN") ? .number(.nan) : nil
    case UInt8(ascii: "I"): return take("Infinity") ? .number(.infinity) : nil
    default: return number()
    }
  }

  private mutating func object(_ depth: Int) -> JSON? {
    place += 1
    var fields: [JSONField] = []
    skipBlanks()
    if takeByte("}") { return .object(fields) }
    repeat {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), let name = text() else {
        return nil
      }
      skipBlanks()
      guard takeByte(":"), let value = value(depth + 1) else { return nil }
      fields.append(JSONField(name: name, value: value))
      skipBlanks()
    } while takeByte(",")
    return takeByte("}") ? .object(fields) : nil
  }

  private mutating func list(_ depth: Int) -> JSON? {
    place += 1
    var values: [JSON] = []
    skipBlanks()
    if takeByte("]") { return .list(values) }
    repeat {
      guard let value = value(depth + 1) else { return nil }
      values.append(value)
      skipBlanks()
    } while takeByte(",")
    return takeByte("]") ? .list(values) : nil
  }

  private mutating func number() -> JSON? {
    if take("-Infinity") { return .number(-.infinity) }
    let start = place
    var isWhole = true
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
        isWhole = false
      } else if !Self.isDigit(byte), byte != UInt8(ascii: "-"), byte != UInt8(ascii: "+") {
        break
      }
      place += 1
    }
    guard place > start else { return nil }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let whole = Int64(text), !text.hasPrefix("+") { return .whole(whole) }
    guard let number = Double(text), !text.hasPrefix("+"), !text.hasPrefix(".") else {
      return nil
    }
    return .number(number)
  }

  private mutating func text() -> String? {
    place += 1
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != 0x5C {
      if bytes[place] < 0x20 { return nil }
      place += 1
    }
    guard place < bytes.count else { return nil }
    let plain = String(decoding: bytes[start..<place], as: UTF8.self)
    if takeByte("\"") { return plain }
    return escaped(plain)
  }

  /// The rest of a text in which something is escaped.
  private mutating func escaped(_ beginning: String) -> String? {
    var units = Array(beginning.utf8)
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case 0x5C:
        guard let scalar = escape() else { return nil }
        units.append(contentsOf: Array(String(scalar).utf8))
      case 0..<0x20: return nil
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "/"), 0x5C: return Unicode.Scalar(byte)
    case UInt8(ascii: "u"):
      guard let first = unit() else { return nil }
      if let scalar = Unicode.Scalar(first) { return scalar }
      // The first half of a pair; a half that is alone stands for no letter.
      guard first < 0xDC00, take("\\u"), let second = unit(), (0xDC00..<0xE000).contains(second)
      else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
    default: return nil
    }
  }

  private mutating func unit() -> UInt16? {
    guard place + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    place += 4
    return value
  }

  private mutating func skipBlanks() {
    while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
  }

  private mutating func takeByte(_ sign: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    for index in 0..<word.utf8CodeUnitCount
    where bytes[place + index] != word.utf8Start[index] { return false }
    place = end
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
