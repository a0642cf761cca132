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
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) {
      SHA256_Final($0.baseAddress, &state)
      return $0.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
  }

  /// The digest of one text.
  public static func hex(of text: String) -> String {
    var digest = SHA256Digest()
    digest.update(text)
    return digest.hex()
  }
}
