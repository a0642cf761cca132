import CCrypto
public import Foundation

/// A SHA-256 in the making: bytes go in, 64 hexadecimal digits come out.
public struct SHA256Digest: Sendable {
  private var state = SHA256_CTX()

  /// Starts an empty digest.
  public init() { SHA256_Init(&state) }

  /// Adds bytes.
  public mutating func update(_ data: some DataProtocol) {
    for region in data.regions { region.withUnsafeBytes { update($0) } }
  }

  /// Adds the UTF-8 of `text`.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Adds raw memory.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  /// The digest of all that was added, as lower-case hexadecimal digits.
  public func hex() -> String {
    var state = state
    let count = Int(SHA256_DIGEST_LENGTH)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { bytes in
      SHA256_Final(bytes.baseAddress, &state)
      return String(unsafeUninitializedCapacity: 2 * count) { digits in
        for (place, byte) in bytes.enumerated() {
          digits[2 * place] = Self.digit(byte >> 4)
          digits[2 * place + 1] = Self.digit(byte & 15)
        }
        return 2 * count
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The digest of one text.
  public static func hex(of text: String) -> String {
    var digest = SHA256Digest()
    digest.update(text)
    return digest.hex()
  }
}
