extension Kernel {
  /// How an instruction with these sizes is parted, in a pass over so many rows; 0 rows for a pass over
  /// parameters.
  ///
  /// The letters of the sizes stand at each kernel's body.
  package func division(_ sizes: [Int], rows: Int) -> Division {
    let n = sizes + Array(repeating: 0, count: max(0, 10 - sizes.count))
    return switch self {
    case .product: .product(n, rows: rows)
    case .expand, .contract, .outer, .through, .throughBack: thinDivision(n)
    case .gather: .rows(n, steps: [n[1]], writes: [0])
    case .gatherImages: .rows(n, steps: [n[1] * n[2] * n[3]], writes: [0])
    case .columns: .wideColumns(n[1], n, writes: [2])
    case .reluColumns: .wideColumns(n[1], n, writes: [0, 2])
    case .dropout: .rows(n, steps: [n[1], n[1]], writes: [1])
    case .part: .rows(n, steps: [n[2], n[3]], writes: [1])
    case .keep: .rows(n, steps: [n[1], 0], writes: [1])
    case .scale, .relu, .leaky, .sigmoid, .tanh, .elu, .silu, .gelu, .geluTanh, .softplus, .copy,
      .add, .maximum:
      .numbers(n, 2, writes: [1], rows: rows)
    case .reluBack, .leakyBack, .sigmoidBack, .tanhBack, .eluBack, .siluBack, .geluBack,
      .geluTanhBack, .softplusBack, .plus, .ties:
      .numbers(n, 3, writes: [2], rows: rows)
    case .fill: .numbers(n, 1, writes: [0], rows: rows)
    case .maximumBack: .numbers(n, 5, writes: [4], rows: rows)
    case .softmax, .logSoftmax: .rows(n, steps: [n[1], n[1]], writes: [1])
    case .softmaxBack, .logSoftmaxBack: .rows(n, steps: [n[1], n[1], n[1]], writes: [2])
    case .distances: .rows(n, steps: [n[2], 0, n[1]], writes: [2])
    case .distancesBack: .wideColumns(n[2], n, writes: [3, 4])
    case .batchStatistics, .runningStatistics, .batchNorm, .batchNormSums, .batchNormBack,
      .layerNorm, .layerNormSums, .layerNormBack:
      normDivision(n)
    case .channels, .maxPool, .maxPoolBack, .meanPool, .meanPoolBack, .convolution,
      .convolutionWeights, .convolutionInput:
      imageDivision(n, rows: rows)
    case .crossEntropy, .nll, .mse, .l1, .huber, .bce, .bceLogits, .weightedCrossEntropy:
      .rows(n, steps: [n[1], n[1], 0, Division.numbersOfVerdict], writes: [1, 3])
    case .lossSum, .lossBalance, .norm, .penalty: .whole(n, writes: [])
    case .sgd: .numbers(n, 3, writes: [0, 2], rows: 0)
    case .adam: .numbers(n, 4, writes: [0, 2, 3], rows: 0)
    case .rmsprop: .numbers(n, 5, writes: [0, 2, 3, 4], rows: 0)
    case .adagrad: .numbers(n, 3, writes: [0, 2], rows: 0)
    }
  }

  private func thinDivision(_ n: [Int]) -> Division {
    switch self {
    case .expand: .rows(n, steps: [n[1], 0, 0, n[2], n[2]], writes: [3])
    case .contract: .rows(n, steps: [n[2], 0, 0, n[1]], writes: [3])
    case .through: .rows(n, steps: [n[1], 0, 0, n[2], 0, 0, n[3]], writes: [3, 6])
    case .throughBack: .thinColumns(n, writes: [4, 5, 6, 7])
    default: .thinColumns(n, writes: [2, 3, 4])
    }
  }

  private func normDivision(_ n: [Int]) -> Division {
    let image = n[1] * n[2]
    return switch self {
    case .batchStatistics: .channels(n, writes: [1, 2, 3])
    case .runningStatistics: .channels(n, writes: [2])
    case .batchNorm: .rows(n, steps: [image, 0, 0, 0, image], writes: [4])
    case .batchNormSums: .channels(n, writes: [1, 3, 4])
    case .batchNormBack:
      .rows(Array(n[..<3]) + [n[0]] + n[4...], steps: [image, 0, 0, image], writes: [3])
    case .layerNorm: .rows(n, steps: [n[1], 0, 0, n[1], 2], writes: [3, 4])
    case .layerNormSums: .wideColumns(n[1], n, writes: [3, 4])
    default: .rows(n, steps: [n[1], 2, 0, n[1]], writes: [3])
    }
  }

  private func imageDivision(_ n: [Int], rows: Int) -> Division {
    switch self {
    case .channels: return .channels(n, writes: [1])
    case .convolution:
      let (x, y) = (n[1] * n[2] * n[3], n[4] * n[9])
      return .rows(n, steps: [x, 0, 0, y, 0], writes: [3], memory: 4)
    case .convolutionInput:
      let (x, y) = (n[1] * n[2] * n[3], n[4] * n[9])
      return .rows(n, steps: [0, y, x, 0, 0], writes: [2], memory: 4)
    case .convolutionWeights:
      return .columns(n[4], grain: n[4] >= 8 ? 4 : 1, n, writes: [2], memory: 4)
    default:
      let (x, y) = (n[1] * n[2], n[6] * n[7])
      let each = rows > 0 && n[0].isMultiple(of: rows) ? n[0] / rows : 1
      let isForward = self == .maxPool || self == .meanPool
      return .rows(
        n, each: each, steps: (isForward ? [x, y] : [x, y, x]).map { $0 * each },
        writes: [isForward ? 1 : 2])
    }
  }

  /// How a loss sums what its rows have come to, as the kernel of `lossSum` is told; `nil` for kernels
  /// that are none.
  package var lossOrder: Int? {
    switch self {
    case .crossEntropy, .mse: 0
    case .nll, .l1, .huber, .bce, .bceLogits: 1
    case .weightedCrossEntropy: 2
    default: nil
    }
  }

  /// The operands in which an instruction leaves a gradient that is a block's own sum and then what the
  /// blocks before have, so that blocks can be summed apart; `nil` for kernels that leave none such.
  package func ownSums(_ n: [Int]) -> [Int]? {
    switch self {
    case .outer: return [2, 3, 4]
    case .throughBack: return [4, 5, 6, 7]
    case .columns, .reluColumns: return [2]
    case .channels: return [1]
    case .convolutionWeights:
      // As slides.inc decides, for the longest vector, and as many images as it sums at once.
      let (high, wide, side, padding) = (n[2], n[3], n[5], n[7])
      let flat = (high + 2 * padding - side + 1) * (wide + 2 * padding) - side + 1
      let back = high * (wide + side - 1) - side + 1
      return n[0] <= 8 && n[6] == 1 && padding < side && min(flat, back) > 16 ? [2] : nil
    default: return nil
    }
  }

  /// Whether an instruction reads what another one leaves in the state for all threads.
  package var readsShared: Bool {
    switch self {
    case .sgd, .adam, .rmsprop, .adagrad, .weightedCrossEntropy: true
    default: false
    }
  }

  /// Whether an instruction leaves something in the state for all threads.
  package var writesShared: Bool { self == .norm || self == .lossBalance }
}

extension Division {
  /// Numbers that a row's loss takes where a loss is parted.
  package static let numbersOfVerdict = 4
}
