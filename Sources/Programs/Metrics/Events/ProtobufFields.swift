/// The fields of a protocol buffer's message, one after the other.
struct ProtobufFields {
  /// A field's value as it is written.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private var next = 0
  /// Whether something was met that is no field; nothing is read behind it.
  private(set) var isBroken = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next field; `nil` at the end.
  mutating func field() -> (number: UInt64, value: Value)? {
    guard !isBroken, next < bytes.count else { return nil }
    guard let key = varint(), let value = value(kind: key & 7) else {
      isBroken = true
      return nil
    }
    return (key >> 3, value)
  }

  private mutating func value(kind: UInt64) -> Value? {
    switch kind {
    case 0: return varint().map(Value.varint)
    case 1: return fixed(UInt64.self).map { .fixed64(UInt64(littleEndian: $0)) }
    case 5: return fixed(UInt32.self).map { .fixed32(UInt32(littleEndian: $0)) }
    case 2:
      guard let length = varint(), length <= UInt64(bytes.count - next) else { return nil }
      defer { next += Int(length) }
      return .bytes(UnsafeRawBufferPointer(rebasing: bytes[next..<(next + Int(length))]))
    default: return nil
    }
  }

  private mutating func fixed<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    let size = MemoryLayout<Number>.size
    guard bytes.count - next >= size else { return nil }
    defer { next += size }
    return bytes.loadUnaligned(fromByteOffset: next, as: Number.self)
  }

  /// A number of seven bits a byte, the least first.
  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while next < bytes.count, shift < 64 {
      let byte = bytes[next]
      next += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// Whether all bytes were read.
  var isAtEnd: Bool { next >= bytes.count }
}
