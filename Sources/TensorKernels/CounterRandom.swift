import CKernels
import Foundation

/// Random numbers drawn by key and counter instead of in sequence: Philox 4x32 with 10 rounds
/// (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
///
/// The key says what the numbers are for (seed, purpose, layer), the counter which of them
/// (update or epoch, index). Drawing one never changes another, so that neither threads nor a
/// resumed run nor a new layer disturbs what the rest of an experiment draws.
public struct CounterRandom: Sendable {
  /// The two words of the key, for kernels that draw in C.
  public let key: (UInt32, UInt32)

  /// What numbers are drawn for; the raw values are part of the numerics and never change.
  public enum Purpose: UInt32, Sendable {
    case data = 1
    case labelNoise = 2
    case split = 3
    case take = 4
    case initialization = 5
    case shuffle = 6
    case dropout = 7
    case search = 8
    case bootstrap = 9
    case augmentation = 10
  }

  /// Makes the generator of one purpose and one stream of it (a layer's number, a column).
  public init(seed: Int, purpose: Purpose, stream: Int = 0) {
    var state = UInt64(bitPattern: Int64(seed))
    state = Self.mix(state &+ 0x9E37_79B9_7F4A_7C15)
    state = Self.mix(state ^ (UInt64(purpose.rawValue) << 32) &+ UInt64(bitPattern: Int64(stream)))
    key = (UInt32(truncatingIfNeeded: state), UInt32(truncatingIfNeeded: state >> 32))
  }

  /// The four words at counter (`major`, `minor`).
  public func words(_ major: Int, _ minor: Int) -> SIMD4<UInt32> {
    let high = UInt64(bitPattern: Int64(major))
    let low = UInt64(bitPattern: Int64(minor))
    return Self.philox(
      SIMD4(
        UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
        UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)),
      key: key)
  }

  /// A double in [0, 1) with 53 random bits.
  public func uniform(_ major: Int, _ minor: Int) -> Double {
    let words = words(major, minor)
    return Self.unit(words[0], words[1])
  }

  /// A double from N(0, 1), by Box and Muller.
  public func normal(_ major: Int, _ minor: Int) -> Double {
    let words = words(major, minor)
    let radius = (-2 * Foundation.log(1 - Self.unit(words[0], words[1]))).squareRoot()
    return radius * Foundation.cos(2 * .pi * Self.unit(words[2], words[3]))
  }

  /// A whole number in 0 ..< `bound`, without bias that could be measured (64-bit multiply-shift).
  public func integer(below bound: Int, _ major: Int, _ minor: Int) -> Int {
    let words = words(major, minor)
    let word = UInt64(words[0]) << 32 | UInt64(words[1])
    return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A random order of 0 ..< `count` (Fisher and Yates), the one numbered `major`.
  public func permutation(of count: Int, _ major: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    order.withUnsafeMutableBufferPointer { shuffle($0, major) }
    return order
  }

  /// Shuffles `order` in place by the draws numbered `major`: each place from the last on is
  /// exchanged with place `integer(below: place + 1, major, place)`.
  public func shuffle(_ order: UnsafeMutableBufferPointer<Int32>, _ major: Int) {
    KernelBody.current.table(Float.self).pointee.shuffle(
      order.baseAddress, Int64(order.count), UInt64(bitPattern: Int64(major)), key.0, key.1)
  }

  private static func unit(_ a: UInt32, _ b: UInt32) -> Double {
    Double((UInt64(a) << 32 | UInt64(b)) >> 11) * 0x1p-53
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  package static func philox(_ start: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
    var c = start
    var (k0, k1) = key
    for _ in 0..<10 {
      let a = UInt64(c[0]) &* 0xD251_1F53
      let b = UInt64(c[2]) &* 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c[1] ^ k0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c[3] ^ k1, UInt32(truncatingIfNeeded: a))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return c
  }
}
