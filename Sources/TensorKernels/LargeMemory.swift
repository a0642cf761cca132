import Foundation

/// Memory that is asked for once and read all the time.
enum LargeMemory {
  /// The size of a large page where the processor has them.
  private static let page = 2 << 20

  /// Memory of so many bytes, aligned to a cache line; from a large page on to one.
  ///
  /// Weights, gradients and moments of a wide network lie on more small pages than the processor
  /// remembers the addresses of; on Linux the memory then asks for large ones.
  static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    guard byteCount >= page else {
      return .allocate(byteCount: max(1, byteCount), alignment: 64)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: page)
    #if os(Linux)
      // Where it is refused the memory is as good, only slower.
      _ = madvise(memory, byteCount, MADV_HUGEPAGE)
    #endif
    return memory
  }
}
