import TensorKernels

/// A training pass of which each thread takes whole blocks of rows, from the batch to the gradients, so
/// that nothing but these goes from one core to another.
///
/// A block's gradients are sums of its own, which are added in the order of the blocks, as one thread adds
/// them: those of the first thread's blocks at once, the others afterwards. Products add to what blocks
/// before have left, number by number: these are done block after block behind all others, each parted
/// among threads.
struct BlockPass {
  /// The instructions that a block takes by itself.
  private(set) var own: [Lowering.Step] = []
  /// Those for which blocks are taken one after the other.
  private(set) var ordered: [Lowering.Step] = []
  /// Where the gradients begin that each block makes by itself.
  private(set) var gradients: Set<Int> = []
  /// The scratch buffers that a block keeps for the ordered instructions.
  private(set) var kept: Set<Int> = []

  /// `nil` where a pass cannot be taken so.
  init?(_ lowering: Lowering) {
    for step in lowering.steps {
      let sums = step.kernel.ownSums(step.sizes)
      let written = step.operands.indices.filter { Self.gradient(step.operands[$0]) != nil }
      if let order = step.kernel.lossOrder {
        guard order == 0 else { return nil }
        own.append(step)
      } else if written.isEmpty {
        guard !Self.needsAllRows(step.kernel) else { return nil }
        own.append(step)
      } else if let sums, sums.allSatisfy({ Self.isGradientOrNone(step, $0) }),
        written.allSatisfy(sums.contains)
      {
        own.append(step)
        for place in written {
          Self.gradient(step.operands[place]).map { _ = gradients.insert($0) }
        }
      } else if step.kernel == .product, written == [2], step.sizes[3] & 4 != 0 {
        ordered.append(step)
        for case .scratch(let index)? in step.operands.map({ $0?.section }) { kept.insert(index) }
      } else {
        return nil
      }
    }
    let products = ordered.compactMap { Self.gradient($0.operands[2]) }
    guard gradients.isDisjoint(with: products), Set(products).count == products.count else {
      return nil
    }
  }

  /// Whether so many blocks go to so many threads about evenly.
  static func isEven(_ blocks: Int, _ threads: Int) -> Bool {
    threads > 1 && threads <= blocks
      && (blocks.isMultiple(of: threads) || blocks >= 3 * threads)
  }

  /// Where in the gradients a buffer begins; `nil` where it is none.
  static func gradient(_ buffer: Buffer?) -> Int? {
    if case .gradients(let offset)? = buffer?.section { offset } else { nil }
  }

  private static func isGradientOrNone(_ step: Lowering.Step, _ place: Int) -> Bool {
    guard place < step.operands.count, let buffer = step.operands[place] else { return true }
    return gradient(buffer) != nil
  }

  private static func needsAllRows(_ kernel: Kernel) -> Bool {
    switch kernel {
    case .batchStatistics, .batchNorm, .batchNormSums, .batchNormBack, .distancesBack: true
    default: false
    }
  }
}
