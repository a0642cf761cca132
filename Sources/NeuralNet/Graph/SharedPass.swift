import TensorKernels

/// A pass as several threads run it: the same instructions with how each is parted, the rows' losses
/// kept and summed by one thread in their order.
struct SharedPass {
  let lowering: Lowering
  let divisions: [Division]
  /// Numbers of memory that each thread needs beside the buffers.
  let memory: Int

  init(_ pass: Lowering) {
    let lowering = SharedPass.keepingLosses(pass)
    let divisions = lowering.steps.map { $0.kernel.division($0.sizes, rows: lowering.rows) }
    self.lowering = lowering
    self.divisions = divisions
    memory =
      zip(lowering.steps, divisions).map { step, division in
        guard let place = division.memory, case .scratch(let index)? = step.operands[place]?.section
        else { return 0 }
        return lowering.scratchCounts[index]
      }.max() ?? 0
  }

  /// The pass behind all blocks, each gradient of a product parted as that product was.
  init(update: Lowering, behind training: SharedPass?) {
    memory = 0
    var (steps, divisions): ([Lowering.Step], [Division]) = ([], [])
    let gradients = training?.gradients ?? []
    for step in update.steps {
      let whole = step.kernel.division(step.sizes, rows: 0)
      let parts =
        whole.axis == .numbers ? SharedPass.parts(of: whole, gradients) : [whole]
      steps += parts.map { _ in step }
      divisions += parts
    }
    lowering = update.replacing(steps: steps)
    self.divisions = divisions
  }

  /// The gradients that products make, by where they begin.
  private var gradients: [(offset: Int, product: Division)] {
    zip(lowering.steps, divisions).compactMap { step, division in
      guard step.kernel == .product, case .gradients(let offset)? = step.operands[2]?.section else {
        return nil
      }
      return (offset, division)
    }
    .sorted { $0.offset < $1.offset }
  }

  private static func parts(
    of whole: Division, _ gradients: [(offset: Int, product: Division)]
  ) -> [Division] {
    var parts: [Division] = []
    var next = 0
    for (offset, product) in gradients {
      guard offset >= next, let own = whole.following(product, offset: offset) else { continue }
      if offset > next { parts.append(whole.numbers(next..<offset)) }
      parts.append(own)
      next = offset + ScratchLayout.rounded(own.sizes[0])
    }
    if next < whole.count { parts.append(whole.numbers(next..<whole.count)) }
    return parts
  }

  /// Losses that leave what each row has come to, and one instruction at the end that sums it.
  private static func keepingLosses(_ pass: Lowering) -> Lowering {
    var lowering = pass
    var steps: [Lowering.Step] = []
    var sums: [Lowering.Step] = []
    for step in pass.steps {
      guard let order = step.kernel.lossOrder else {
        steps.append(step)
        continue
      }
      let kept = lowering.scratch(Division.numbersOfVerdict * pass.rows)
      let operands = (step.operands + [nil, nil, nil])[..<3]
      if step.kernel == .weightedCrossEntropy {
        steps.append(
          Lowering.Step(kernel: .lossBalance, operands: Array(operands), sizes: [], scalars: []))
      }
      steps.append(
        Lowering.Step(
          kernel: step.kernel, operands: operands + [kept], sizes: step.sizes,
          scalars: step.scalars))
      sums.append(
        Lowering.Step(
          kernel: .lossSum, operands: [nil, nil, nil, kept], sizes: [pass.rows, order], scalars: [])
      )
    }
    return lowering.replacing(steps: steps + sums)
  }

  /// Where scratch buffers lie, if no region uses the memory of another buffer of its own.
  var layout: ScratchLayout {
    ScratchLayout(lowering, times: Regions(lowering.steps, divisions).numbers)
  }

  /// Where threads wait, buffers lying as `layout` says.
  func waits(_ layout: ScratchLayout) -> [Bool] {
    Regions(lowering.steps, divisions) { layout.overlap($0, $1, lowering) }.waits
  }
}

extension ScratchLayout {
  /// Whether two buffers of a pass lie on the same memory.
  func overlap(_ a: Buffer, _ b: Buffer, _ lowering: Lowering) -> Bool {
    guard case .scratch(let first) = a.section, case .scratch(let second) = b.section else {
      return false
    }
    let (begin, other) = (offsets[first], offsets[second])
    return begin < other + lowering.scratchCounts[second]
      && other < begin + lowering.scratchCounts[first]
  }
}
