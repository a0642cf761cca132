import Foundation
import TensorKernels
import Testing

/// Losses, their gradients and what counts as right, row by row in double: to 1e-5 in single
/// precision, 1e-12 in double; gradients are scaled by 1 over the batch, and compared so.
@Suite(.everyBody) struct LossTests {
  /// Around the outputs that are taken one row a lane, and around its vectors.
  static let widths = [1, 2, 3, 4, 5, 17, 31, 32, 33, 40]

  /// A block of a batch: rows of the data in some order, the block's first not the data's first.
  private struct Block {
    let rows: Int
    let width: Int
    let order: [Int32]
    let first = 2
    let scale = 1 / 50.0

    init(rows: Int, width: Int) {
      self.rows = rows
      self.width = width
      order = CounterRandom(seed: 1, purpose: .shuffle).permutation(of: rows + 5, 0)
    }

    /// The row of the data at a row of the block.
    func place(_ row: Int) -> Int { Int(order[first + row]) }
  }

  private enum Targets {
    case classes([Int32])
    case values([Float])
  }

  private func run<Scalar: KernelScalar>(
    _ kernel: Kernel, _ block: Block, _ x: [Double], _ targets: Targets, hasGradient: Bool = true,
    constants: [Double]? = nil, isSingle: Bool = false, scalars: [Double] = [], as: Scalar.Type
  ) -> (gradient: [Double], state: KernelCall.Measured) {
    let (classes, values): ([Int32], [Float]) =
      switch targets {
      case .classes(let classes): (classes, [])
      case .values(let values): ([], values)
      }
    let empty = Array(repeating: 9.0, count: x.count)
    return classes.withUnsafeBufferPointer { classes in
      values.withUnsafeBufferPointer { values in
        block.order.withUnsafeBufferPointer { order in
          let found = KernelCall.run(
            [
              .init(
                kernel, [0, hasGradient ? 1 : nil, constants == nil ? nil : 2],
                sizes: [block.rows, block.width, isSingle ? 1 : 0], scalars: scalars)
            ], [x, empty, constants ?? []], as: Scalar.self
          ) {
            $0.bind(
              features: nil, classes: classes.isEmpty ? nil : classes.baseAddress,
              values: values.isEmpty ? nil : values.baseAddress, order: order.baseAddress)
            $0.begin(scale: block.scale)
            $0.block(first: block.first, row: 0)
          }
          return (found.operands[1], found.state)
        }
      }
    }
  }

  /// Compares a kernel with its rows: the loss of a row, its slopes, and the class it speaks for.
  private func check<Scalar: KernelScalar>(
    _ kernel: Kernel, _ block: Block, _ x: [Double], _ targets: Targets, isSingle: Bool = false,
    scalars: [Double] = [], threshold: Double = 0, as: Scalar.Type, within tolerance: Double,
    row: (ArraySlice<Double>, Int) -> (loss: Double, slopes: [Double])
  ) {
    var (loss, slopes, right) = (0.0, [Double](), 0)
    for r in 0..<block.rows {
      let scores = x[r * block.width..<(r + 1) * block.width]
      let (value, slope) = row(scores, block.place(r))
      loss += value
      slopes += slope.map { $0 * block.scale }
      guard case .classes(let classes) = targets else { continue }
      let most = scores.max() ?? 0
      let first = (scores.firstIndex(of: most) ?? 0) - scores.startIndex
      let decision = isSingle ? ((scores.first ?? 0) > threshold ? 1 : 0) : first
      right += decision == Int(classes[block.place(r)]) ? 1 : 0
    }
    for hasGradient in [true, false] {
      let found = run(
        kernel, block, x, targets, hasGradient: hasGradient, isSingle: isSingle, scalars: scalars,
        as: Scalar.self)
      let what = "\(kernel), \(block.rows) rows of \(block.width)"
      expectAll([found.state.loss], [loss], tolerance, what)
      #expect(found.state.correct == right, "\(what)")
      if hasGradient { expectAll(found.gradient, slopes, tolerance * block.scale, what) }
    }
  }

  private func both(
    _ kernel: Kernel, _ block: Block, _ x: [Double], _ targets: Targets, isSingle: Bool = false,
    scalars: [Double] = [], threshold: Double = 0,
    row: (ArraySlice<Double>, Int) -> (loss: Double, slopes: [Double])
  ) {
    check(
      kernel, block, x, targets, isSingle: isSingle, scalars: scalars, threshold: threshold,
      as: Float.self, within: 1e-5, row: row)
    check(
      kernel, block, x, targets, isSingle: isSingle, scalars: scalars, threshold: threshold,
      as: Double.self, within: 1e-12, row: row)
  }

