import TensorKernels
import Testing

@Suite struct ArenaTests {
  /// Below a large page, at one, and beyond it by less than a cache line.
  @Test(arguments: [1, 1 << 20, 2 << 20, (2 << 20) + 1, 5_000_000])
  func itIsAlignedAndZero(byteCount: Int) throws {
    let arena = Arena(byteCount: byteCount)
    let start = try #require(arena.bytes.baseAddress)
    let alignment = byteCount >= 2 << 20 ? 2 << 20 : 64
    #expect(Int(bitPattern: start) % alignment == 0)
    #expect(arena.bytes.count >= byteCount)
    #expect(arena.bytes.count % 64 == 0)
    #expect(arena.bytes.allSatisfy { $0 == 0 })
  }

  @Test func sharedNumbersAreAlignedAlsoWhereThereAreNone() throws {
    for count in [0, 3, 1_000_000] {
      let numbers = SharedArray(Array(repeating: Float(1), count: count))
      #expect(numbers.count == count)
      #expect(numbers.elements.allSatisfy { $0 == 1 })
      let start = try #require(numbers.elements.baseAddress)
      #expect(Int(bitPattern: start) % 64 == 0)
    }
  }
}
