/// The checksum of Castagnoli's polynomial, as TFRecord files have it.
enum CRC32C {
  /// The checksum of bytes.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var sum: UInt32 = ~0
    table.withUnsafeBufferPointer { table in
      for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    }
    return ~sum
  }

  /// The checksum as it is written: turned and moved, so that a sum over bytes with sums is another.
  static func masked(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let sum = of(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
  }
}