  private func classes(_ block: Block) -> [Int32] {
    draws(block.rows + 5, 9).map { Int32(abs($0 * 1000)) % Int32(block.width) }
  }

  /// Whole numbers, so that several classes are often equally great: the first of them counts.
  @Test(arguments: widths) func crossEntropyIsThatOfTheRows(width: Int) {
    for rows in [1, 3, 16, 17, 33] {
      let block = Block(rows: rows, width: width)
      let classes = classes(block)
      for scale in [1.0, 1e4] {
        let x = draws(rows * width, 1, scale: scale).map { $0.rounded() }
        both(.crossEntropy, block, x, .classes(classes)) { scores, place in
          let most = scores.max() ?? 0
          let sum = scores.reduce(0) { $0 + exp($1 - most) }
          let own = scores[scores.startIndex + Int(classes[place])]
          let slopes = scores.enumerated().map {
            exp($1 - most) / sum - ($0 == Int(classes[place]) ? 1 : 0)
          }
          return (log(sum) + most - own, slopes)
        }
      }
      let x = draws(rows * width, 2).map { -abs($0.rounded()) }
      both(.nll, block, x, .classes(classes)) { scores, place in
        let own = Int(classes[place])
        return (
          -scores[scores.startIndex + own],
          scores.indices.map { $0 - scores.startIndex == own ? -1 : 0 }
        )
      }
    }
  }

