import Foundation

/// Decimal numbers in bytes.
enum DecimalNumber {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// The number that begins at a place, which is moved behind it; `nil` where none does.
  ///
  /// `nan`, `NaN`, `inf` and `Infinity` with and without a sign are numbers. What follows is not looked
  /// at.
  static func scan(_ bytes: Bytes, _ place: inout Int) -> WrittenNumber? {
    let start = place
    var next = place
    guard next < bytes.count else { return nil }
    let isNegative = bytes[next] == minus
    if isNegative || bytes[next] == plus { next += 1 }
    guard next < bytes.count else { return nil }
    if bytes[next] | 0x20 == UInt8(ascii: "n") || bytes[next] | 0x20 == UInt8(ascii: "i") {
      guard let value = word(bytes, &next) else { return nil }
      place = next
      return WrittenNumber(isNegative ? -value : value)
    }
    var digits = Digits()
    digits.take(bytes, &next, isFraction: false)
    let wholeEnd = next
    if next < bytes.count, bytes[next] == point {
      next += 1
      digits.take(bytes, &next, isFraction: true)
    }
    if digits.count == 0 { return nil }
    digits.takeExponent(bytes, &next)
    place = next
    if let value = digits.exact {
      let whole = next == wholeEnd ? Int(digits.mantissa) : nil
      return WrittenNumber(isNegative ? -value : value, whole: whole.map { isNegative ? -$0 : $0 })
    }
    return slow(bytes[start..<next], isWhole: next == wholeEnd)
  }

  /// The number that fills bytes, blanks around it aside; `nil` where they hold anything else.
  ///
  /// Fortran's `1.0D-3` is a number too.
  static func whole(_ bytes: Bytes) -> WrittenNumber? {
    var place = 0
    var end = bytes.count
    while place < end, isBlank(bytes[place]) { place += 1 }
    while end > place, isBlank(bytes[end - 1]) { end -= 1 }
    let trimmed = Bytes(rebasing: bytes[place..<end])
    place = 0
    guard let number = scan(trimmed, &place) else { return nil }
    if place == trimmed.count { return number }
    guard trimmed.count < 64, trimmed[place] | 0x20 == UInt8(ascii: "d") else { return nil }
    var changed = Array(trimmed)
    changed[place] = UInt8(ascii: "e")
    return changed.withUnsafeBufferPointer {
      place = 0
      let number = scan($0, &place)
      return place == $0.count ? number : nil
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// `nan`, `inf` or `infinity`, whatever their case.
  private static func word(_ bytes: Bytes, _ place: inout Int) -> Double? {
    func has(_ word: StaticString) -> Bool {
      guard bytes.count - place >= word.utf8CodeUnitCount else { return false }
      for index in 0..<word.utf8CodeUnitCount
      where bytes[place + index] | 0x20 != word.utf8Start[index] { return false }
      place += word.utf8CodeUnitCount
      return true
    }
    if has("infinity") || has("inf") { return .infinity }
    return has("nan") ? .nan : nil
  }

  /// Numbers with more digits than a product of two doubles gives rightly rounded.
  private static func slow(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, isWhole: Bool
  ) -> WrittenNumber {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    let whole = isWhole && bytes.count < 24 ? Int(String(decoding: bytes, as: UTF8.self)) : nil
    let value = text.withUnsafeBufferPointer { $0.baseAddress.map { strtod($0, nil) } ?? .nan }
    return WrittenNumber(value, whole: whole)
  }

  private static let minus = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let point = UInt8(ascii: ".")
}

/// The digits of a number and where its point stands.
private struct Digits {
  private(set) var mantissa: UInt64 = 0
  private(set) var count = 0
  private var significant = 0
  private var exponent = 0

  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ next: inout Int, isFraction: Bool) {
    while next < bytes.count {
      let digit = bytes[next] &- UInt8(ascii: "0")
      if digit > 9 { return }
      next += 1
      count += 1
      if significant > 0 || digit > 0 { significant += 1 }
      if significant <= 18 {
        mantissa = mantissa * 10 + UInt64(digit)
        if isFraction { exponent -= 1 }
      }
    }
  }

  /// Takes an exponent where a whole one stands.
  mutating func takeExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ next: inout Int) {
    guard next < bytes.count, bytes[next] | 0x20 == UInt8(ascii: "e") else { return }
    var place = next + 1
    guard place < bytes.count else { return }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }
    var value = 0
    let start = place
    while place < bytes.count, bytes[place] &- UInt8(ascii: "0") <= 9 {
      value = min(value * 10 + Int(bytes[place] &- UInt8(ascii: "0")), 100_000)
      place += 1
    }
    if place == start { return }
    exponent += isNegative ? -value : value
    next = place
  }

  /// The value where one rounding gives it: whole numbers up to 2^53 and powers of ten up to 10^22 are
  /// doubles.
  var exact: Double? {
    guard significant <= 18, mantissa <= 1 << 53, abs(exponent) <= 22 else {
      return significant == 0 ? 0 : nil
    }
    let number = Double(mantissa)
    return exponent < 0 ? number / Self.powers[-exponent] : number * Self.powers[exponent]
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
