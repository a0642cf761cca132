/// The type of the numbers in a file that holds an array, and the order of their bytes.
struct NumberElement: Hashable, Sendable {
  /// What the bytes of a number mean.
  enum Kind: Hashable, Sendable {
    case truth, unsigned, signed, real
  }

  let kind: Kind
  /// Bytes of one number.
  let width: Int
  let isBigEndian: Bool

  /// Whether numbers are whole by their type.
  var isWhole: Bool { kind != .real }
  var isByte: Bool { kind == .unsigned && width == 1 }

  /// Numbers one after the other; beyond 2 to the 53rd whole ones are rounded.
  func doubles(_ bytes: UnsafeRawBufferPointer) -> [Double] {
    switch (kind, width) {
    case (.truth, _): bytes.map { $0 == 0 ? 0 : 1 }
    case (.unsigned, 1): bytes.map { Double($0) }
    case (.unsigned, 2): whole(bytes, UInt16.self)
    case (.unsigned, 4): whole(bytes, UInt32.self)
    case (.unsigned, _): whole(bytes, UInt64.self)
    case (.signed, 1): bytes.map { Double(Int8(bitPattern: $0)) }
    case (.signed, 2): whole(bytes, Int16.self)
    case (.signed, 4): whole(bytes, Int32.self)
    case (.signed, _): whole(bytes, Int64.self)
    case (.real, 2): bits(bytes, UInt16.self).map { Double(Float16(bitPattern: $0)) }
    case (.real, 4): bits(bytes, UInt32.self).map { Double(Float(bitPattern: $0)) }
    case (.real, _): bits(bytes, UInt64.self).map { Double(bitPattern: $0) }
    }
  }

  private func whole<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ type: Number.Type
  ) -> [Double] {
    bits(bytes, type).map { Double($0) }
  }

  private func bits<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ type: Number.Type
  ) -> [Number] {
    let width = MemoryLayout<Number>.size
    return (0..<bytes.count / width).map { place in
      let stored = bytes.loadUnaligned(fromByteOffset: place * width, as: Number.self)
      return isBigEndian ? Number(bigEndian: stored) : Number(littleEndian: stored)
    }
  }
}

extension DataError {
  /// Where an array has a number that is none in single precision; `nil` where it has none.
  ///
  /// - Parameters:
  ///   - values: row after row.
  ///   - sizes: the array's, rows first.
  static func notFinite(
    _ values: [Double], sizes: [Int], called name: String, setting: String, place: String
  ) -> DataError? {
    let most = Double(Float.greatestFiniteMagnitude)
    guard let first = values.firstIndex(where: { !(abs($0) <= most) }) else { return nil }
    let count = values.count { !(abs($0) <= most) }
    var rest = first
    var indices: [Int] = []
    for size in sizes.reversed() {
      indices.insert(rest % size, at: 0)
      rest /= size
    }
    let spot = name + "[" + indices.map(String.init).joined(separator: ", ") + "]"
    return DataError(
      setting: setting, place: place,
      count == 1
        ? "\(spot) is not finite in single precision"
        : "\(count) numbers are not finite in single precision, the first is \(spot)",
      hint: "Leave such rows out, or fill them: numpy.nan_to_num.")
  }
}
