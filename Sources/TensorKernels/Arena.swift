/// One block of memory, aligned to 64 bytes and zero at first, that holds everything a program
/// touches.
package final class Arena: @unchecked Sendable {
  package let bytes: UnsafeMutableRawBufferPointer

  /// Takes `byteCount` bytes, rounded up to whole cache lines.
  package init(byteCount: Int) {
    let rounded = Arena.rounded(max(byteCount, 64))
    bytes = UnsafeMutableRawBufferPointer(
      start: LargeMemory.allocate(byteCount: rounded), count: rounded)
    _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { bytes.deallocate() }

  /// The next multiple of a cache line.
  package static func rounded(_ byteCount: Int) -> Int { (byteCount + 63) & ~63 }

  /// The memory from `offset` on as numbers.
  package func numbers<Scalar: KernelScalar>(
    at offset: Int, count: Int, as type: Scalar.Type
  ) -> UnsafeMutableBufferPointer<Scalar> {
    precondition(offset >= 0 && offset + count * MemoryLayout<Scalar>.stride <= bytes.count)
    let start = bytes.baseAddress?.advanced(by: offset)
    return UnsafeMutableBufferPointer(
      start: start?.assumingMemoryBound(to: Scalar.self), count: count)
  }
}
