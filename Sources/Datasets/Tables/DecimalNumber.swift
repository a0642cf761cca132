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
      return DecimalPowers.value(mantissa, power).map { isNegative ? -$0 : $0 }
    }
  }
}

extension DecimalNumber {
  /// Reads a number of at most 19 digits in one walk and moves behind it; `nil`, and nothing moved,
  /// where the bytes begin otherwise.
  @inline(__always)
  static func quick(
    _ bytes: UnsafeRawBufferPointer, _ position: inout Int, decimal: UInt8
  ) -> Double? {
    let end = bytes.count
    var place = position
    guard place < end else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var mantissa: UInt64 = 0
    let start = place
    digits(bytes, &place, &mantissa)
    var count = place - start
    var power = 0
    if place < end, bytes[place] == decimal {
      place += 1
      let first = place
      digits(bytes, &place, &mantissa)
      power = first - place
      count += place - first
    }
    guard count > 0, count <= 19 else { return nil }
    if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = exponent(bytes, &place) else { return nil }
      power += exponent
    }
    guard let value = mantissa == 0 ? 0 : DecimalPowers.value(mantissa, power),
      value <= Double(Float.greatestFiniteMagnitude)
    else { return nil }
    position = place
    return isNegative ? -value : value
  }

  /// Reads digits, eight at a time where so many follow.
  ///
  /// Eight are told and put together within one word (Lemire and Muła's way).
  @inline(__always)
  private static func digits(
    _ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ value: inout UInt64
  ) {
    let end = bytes.count
    while end - place >= 8 {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let isOther =
        ((word &+ 0x4646_4646_4646_4646) | (word &- 0x3030_3030_3030_3030))
        & 0x8080_8080_8080_8080
      if isOther != 0 { break }
      var part = word &- 0x3030_3030_3030_3030
      part = part &* 10 &+ (part >> 8)
      let high = (part & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
      let low = ((part >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
      value = value &* 100_000_000 &+ ((high &+ low) >> 32)
      place += 8
    }
    while place < end, case let digit = bytes[place] &- 0x30, digit < 10 {
      value = value &* 10 &+ UInt64(digit)
      place += 1
    }
  }

  /// Reads `e` and up to three digits.
  private static func exponent(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
    var next = place + 1
    guard next < bytes.count else { return nil }
    let isNegative = bytes[next] == UInt8(ascii: "-")
    if isNegative || bytes[next] == UInt8(ascii: "+") { next += 1 }
    let start = next
    var value = 0
    while next < bytes.count, case let digit = bytes[next] &- 0x30, digit < 10 {
      value = value * 10 + Int(digit)
      next += 1
      if next - start > 3 { return nil }
    }
    if next == start { return nil }
    place = next
    return isNegative ? -value : value
  }
}
