import CKernels

/// What a block of rows takes, where each thread has whole blocks.
package final class BlockList: @unchecked Sendable {
  private let instructions: UnsafeMutableBufferPointer<lb_block_instruction>
  private let ordered: Int

  /// An instruction with where its operands lie.
  package struct Entry {
    let entry: InstructionList.Entry
    let division: Division
    let threadSteps: [Int]
    let blockSteps: [Int]
    let sums: [UnsafeMutableRawPointer?]

    /// Makes an instruction; steps are bytes of each operand from one thread's or block's memory to the
    /// next, `sums` where operands are summed over the blocks.
    package init(
      _ kernel: Kernel, _ pointers: [UnsafeMutableRawPointer?], _ division: Division,
      scalars: [Double], threadSteps: [Int], blockSteps: [Int], sums: [UnsafeMutableRawPointer?]
    ) {
      entry = InstructionList.Entry(kernel, pointers, sizes: division.sizes, scalars: scalars)
      self.division = division
      self.threadSteps = threadSteps
      self.blockSteps = blockSteps
      self.sums = sums
    }
  }

  /// Lays out the instructions, the last `ordered` of which are taken block after block.
  package init<Scalar: KernelScalar>(
    _ entries: [Entry], ordered: Int, state: RunState, as scalar: Scalar.Type
  ) {
    instructions = .allocate(capacity: entries.count)
    self.ordered = ordered
    for (index, entry) in entries.enumerated() {
      (instructions.baseAddress.map { $0 + index })?.initialize(
        to: lb_block_instruction(
          function: entry.entry.kernel.function(scalar), arguments: entry.entry.arguments(state),
          thread: Self.eight(entry.threadSteps), block: Self.eight(entry.blockSteps),
          whole: Self.places(entry.sums),
          share: SharedList.share(entry.division, size: MemoryLayout<Scalar>.stride)))
    }
  }

  deinit { instructions.deallocate() }

  private typealias Eight = (Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64)

  private static func eight(_ values: [Int]) -> Eight {
    func at(_ place: Int) -> Int64 { place < values.count ? Int64(values[place]) : 0 }
    return (at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7))
  }

  private typealias Place = UnsafeMutablePointer<CChar>?
  private typealias Places = (Place, Place, Place, Place, Place, Place, Place, Place)

  private static func places(_ places: [UnsafeMutableRawPointer?]) -> Places {
    func at(_ place: Int) -> Place {
      place < places.count ? places[place]?.assumingMemoryBound(to: CChar.self) : nil
    }
    return (at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7))
  }

  var raw: lb_block_list {
    lb_block_list(
      instructions: instructions.baseAddress, count: Int64(instructions.count - ordered),
      ordered: Int64(ordered))
  }
}

/// The blocks of a pass with what they leave: gradients, of those behind the first thread's each by
/// itself, and losses.
package final class BlockWork: @unchecked Sendable {
  private let raw: UnsafeMutablePointer<lb_blocks>
  private let sums: UnsafeMutableBufferPointer<lb_sum>
  private let told: UnsafeMutableBufferPointer<lb_told>

  /// A part of the gradient that every block makes by itself.
  package struct Sum {
    let from: UnsafeMutableRawPointer?
    let to: UnsafeMutableRawPointer?
    let count: Int
    let step: Int

    /// Sums so many numbers at `from`, and each `step` bytes further, into `to`.
    package init(
      from: UnsafeMutableRawPointer?, to: UnsafeMutableRawPointer?, count: Int, step: Int
    ) {
      (self.from, self.to, self.count, self.step) = (from, to, count, step)
    }
  }

  /// Makes the work of at most so many blocks.
  package init<Scalar: KernelScalar>(_ parts: [Sum], blocks: Int, as scalar: Scalar.Type) {
    sums = .allocate(capacity: parts.count)
    told = .allocate(capacity: blocks)
    told.initialize(repeating: lb_told())
    raw = .allocate(capacity: 1)
    raw.initialize(to: lb_blocks())
    for (index, part) in parts.enumerated() {
      (sums.baseAddress.map { $0 + index })?.initialize(
        to: lb_sum(
          from: part.from?.assumingMemoryBound(to: CChar.self),
          to: part.to?.assumingMemoryBound(to: CChar.self), count: Int64(part.count),
          step: Int64(part.step)))
    }
    raw.pointee.sums = UnsafePointer(sums.baseAddress)
    raw.pointee.sum_count = Int64(parts.count)
    raw.pointee.told = told.baseAddress
    raw.pointee.add = Kernel.add.function(scalar)
    raw.pointee.number = Int64(MemoryLayout<Scalar>.stride)
  }

  deinit {
    sums.deallocate()
    told.deallocate()
    raw.deallocate()
  }

  func lists(_ full: BlockList, _ last: BlockList) -> UnsafePointer<lb_blocks> {
    raw.pointee.full = full.raw
    raw.pointee.last = last.raw
    return UnsafePointer(raw)
  }
}