  /// The mean over outputs of a function of each, against numbers or against one-hot classes.
  @Test(arguments: widths) func lossesOfOutputsAreTheirMeans(width: Int) {
    let block = Block(rows: 9, width: width)
    let count = Double(width)
    let values = draws((block.rows + 5) * width, 8).map { Float($0) }
    let classes = classes(block)
    let x = draws(block.rows * width, 1).enumerated().map { index, x in
      // Some errors of exactly 0.
      index % 6 == 0 ? Double(values[block.place(index / width) * width + index % width]) : x
    }
    let cases: [(Kernel, [Double], (Double) -> Double, (Double) -> Double)] = [
      (.mse, [], { $0 * $0 }, { 2 * $0 }),
      (.l1, [0, 0], { abs($0) }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
      (
        .huber, [0.6, 0], { abs($0) <= 0.6 ? $0 * $0 / 2 : 0.6 * (abs($0) - 0.3) },
        { max(-0.6, min(0.6, $0)) }
      ),
    ]
    for (kernel, scalars, value, slope) in cases {
      both(kernel, block, x, .values(values), scalars: scalars) { scores, place in
        let errors = scores.enumerated().map { $1 - Double(values[place * width + $0]) }
        return (errors.map(value).reduce(0, +) / count, errors.map { slope($0) / count })
      }
      both(kernel, block, x, .classes(classes), scalars: scalars) { scores, place in
        let errors = scores.enumerated().map { $1 - ($0 == Int(classes[place]) ? 1 : 0) }
        return (errors.map(value).reduce(0, +) / count, errors.map { slope($0) / count })
      }
    }
  }

  /// Probabilities of exactly 0 and 1 among them: logarithms end at -100, as in torch.nn.BCELoss, and
  /// the slope's divisor at 1e-12.
  @Test(arguments: [1, 2, 5]) func binaryCrossEntropyIsClamped(width: Int) {
    let block = Block(rows: 12, width: width)
    let shares = draws(block.rows * width, 1).map { 1 / (1 + exp(-$0)) }
    let x = shares.enumerated().map { $0 % 5 == 0 ? 0 : $0 % 5 == 3 ? 1 : Double(Float($1)) }
    let values = draws((block.rows + 5) * width, 8).map { Float(1 / (1 + exp(-$0))) }
    let loss = { (x: Double, y: Double) in
      -(y * max(log(x), -100) + (1 - y) * max(log(1 - x), -100))
    }
    let slope = { (x: Double, y: Double) in (x - y) / max(x * (1 - x), 1e-12) }
    each(.bce, block, x, values, threshold: 0.5, loss, slope)
  }

  @Test(arguments: [1, 2, 5]) func logitsAreSafeAtTheExtremes(width: Int) {
    let block = Block(rows: 12, width: width)
    let x = draws(block.rows * width, 1).enumerated().map {
      $0 % 5 == 0 ? 1e4 : $0 % 5 == 3 ? -1e4 : $0 == 1 ? 0 : $1
    }
    let values = draws((block.rows + 5) * width, 8).map { Float(1 / (1 + exp(-$0))) }
    let loss = { (x: Double, y: Double) in max(x, 0) - x * y + log1p(exp(-abs(x))) }
    let slope = { (x: Double, y: Double) in
      (x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x))) - y
    }
    each(.bceLogits, block, x, values, threshold: 0, loss, slope)
  }

  /// A binary loss against numbers, against one-hot classes, and as a single output that speaks for
  /// the second of two classes.
  private func each(
    _ kernel: Kernel, _ block: Block, _ x: [Double], _ values: [Float], threshold: Double,
    _ loss: (Double, Double) -> Double, _ slope: (Double, Double) -> Double
  ) {
    let width = block.width
    func row(_ scores: ArraySlice<Double>, _ target: (Int) -> Double) -> (Double, [Double]) {
      let pairs = scores.enumerated().map { ($1, target($0)) }
      let count = Double(width)
      return (
        pairs.map { loss($0, $1) }.reduce(0, +) / count, pairs.map { slope($0, $1) / count }
      )
    }
    let scalars = [0, threshold]
    both(kernel, block, x, .values(values), scalars: scalars) { scores, place in
      row(scores) { Double(values[place * width + $0]) }
    }
    let classes = classes(block)
    both(kernel, block, x, .classes(classes), scalars: scalars) { scores, place in
      row(scores) { $0 == Int(classes[place]) ? 1 : 0 }
    }
    guard width == 1 else { return }
    let second = classes.indices.map { Int32($0 % 2) }
    both(
      kernel, block, x, .classes(second), isSingle: true, scalars: scalars, threshold: threshold
    ) { scores, place in row(scores) { _ in Double(second[place]) } }
  }

  /// -(1 - ε) w_c l_c - ε/K sum_k w_k l_k, times the batch's rows over the sum of its classes' weights.
  @Test(arguments: widths) func weightedCrossEntropyIsDividedByItsWeights(width: Int) {
    for smoothing in [0, 0.2] {
      for isWeighted in [false, true] {
        weighted(width, smoothing, isWeighted, as: Float.self, within: 1e-5)
        weighted(width, smoothing, isWeighted, as: Double.self, within: 1e-12)
      }
    }
  }

  private func weighted<Scalar: KernelScalar>(
    _ width: Int, _ smoothing: Double, _ isWeighted: Bool, as: Scalar.Type,
    within tolerance: Double
  ) {
    // The whole batch is one block here.
    let (rows, scale) = (7, 1 / 7.0)
    let weights = (0..<width).map { isWeighted ? 0.25 + Double($0 % 4) : 1 }
    let x = draws(rows * width, 1).map { $0.rounded() }
    let classes = (0..<rows).map { Int32(($0 * 5 + 1) % width) }
    let found = classes.withUnsafeBufferPointer { classes in
      KernelCall.run(
        [
          .init(
            .weightedCrossEntropy, [0, 1, isWeighted ? 2 : nil], sizes: [rows, width],
            scalars: [smoothing])
        ], [x, x, weights], as: Scalar.self
      ) {
        $0.bind(features: nil, classes: classes.baseAddress, values: nil, order: nil)
        $0.begin(scale: scale)
        $0.block(first: 0, row: 0)
      }
    }
    let all = classes.reduce(0) { $0 + weights[Int($1)] }
    var (loss, slopes, right) = (0.0, [Double](), 0)
    for r in 0..<rows {
      let scores = Array(x[r * width..<(r + 1) * width])
      let sum = log(scores.reduce(0) { $0 + exp($1) })
      let own = Int(classes[r])
      let target = (0..<width).map { k in
        weights[k] * (smoothing / Double(width) + (k == own ? 1 - smoothing : 0))
      }
      let mass = target.reduce(0, +)
      loss -= zip(target, scores).reduce(0) { $0 + $1.0 * ($1.1 - sum) }
      slopes += (0..<width).map { (mass * exp(scores[$0] - sum) - target[$0]) / all }
      right += scores.firstIndex(of: scores.max() ?? 0) == own ? 1 : 0
    }
    let what = "\(width) classes, smoothing \(smoothing), weighted \(isWeighted)"
    expectAll([found.state.loss], [loss * Double(rows) / all], tolerance, what)
    expectAll(found.operands[1], slopes, tolerance, what)
    #expect(found.state.correct == right)
  }
}
