/// The one number of a tensor as TensorFlow writes it.
struct TensorScalar {
  private var type: UInt64 = 0
  private var isLarge = false
  private var content = UnsafeRawBufferPointer(start: nil, count: 0)
  private var first: Double?
  private var count = 0

  /// The number; `nil` where the tensor holds none or several.
  static func value(of bytes: UnsafeRawBufferPointer) -> Double? {
    var tensor = TensorScalar()
    var fields = ProtobufFields(bytes)
    while let (number, value) = fields.field() { tensor.take(number, value) }
    if fields.isBroken || tensor.isLarge { return nil }
    if tensor.content.count > 0 { return tensor.contentValue }
    return tensor.count == 1 ? tensor.first : nil
  }

  /// Fields of `TensorProto`.
  private mutating func take(_ number: UInt64, _ value: ProtobufFields.Value) {
    switch (number, value) {
    case (1, .varint(let type)): self.type = type
    case (2, .bytes(let shape)): isLarge = Self.elements(of: shape) != 1
    case (4, .bytes(let bytes)): content = bytes
    case (5, .fixed32(let bits)): add(Double(Float(bitPattern: bits)))
    case (6, .fixed64(let bits)): add(Double(bitPattern: bits))
    case (7, .varint(let bits)), (10, .varint(let bits)):
      add(Double(Int64(bitPattern: bits)))
    case (11, .varint(let flag)): add(flag == 0 ? 0 : 1)
    case (13, .varint(let bits)): add(half(UInt16(truncatingIfNeeded: bits)))
    case (16, .varint(let bits)), (17, .varint(let bits)): add(Double(bits))
    case (5, .bytes(let packed)): takePacked(packed, 4) { Double($0.float) }
    case (6, .bytes(let packed)): takePacked(packed, 8) { $0.double }
    case (7, .bytes(let packed)), (10, .bytes(let packed)), (11, .bytes(let packed)):
      takeVarints(packed) { Double(Int64(bitPattern: $0)) }
    case (13, .bytes(let packed)):
      let type = type
      takeVarints(packed) { Self.half(UInt16(truncatingIfNeeded: $0), type) }
    case (16, .bytes(let packed)), (17, .bytes(let packed)): takeVarints(packed) { Double($0) }
    default: break
    }
  }

  private mutating func add(_ value: Double) {
    if first == nil { first = value }
    count += 1
  }

  private mutating func takePacked(
    _ bytes: UnsafeRawBufferPointer, _ size: Int, _ value: (UnsafeRawBufferPointer) -> Double
  ) {
    guard bytes.count >= size else { return }
    if first == nil { first = value(bytes) }
    count += bytes.count / size
  }

  private mutating func takeVarints(
    _ bytes: UnsafeRawBufferPointer, _ value: (UInt64) -> Double
  ) {
    var fields = ProtobufFields(bytes)
    while let bits = fields.varint() { add(value(bits)) }
  }

  /// How many numbers a shape has: the product of its sizes.
  private static func elements(of shape: UnsafeRawBufferPointer) -> UInt64 {
    var elements: UInt64 = 1
    var fields = ProtobufFields(shape)
    while let (number, value) = fields.field() {
      guard number == 2, case .bytes(let dimension) = value else { continue }
      var size: UInt64 = 0
      var inner = ProtobufFields(dimension)
      while let (number, value) = inner.field() {
        if number == 1, case .varint(let count) = value { size = count }
      }
      elements = elements.multipliedReportingOverflow(by: size).partialValue
    }
    return elements
  }

  private func half(_ bits: UInt16) -> Double { Self.half(bits, type) }

  /// Half precision, or the upper half of a float where the type is bfloat16.
  private static func half(_ bits: UInt16, _ type: UInt64) -> Double {
    type == 14
      ? Double(Float(bitPattern: UInt32(bits) << 16)) : HalfPrecision.value(bits)
  }

  /// The number that fills the bytes, by the numbers of TensorFlow's types.
  private var contentValue: Double? {
    let bytes = content
    func load<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
      guard bytes.count == MemoryLayout<Number>.size else { return nil }
      return Number(littleEndian: bytes.loadUnaligned(as: Number.self))
    }
    switch type {
    case 1: return load(UInt32.self).map { Double(Float(bitPattern: $0)) }
    case 2: return load(UInt64.self).map { Double(bitPattern: $0) }
    case 3: return load(Int32.self).map { Double($0) }
    case 4, 10: return load(UInt8.self).map { Double($0) }
    case 5: return load(Int16.self).map { Double($0) }
    case 6: return load(Int8.self).map { Double($0) }
    case 9: return load(Int64.self).map { Double($0) }
    case 14, 19: return load(UInt16.self).map { Self.half($0, type) }
    case 17: return load(UInt16.self).map { Double($0) }
    case 22: return load(UInt32.self).map { Double($0) }
    case 23: return load(UInt64.self).map { Double($0) }
    default: return nil
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var float: Float {
    Float(bitPattern: UInt32(littleEndian: loadUnaligned(as: UInt32.self)))
  }
  fileprivate var double: Double {
    Double(bitPattern: UInt64(littleEndian: loadUnaligned(as: UInt64.self)))
  }
}

/// Numbers of 16 bits: a sign, 5 bits of exponent, 10 of mantissa.
private enum HalfPrecision {
  static func value(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let mantissa = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * mantissa * 0x1p-24
    case 31: return mantissa == 0 ? sign * .infinity : .nan
    default:
      return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + mantissa / 1024)
    }
  }
}
