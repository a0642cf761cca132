import TensorKernels

/// About how long passes take on one core, and so how many threads pay.
///
/// Nothing is timed: the same network gets the same number of threads wherever it is trained, and a busy
/// machine changes nothing. The rates are those of a core with vectors of 64 bytes.
struct PassCosts {
  /// Below this a pass is not worth a second thread.
  private static let leastNanoseconds = 100_000.0
  /// So much of a pass is worth each thread.
  private static let nanosecondsEach = 50_000.0
  /// So much between two waits is worth each thread: a wait costs a few hundred nanoseconds, and what one
  /// core has written and another reads some thousand.
  private static let betweenWaits = 5_000.0

  private struct Cost {
    let rows: Int
    let nanoseconds: Double
    let waits: Int
  }

  private let blocks: [PassKind: Cost]
  private let update: Double
  private let isByBlocks: Bool

  init(_ layout: ArenaLayout) {
    blocks = layout.sharedKinds.reduce(into: [:]) { blocks, kind in
      let lowering = layout.lowering(kind, rows: layout.rows(of: kind))
      let pass = SharedPass(lowering)
      let waits = pass.waits(pass.layout).count { $0 }
      blocks[kind] = Cost(
        rows: lowering.rows, nanoseconds: lowering.nanoseconds, waits: waits + 1)
    }
    update = layout.update.nanoseconds
    isByBlocks =
      layout.sharedKinds.contains(.training)
      && BlockPass(layout.lowering(.training, rows: layout.rows(of: .training))) != nil
  }

  /// How many threads pay for a pass over so many rows, at most so many.
  func threads(for kind: PassKind, _ rows: Int, updates: Bool, most: Int) -> Int {
    guard let block = blocks[kind] else { return 1 }
    let share = Double(rows) / Double(block.rows)
    let whole = block.nanoseconds * share + (updates ? update : 0)
    if whole < Self.leastNanoseconds { return 1 }
    let wanted = Int(min(whole / Self.nanosecondsEach, Double(most)))
    let between = block.nanoseconds * min(1, share) / Double(block.waits)
    let withWaits = max(1, min(wanted, Int(between / Self.betweenWaits)))
    guard kind == .training, isByBlocks else { return withWaits }
    // Where each thread has whole blocks nobody waits within them.
    let count = Int(share.rounded(.up))
    var byBlocks = wanted
    while byBlocks > 1, !BlockPass.isEven(count, byBlocks) { byBlocks -= 1 }
    return withWaits >= 2 * byBlocks ? withWaits : byBlocks
  }
}

extension Lowering {
  /// About how long it takes on one core.
  var nanoseconds: Double { steps.reduce(0) { $0 + $1.nanoseconds } }
}

extension Lowering.Step {
  /// About how long it takes on one core: multiplications where they are many, else numbers touched.
  fileprivate var nanoseconds: Double {
    let n = (sizes + Array(repeating: 0, count: 10)).map(Double.init)
    let fast = 0.025
    switch kernel {
    case .product: return fast * n[0] * n[1] * n[2]
    case .convolution, .convolutionWeights, .convolutionInput:
      return fast * n[0] * n[4] * n[9] * n[1] * n[5] * n[5]
    case .expand, .contract, .outer: return 2 * fast * n[0] * (n[1] + 1) * n[2]
    case .through, .throughBack: return 2 * fast * n[0] * (n[1] + n[3] + 1) * n[2]
    case .gather, .keep, .columns, .reluColumns: return 0.1 * n[0] * n[1]
    case .gatherImages: return n[0] * n[1] * n[2] * n[3]
    case .distances, .distancesBack: return 0.2 * n[0] * n[1] * n[2]
    case .dropout, .part, .layerNorm, .layerNormSums, .layerNormBack, .softmax, .softmaxBack,
      .logSoftmax, .logSoftmaxBack, .crossEntropy, .nll, .mse, .l1, .huber:
      return n[0] * n[1]
    case .bce, .bceLogits, .weightedCrossEntropy: return 10 * n[0] * n[1]
    case .batchStatistics, .batchNorm, .batchNormSums, .batchNormBack, .channels:
      return 0.3 * n[0] * n[1] * n[2]
    case .maxPool, .maxPoolBack, .meanPool, .meanPoolBack: return 0.5 * n[0] * n[1] * n[2]
    case .adam: return 0.5 * n[0]
    default: return 0.3 * n[0]
    }
  }
}
