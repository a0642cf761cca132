/// Texts in quotes as JSON and Python write them.
enum ObjectText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Reads the text whose quote stands at a place, which is moved behind it; `nil` where its end is
  /// missing.
  static func read(_ bytes: Bytes, _ next: inout Int) -> String? {
    let start = next + 1
    var isPlain = true
    guard skip(bytes, &next, isPlain: &isPlain) else { return nil }
    let inner = bytes[start..<(next - 1)]
    return isPlain ? String(decoding: inner, as: UTF8.self) : unescaped(Bytes(rebasing: inner))
  }

  /// Moves behind the text whose quote stands at a place.
  static func skip(_ bytes: Bytes, _ next: inout Int) -> Bool {
    var isPlain = true
    return skip(bytes, &next, isPlain: &isPlain)
  }

  private static func skip(_ bytes: Bytes, _ next: inout Int, isPlain: inout Bool) -> Bool {
    let quote = bytes[next]
    next += 1
    while next < bytes.count {
      let byte = bytes[next]
      if byte == quote {
        next += 1
        return true
      }
      if byte == backslash {
        isPlain = false
        next += 1
      }
      next += 1
    }
    next = bytes.count
    return false
  }

  private static func unescaped(_ bytes: Bytes) -> String {
    var result: [UInt8] = []
    var next = 0
    while next < bytes.count {
      guard bytes[next] == backslash, next + 1 < bytes.count else {
        result.append(bytes[next])
        next += 1
        continue
      }
      let sign = bytes[next + 1]
      next += 2
      switch sign {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "a"): result.append(0x07)
      case UInt8(ascii: "v"): result.append(0x0B)
      case UInt8(ascii: "x"): add(code(bytes, &next, digits: 2), to: &result)
      case UInt8(ascii: "u"): add(character(bytes, &next), to: &result)
      case UInt8(ascii: "U"): add(code(bytes, &next, digits: 8), to: &result)
      default: result.append(sign)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A character of four digits, or of two halves of four.
  private static func character(_ bytes: Bytes, _ next: inout Int) -> UInt32? {
    guard let first = code(bytes, &next, digits: 4) else { return nil }
    guard first & 0xFC00 == 0xD800 else { return first }
    var place = next
    guard place + 1 < bytes.count, bytes[place] == backslash, bytes[place + 1] == UInt8(ascii: "u")
    else { return nil }
    place += 2
    guard let second = code(bytes, &place, digits: 4), second & 0xFC00 == 0xDC00 else { return nil }
    next = place
    return 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
  }

  private static func code(_ bytes: Bytes, _ next: inout Int, digits: Int) -> UInt32? {
    var value: UInt32 = 0
    var place = next
    while place < bytes.count, place - next < digits {
      guard let digit = hexadecimal(bytes[place]) else { return nil }
      value = value << 4 | digit
      place += 1
    }
    guard place - next == digits else { return nil }
    next = place
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 0x61 + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 0x41 + 10
    default: nil
    }
  }

  private static func add(_ code: UInt32?, to result: inout [UInt8]) {
    let scalar = code.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  private static let backslash = UInt8(ascii: "\\")
}
