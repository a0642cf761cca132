import CKernels

/// Instructions in a row, run without allocating, counting references or looking anything up.
package final class InstructionList: @unchecked Sendable {
  private let instructions: UnsafeMutableBufferPointer<lb_instruction>

  /// An instruction whose buffers have become addresses.
  package struct Entry {
    package let kernel: Kernel
    package let pointers: [UnsafeMutableRawPointer?]
    package let sizes: [Int]
    package let scalars: [Double]

    /// Makes an instruction of at most 8 addresses, 10 sizes and 5 scalars.
    package init(
      _ kernel: Kernel, _ pointers: [UnsafeMutableRawPointer?], sizes: [Int], scalars: [Double]
    ) {
      precondition(pointers.count <= 8 && sizes.count <= 10 && scalars.count <= 5)
      self.kernel = kernel
      self.pointers = pointers + Array(repeating: nil, count: 8 - pointers.count)
      self.sizes = sizes + Array(repeating: 0, count: 10 - sizes.count)
      self.scalars = scalars + Array(repeating: 0, count: 5 - scalars.count)
    }

    func arguments(_ state: RunState) -> lb_arguments {
      let (p, n, s) = (pointers, sizes.map(Int64.init), scalars)
      return lb_arguments(
        p0: p[0], p1: p[1], p2: p[2], p3: p[3], p4: p[4], p5: p[5],
        p6: p[6], p7: p[7], state: state.raw,
        n0: n[0], n1: n[1], n2: n[2], n3: n[3], n4: n[4], n5: n[5], n6: n[6], n7: n[7],
        n8: n[8], n9: n[9], s0: s[0], s1: s[1], s2: s[2], s3: s[3], s4: s[4], first: 0, end: 0)
    }
  }

  /// Lays out the instructions for kernels of one precision.
  package init<Scalar: KernelScalar>(_ entries: [Entry], state: RunState, as scalar: Scalar.Type) {
    instructions = .allocate(capacity: entries.count)
    for (index, entry) in entries.enumerated() {
      (instructions.baseAddress.map { $0 + index })?.initialize(
        to: lb_instruction(
          function: entry.kernel.function(scalar), arguments: entry.arguments(state)))
    }
  }

  deinit { instructions.deallocate() }

  /// Runs every instruction once, in order.
  package func run() { lb_run(instructions.baseAddress, Int64(instructions.count)) }

  /// Runs a pass over the rows at these places, block after block of `rows` rows.
  ///
  /// - Parameters:
  ///   - full: the instructions of such a block; `nil` where there is none.
  ///   - last: those of what is left over; `nil` where nothing is.
  package static func run(
    full: InstructionList?, last: InstructionList?, _ state: RunState, _ places: Range<Int>,
    rows: Int
  ) {
    lb_run_blocks(
      full?.raw ?? lb_list(), last?.raw ?? lb_list(), state.raw, Int64(places.lowerBound),
      Int64(places.upperBound), Int64(rows))
  }

  private var raw: lb_list {
    lb_list(instructions: instructions.baseAddress, count: Int64(instructions.count))
  }
}
