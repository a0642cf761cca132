import CKernels

/// Instructions in a row that several threads run together, each its part of every one.
package final class SharedList: @unchecked Sendable {
  private let instructions: UnsafeMutableBufferPointer<lb_shared_instruction>

  /// An instruction with how it is parted.
  package struct Entry {
    let entry: InstructionList.Entry
    let division: Division
    /// Whether all before it must be done by all threads.
    let waits: Bool
    let readsShared: Bool

    package init(
      _ kernel: Kernel, _ pointers: [UnsafeMutableRawPointer?], _ division: Division,
      scalars: [Double], waits: Bool
    ) {
      entry = InstructionList.Entry(kernel, pointers, sizes: division.sizes, scalars: scalars)
      self.division = division
      self.waits = waits
      readsShared = kernel.readsShared
    }
  }

  /// Lays out the instructions for kernels of one precision.
  package init<Scalar: KernelScalar>(_ entries: [Entry], state: RunState, as scalar: Scalar.Type) {
    instructions = .allocate(capacity: entries.count)
    for (index, entry) in entries.enumerated() {
      let kernel = entry.entry.kernel
      (instructions.baseAddress.map { $0 + index })?.initialize(
        to: lb_shared_instruction(
          function: kernel.function(scalar), arguments: entry.entry.arguments(state),
          share: Self.share(entry.division, size: MemoryLayout<Scalar>.stride),
          waits: entry.waits ? (entry.readsShared ? 2 : 1) : 0))
    }
  }

  deinit { instructions.deallocate() }

  static func share(_ division: Division, size: Int) -> lb_share {
    var share = lb_share()
    guard division.axis != .whole else { return share }
    share.count = Int64(division.count)
    share.grain = Int64(division.grain)
    share.each = Int64(division.each)
    let isFound = division.axis == .columns && !division.isSecondSize
    share.size = isFound ? -1 : division.isSecondSize ? 1 : 0
    share.memory = Int32(division.memory ?? -1)
    let bytes = (0..<8).map { Int64($0 < division.steps.count ? division.steps[$0] * size : 0) }
    if let lines = division.lines {
      share.lines = Int64(lines.count)
      let step = Int64(lines.step * size)
      share.line = (step, step, step, step, step, step, step, step)
    }
    share.step = (
      bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]
    )
    return share
  }

  var raw: lb_shared_list {
    lb_shared_list(instructions: instructions.baseAddress, count: Int64(instructions.count))
  }
}
