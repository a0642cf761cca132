import TensorKernels

/// Instructions that follow one another and do the work of one kernel, put together.
///
/// Two thin linear layers with a rectified layer between them, the commonest small network, go
/// through memory once: `expand` and `contract` forward, `outer`, `expand` and `outer` backward.
struct Fusion {
  /// The greatest thin side the fused kernels take.
  private static let thin = 4
  /// The least hidden side they take: the longest vector.
  private static let wide = 16

  private let steps: [Lowering.Step]
  /// How many operands each scratch buffer is, so that what others read stays in memory.
  private let uses: [Buffer: Int]
  private let kept: Set<Int>

  private init(_ lowering: Lowering) {
    steps = lowering.steps
    kept = lowering.kept
    uses = steps.reduce(into: [:]) { uses, step in
      for case let buffer? in step.operands { uses[buffer, default: 0] += 1 }
    }
  }

  /// The same pass in fewer instructions.
  static func fuse(_ lowering: Lowering) -> Lowering {
    let fusion = Fusion(lowering)
    var fused: [Lowering.Step] = []
    var place = 0
    while place < fusion.steps.count {
      if let step = fusion.forward(at: place) {
        fused.append(step)
        place += 2
      } else if let step = fusion.backward(at: place) {
        fused.append(step)
        place += 3
      } else {
        fused.append(fusion.steps[place])
        place += 1
      }
    }
    return lowering.replacing(steps: fused)
  }

  private func follows(_ place: Int, _ kernels: [Kernel]) -> Bool {
    place + kernels.count <= steps.count
      && zip(steps[place...], kernels).allSatisfy { $0.kernel == $1 }
  }

  private func fits(_ sizes: Int..., wide: Int) -> Bool {
    sizes.allSatisfy { $0 <= Fusion.thin } && wide >= Fusion.wide
  }

  /// `expand` with a rectifier, and `contract` of what it made.
  private func forward(at place: Int) -> Lowering.Step? {
    guard follows(place, [.expand, .contract]) else { return nil }
    let (first, second) = (steps[place], steps[place + 1])
    let (x, hidden) = (first.operands, second.operands)
    guard first.sizes[3] == 1, x[4] == nil, hidden[0] == x[3],
      fits(first.sizes[1], second.sizes[1], wide: first.sizes[2])
    else { return nil }
    return Lowering.Step(
      kernel: .through, operands: [x[0], x[1], x[2], x[3], hidden[1], hidden[2], hidden[3]],
      sizes: first.sizes[..<3] + [second.sizes[1], second.sizes[3]], scalars: [])
  }

  /// The gradients of the same, where nothing else asks for the gradient of what lies between.
  private func backward(at place: Int) -> Lowering.Step? {
    guard follows(place, [.outer, .expand, .outer]) else { return nil }
    let (outer, expand, inner) = (steps[place], steps[place + 1], steps[place + 2])
    let (dy, hidden) = (outer.operands[0], outer.operands[1])
    guard let between = expand.operands[3], case .scratch(let index) = between.section,
      uses[between] == 2, !kept.contains(index), inner.operands[1] == between,
      expand.operands[0] == dy, expand.operands[4] == hidden, outer.operands[3] == nil,
      inner.operands[4] == nil, fits(outer.sizes[1], inner.sizes[1], wide: outer.sizes[2])
    else { return nil }
    return Lowering.Step(
      kernel: .throughBack,
      operands: [
        inner.operands[0], hidden, expand.operands[1], dy, inner.operands[2], inner.operands[3],
        outer.operands[2], outer.operands[4],
      ], sizes: inner.sizes[..<3] + [outer.sizes[1]], scalars: [])
  }
}
