import Foundation
import Machine
import Testing

@Suite struct FreeMemoryTests {
  /// Kilobytes that this process has in memory.
  private func resident() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return try #require(line?.split(separator: " ").dropLast().last.flatMap { Int($0) })
  }

  /// Blocks that are freed below one that is used: malloc by itself keeps their pages.
  @Test func pagesBelowUsedOnesAreGivenBack() throws {
    let blocks = (0..<40_000).map { _ -> UnsafeMutableRawPointer in
      let block = UnsafeMutableRawPointer.allocate(byteCount: 4_000, alignment: 16)
      memset(block, 1, 4_000)
      return block
    }
    for (place, block) in blocks.enumerated() where place % 100 > 0 { block.deallocate() }
    let before = try resident()
    FreeMemory.giveBack()
    let after = try resident()
    for (place, block) in blocks.enumerated() where place % 100 == 0 { block.deallocate() }
    // Of 155 MB nine tenths at least; other tests take some meanwhile.
    #expect(before - after > 100_000, "\(before) KB, \(after) KB")
  }
}
