/// Decimal digits and a power of ten as the nearest double.
enum DecimalPowers {
  /// The double nearest to `mantissa` times ten to `power`; `nil` where this way cannot tell, and
  /// where the result would be subnormal.
  ///
  /// Small ones are exact in one operation (Clinger 1990), others by 128 bits of the power of five
  /// (Lemire, "Number parsing at a gigabyte per second", 2021).
  @inline(__always)
  static func value(_ mantissa: UInt64, _ power: Int) -> Double? {
    if mantissa <= 1 << 53, power >= -22, power <= 22 {
      let whole = Double(mantissa)
      return power < 0 ? whole / tens[-power] : whole * tens[power]
    }
    return byProduct(mantissa, power)
  }

  private static let least = -27
  private static let most = 55

  private static func byProduct(_ mantissa: UInt64, _ power: Int) -> Double? {
    guard mantissa != 0, power >= least, power <= most else { return nil }
    let zeros = mantissa.leadingZeroBitCount
    let shifted = mantissa << UInt64(zeros)
    let factor = fives[power - least]
    var (high, low) = shifted.multipliedFullWidth(by: factor.high)
    if high & 0x1FF == 0x1FF {
      let more = shifted.multipliedFullWidth(by: factor.low).high
      let (sum, carries) = low.addingReportingOverflow(more)
      low = sum
      if carries { high += 1 }
    }
    let top = Int(high >> 63)
    var bits = high >> UInt64(top + 9)
    let exponent = ((217_706 * power) >> 16) + 63 + top - zeros + 1023
    guard exponent > 0, exponent < 0x7FF else { return nil }
    // Halfway between two doubles: the even one.
    if low <= 1, power >= -4, power <= 23, bits & 3 == 1, bits << UInt64(top + 9) == high {
      bits &= ~1
    }
    bits = (bits + (bits & 1)) >> 1
    let carries = bits >= 1 << 53
    return Double(
      bitPattern: UInt64(exponent + (carries ? 1 : 0)) << 52
        | (carries ? 0 : bits & ((1 << 52) - 1)))
  }

  private static let tens: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The leading 128 bits of five to every power from `least` to `most`.
  private static let fives: [(high: UInt64, low: UInt64)] = (least...most).map { power in
    var five: UInt128 = 1
    for _ in 0..<abs(power) { five *= 5 }
    let bits = power < 0 ? reciprocal(five) : five << UInt128(five.leadingZeroBitCount)
    return (UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits))
  }

  /// 2 to (127 + z) over `five`, rounded down, plus 1, where 2 to z is the first power above it.
  private static func reciprocal(_ five: UInt128) -> UInt128 {
    // Long division, one bit of the quotient a step.
    var rest = UInt128(1) << UInt128(127 - five.leadingZeroBitCount)
    var quotient: UInt128 = 0
    for _ in 0..<128 {
      rest <<= 1
      quotient <<= 1
      if rest >= five {
        rest -= five
        quotient |= 1
      }
    }
    return quotient + 1
  }
}
