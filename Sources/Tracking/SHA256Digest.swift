import Crypto
public import Foundation

/// A SHA-256 in the making: bytes go in, 64 hexadecimal digits come out.
public struct SHA256Digest: Sendable {
  private var state = SHA256()

  /// Starts an empty digest.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ data: some DataProtocol) { state.update(data: data) }

  /// Adds the UTF-8 of `text`.
  public mutating func update(_ text: String) { state.update(data: Array(text.utf8)) }

  /// Adds raw memory.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state.update(bufferPointer: bytes)
  }

  /// The digest of all that was added, as lower-case hexadecimal digits.
  public func hex() -> String {
    state.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The digest of one text.
  public static func hex(of text: String) -> String {
    var digest = SHA256Digest()
    digest.update(text)
    return digest.hex()
  }
}
