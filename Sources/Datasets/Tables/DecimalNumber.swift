import CTables

/// What the text of a cell says, read as a decimal number.
package enum DecimalNumber: Equatable {
  case finite(Double)
  /// Not-a-number, an infinity, or a number too large for single precision.
  case notFinite
  case empty
  case word

  /// Reads digits with an optional sign, point and exponent; nothing else is a number.
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
    let value = scan.nearValue ?? Double(String(decoding: text, as: UTF8.self)) ?? .nan
    self = abs(value) <= Double(Float.greatestFiniteMagnitude) ? .finite(value) : .notFinite
  }

  /// Reads a cell as the walk over a table does first, all digits at once; `nil` where it leaves the cell
  /// to the closer look of the other ways.
  ///
  /// - Parameter body: that of the kernels, as `lb_walk_rows` has it.
  package init?(quickly text: UnsafeRawBufferPointer, decimal: UInt8, body: Int32) {
    var value = 0.0
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard let bytes, lb_number(bytes, Int64(text.count), decimal, body, &value) != 0 else {
      return nil
    }
    self = .finite(value)
  }

  /// Whether a text is a number.
  static func isFinite(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 {
      if case .finite = DecimalNumber(UnsafeRawBufferPointer($0)[...]) { true } else { false }
    }
  }

  /// Reads a number whose fraction and groups of three digits are written as `form` says.
  init(_ text: UnsafeRawBufferPointer.SubSequence, _ form: TableForm) {
    let isPlain = form.decimal == UInt8(ascii: ".") && form.thousands == nil
    if isPlain {
      self.init(text)
    } else if let plain = Self.plain(text, form) {
      self = plain.withUnsafeBytes { DecimalNumber($0[...]) }
    } else {
      self = .word
    }
  }

  /// The text with a point and without groups; `nil` where groups are not of three digits.
  private static func plain(
    _ text: UnsafeRawBufferPointer.SubSequence, _ form: TableForm
  ) -> [UInt8]? {
    if form.thousands == 0x20, let spaced = withPlainSpaces(text) {
      return plain(bytes: spaced, form)
    }
    return plain(bytes: text, form)
  }

  private static func plain(bytes text: some Collection<UInt8>, _ form: TableForm) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    // Digits since the last mark; how many there were in the group before it.
    var (digits, marks, isFraction) = (0, 0, false)
    for byte in text {
      if byte == form.thousands, !isFraction {
        guard marks == 0 ? (1...3).contains(digits) : digits == 3 else { return nil }
        (digits, marks) = (0, marks + 1)
        continue
      }
      if byte == form.decimal {
        if marks > 0, digits != 3 { return nil }
        isFraction = true
        result.append(UInt8(ascii: "."))
        continue
      }
      if byte == UInt8(ascii: ".") { return nil }
      if (0x30...0x39).contains(byte) { digits += isFraction ? 0 : 1 }
      result.append(byte)
    }
    return marks > 0 && !isFraction && digits != 3 ? nil : result
  }

  /// The bytes with a space for each fixed or narrow one (U+00A0, U+202F); `nil` where there is none.
  private static func withPlainSpaces(
    _ text: UnsafeRawBufferPointer.SubSequence
  ) -> [UInt8]? {
    guard text.contains(where: { $0 >= 0x80 }) else { return nil }
    let plain = String(decoding: text, as: UTF8.self)
    return Array(plain.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").utf8)
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

    /// The value, where the digits say it without the library's help.
    var nearValue: Double? {
      guard significant <= 19 else { return nil }
      let power = (exponentNegative ? -exponent : exponent) - pointShift
      if mantissa == 0 { return isNegative ? -0.0 : 0 }
      var value = 0.0
      guard lb_decimal(mantissa, Int64(power), &value) != 0 else { return nil }
      return isNegative ? -value : value
    }
  }
}
