/// What the text of a cell says, read as a decimal number.
package enum DecimalNumber: Equatable {
  case finite(Double)
  /// Not-a-number, an infinity, or a number too large for single precision.
  case notFinite
  case empty
  case word

  /// Reads digits with an optional sign, point and exponent; nothing else is a number.
  ///
  /// Up to 19 digits and small powers of ten are exact in one multiplication or division (Clinger,
  /// "How to read floating point numbers accurately", 1990); the rest is left to the library.
  package init(_ text: UnsafeRawBufferPointer.SubSequence) {
    if text.isEmpty {
      self = .empty
      return
    }
    var scan = Scan()
    for byte in text { if !scan.take(byte) { break } }
    guard scan.isComplete, scan.taken == text.count else {
      self = Self.isNotFiniteWord(text) ? .notFinite : .word
      return
    }
    let value = scan.exactValue ?? Double(String(decoding: text, as: UTF8.self)) ?? .nan
    self = abs(value) <= Double(Float.greatestFiniteMagnitude) ? .finite(value) : .notFinite
  }

  private static func isNotFiniteWord(_ text: UnsafeRawBufferPointer.SubSequence) -> Bool {
    if text.count > 9 { return false }
    var word = String(decoding: text, as: UTF8.self).lowercased()
    if word.hasPrefix("+") || word.hasPrefix("-") { word.removeFirst() }
    return word == "nan" || word == "inf" || word == "infinity"
  }

  /// The state of reading a number from left to right.
  private struct Scan {
    private(set) var taken = 0
    private var isNegative = false
    private var mantissa: UInt64 = 0
    private var digits = 0
    private var significant = 0
    private var pointShift = 0
    private var seenPoint = false
    private var exponent = 0
    private var exponentDigits = 0
    private var exponentNegative = false
    private var inExponent = false
    private var lastWasExponentMark = false

    var isComplete: Bool { digits > 0 && (!inExponent || exponentDigits > 0) }

    mutating func take(_ byte: UInt8) -> Bool {
      let wasMark = lastWasExponentMark
      lastWasExponentMark = false
      switch byte {
      case 0x30...0x39: digit(byte - 0x30)
      case UInt8(ascii: "+") where taken == 0 || wasMark: break
      case UInt8(ascii: "-") where taken == 0: isNegative = true
      case UInt8(ascii: "-") where wasMark: exponentNegative = true
      case UInt8(ascii: ".") where !seenPoint && !inExponent: seenPoint = true
      case UInt8(ascii: "e") where digits > 0 && !inExponent,
        UInt8(ascii: "E") where digits > 0 && !inExponent:
        inExponent = true
        lastWasExponentMark = true
      default: return false
      }
      taken += 1
      return true
    }

    private mutating func digit(_ value: UInt8) {
      if inExponent {
        exponentDigits += 1
        exponent = min(exponent * 10 + Int(value), 100_000)
        return
      }
      digits += 1
      if seenPoint { pointShift += 1 }
      if significant > 0 || value > 0 { significant += 1 }
      if significant <= 19 { mantissa = mantissa * 10 + UInt64(value) }
    }

    /// The value where it needs one correctly rounded operation at most.
    var exactValue: Double? {
      guard significant <= 19, mantissa <= 1 << 53 else { return nil }
      let power = (exponentNegative ? -exponent : exponent) - pointShift
      guard mantissa == 0 || abs(power) <= 22 else { return nil }
      let magnitude = Double(mantissa)
      let value =
        mantissa == 0
        ? 0 : power < 0 ? magnitude / Self.powers[-power] : magnitude * Self.powers[power]
      return isNegative ? -value : value
    }

    private static let powers: [Double] = [
      1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
      1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
  }
}
