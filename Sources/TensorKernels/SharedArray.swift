/// An immutable block of numbers that many runs read at once: a data set's features or labels.
///
/// The memory is aligned to 64 bytes and freed with the last reference.
public final class SharedArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Element>

  /// Makes a block of `count` elements that `body` fills completely.
  public init(
    count: Int, filledBy body: (UnsafeMutableBufferPointer<Element>) throws -> Void
  ) rethrows {
    let raw = LargeMemory.allocate(byteCount: count * MemoryLayout<Element>.stride)
    storage = UnsafeMutableBufferPointer(
      start: raw.bindMemory(to: Element.self, capacity: count), count: count)
    do { try body(storage) } catch {
      raw.deallocate()
      throw error
    }
  }

  /// Copies `elements`.
  public convenience init(_ elements: [Element]) {
    self.init(count: elements.count) { _ = $0.initialize(from: elements) }
  }

  deinit { UnsafeMutableRawPointer(storage.baseAddress)?.deallocate() }

  /// How many elements there are.
  public var count: Int { storage.count }

  /// The elements in memory; valid while this object lives.
  public var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(storage) }

  /// The element at `index`, which must be within bounds.
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < storage.count, "index \(index) of \(storage.count)")
    return storage[index]
  }
}
