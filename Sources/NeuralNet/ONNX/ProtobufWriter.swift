import Foundation

/// One message of the Protocol Buffers wire format in the making: fields in the order they are added.
///
/// Source: https://protobuf.dev/programming-guides/encoding. Each field begins with its number and
/// its wire type: 0 a variable-length integer, 2 bytes with their length before them, 5 four bytes.
struct ProtobufWriter {
  private(set) var data = Data()

  /// Adds a whole number: `int64`, `int32` or an enumeration.
  mutating func add(_ field: Int, _ number: Int) {
    key(field, wireType: 0)
    variable(UInt64(bitPattern: Int64(number)))
  }

  /// Adds a `float`.
  mutating func add(_ field: Int, _ number: Float) {
    key(field, wireType: 5)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
  }

  /// Adds a `string`.
  mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

  /// Adds `bytes`.
  mutating func add(_ field: Int, _ bytes: Data) {
    key(field, wireType: 2)
    variable(UInt64(bytes.count))
    data.append(bytes)
  }

  /// Adds a message.
  mutating func add(_ field: Int, _ message: ProtobufWriter) { add(field, message.data) }

  /// A message that `body` fills.
  static func message(_ body: (inout ProtobufWriter) -> Void) -> ProtobufWriter {
    var writer = ProtobufWriter()
    body(&writer)
    return writer
  }

  private mutating func key(_ field: Int, wireType: Int) {
    variable(UInt64(field << 3 | wireType))
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func variable(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}
