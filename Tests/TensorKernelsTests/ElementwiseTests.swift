import Foundation
import TensorKernels
import Testing

/// Functions of each number by itself, and what fetches and drops numbers, against Foundation in
/// double.
///
/// Single precision is right to 4e-7 of the result, a few units in its last place, double to 1e-14.
@Suite(.everyBody) struct ElementwiseTests {
  /// The numbers functions are asked at: both zeros, both sides of every bend, extremes, no number.
  static let numbers: [Double] =
    (-60...60).map { Double($0) / 8 }
    + [-0.0, 1e-7, -1e-7, 0.6249, 0.6251, -0.6251, 12, -12, 40, -40, 200, -200, 1e4, -1e4, .nan]

  private func map<Scalar: KernelScalar>(
    _ kernel: Kernel, _ scalar: Double, as: Scalar.Type, within tolerance: Double,
    _ function: (Double) -> Double
  ) {
    for count in [1, 3, 8, 16, 21, Self.numbers.count] {
      let x = Array(Self.numbers.suffix(count)).map { Double(Float($0)) }
      let y = KernelCall.run(
        kernel, [x, Array(repeating: 9, count: count)], sizes: [count], scalars: [scalar],
        as: Scalar.self)[1]
      for (x, y) in zip(x, y) {
        let wanted = function(x)
        // Below the normal range single precision ends.
        let isNear = abs(y - wanted) <= tolerance * abs(wanted) + 1e-37
        #expect(isNear || y == wanted || y.isNaN && wanted.isNaN, "\(kernel)(\(x)) is \(y)")
      }
    }
  }

  private func both(_ kernel: Kernel, _ scalar: Double = 0, _ function: (Double) -> Double) {
    map(kernel, scalar, as: Float.self, within: 4e-7, function)
    map(kernel, scalar, as: Double.self, within: 1e-14, function)
  }

  @Test func functionsAreFoundations() {
    both(.scale, 0.75) { $0 * 0.75 }
    both(.relu) { $0 <= 0 ? 0 : $0 }  // not-a-number stays
    both(.leaky, 0.125) { $0 > 0 ? $0 : 0.125 * $0 }
    both(.sigmoid) { 1 / (1 + exp(-$0)) }
    both(.tanh) { tanh($0) }
  }

  /// dx = dy f', f' from what f put out; at 0 the slope of the lower side, as PyTorch has it.
  @Test func slopesAreTakenFromWhatCameOut() {
    for count in [1, 5, 16, 37] {
      let y = draws(count, 1).enumerated().map { $0 % 5 == 0 ? 0 : $1 / 4 }
      let dy = draws(count, 2)
      let cases: [(Kernel, Double, (Double) -> Double)] = [
        (.reluBack, 0, { $0 > 0 ? 1 : 0 }), (.leakyBack, 0.25, { $0 > 0 ? 1 : 0.25 }),
        (.sigmoidBack, 0, { $0 * (1 - $0) }), (.tanhBack, 0, { 1 - $0 * $0 }),
      ]
      for (kernel, scalar, slope) in cases {
        let wanted = zip(y, dy).map { slope($0) * $1 }
        let operands = [y, dy, Array(repeating: 9, count: count)]
        let single = KernelCall.run(
          kernel, operands, sizes: [count], scalars: [scalar], as: Float.self)
        let double = KernelCall.run(
          kernel, operands, sizes: [count], scalars: [scalar], as: Double.self)
        expectAll(single[2], wanted, 4e-7, "\(kernel)")
        expectAll(double[2], wanted, 1e-14, "\(kernel)")
      }
    }
  }

  /// Rows come in the order that is bound, from the block's first place on, however wide they are.
  @Test(arguments: [1, 2, 15, 16, 17, 20, 40]) func rowsAreGatheredInTheirOrder(width: Int) {
    gather(width, as: Float.self)
    gather(width, as: Double.self)
  }

  private func gather<Scalar: KernelScalar>(_ width: Int, as scalar: Scalar.Type) {
    let features = draws(9 * width, 1).map { Float($0) }
    let order: [Int32] = [4, 8, 0, 3, 7, 1, 2, 6, 5]
    for isShuffled in [false, true] {
      for (first, rows) in [(0, 9), (3, 4), (8, 1)] {
        let found = features.withUnsafeBufferPointer { features in
          order.withUnsafeBufferPointer { order in
            KernelCall.run(
              .gather, [Array(repeating: 9, count: rows * width)], sizes: [rows, width], as: scalar
            ) {
              $0.bind(
                features: features.baseAddress, classes: nil, values: nil,
                order: isShuffled ? order.baseAddress : nil)
              $0.block(first: first, row: 2)
            }[0]
          }
        }
        let wanted = (0..<rows).flatMap { row -> [Double] in
          let place = isShuffled ? Int(order[first + row]) : first + row
          return features[place * width..<(place + 1) * width].map(Double.init)
        }
        #expect(found == wanted, "\(width) wide, \(rows) rows from \(first)")
      }
    }
  }

  @Test(arguments: [1, 3, 8, 16, 17, 40]) func columnsAreSummed(width: Int) {
    for rows in [1, 4, 7] {
      for flags in 0..<8 {
        columns(rows, width, flags, as: Float.self, within: 2e-6)
        columns(rows, width, flags, as: Double.self, within: 1e-14)
      }
    }
  }

  private func columns<Scalar: KernelScalar>(
    _ rows: Int, _ width: Int, _ flags: Int, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (isMasked, adds, hasSums) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
    let (d, y, before) = (draws(rows * width, 1), draws(rows * width, 2), draws(width, 3))
    let found = KernelCall.run(
      isMasked ? .reluColumns : .columns, [d, isMasked ? y : nil, hasSums ? before : nil],
      sizes: [rows, width], as: scalar
    ) { $0.block(first: 0, row: adds ? 1 : 0) }
    let kept = zip(d, y).map { isMasked && $1 <= 0 ? 0 : $0 }
    #expect(found[0] == kept)
    guard hasSums else { return }
    let sums = (0..<width).map { j in
      (0..<rows).reduce(adds ? before[j] : 0) { $0 + kept[$1 * width + j] }
    }
    expectAll(found[2], sums, tolerance, "\(rows) rows of \(width), flags \(flags)")
  }

  @Test func numbersAreAdded() {
    for count in [1, 7, 16, 33] {
      let (x, y) = (draws(count, 1), draws(count, 2))
      let found = KernelCall.run(.add, [x, y], sizes: [count], as: Double.self)
      #expect(found[1] == zip(x, y).map { $0 + $1 })
    }
  }

  /// What stays is decided by Philox at counter (update; row of the batch, unit / 4), word unit % 4.
  @Test func droppedIsWhatTheDrawsSay() {
    let random = CounterRandom(seed: 5, purpose: .dropout, stream: 3)
    let (rows, width, p) = (6, 11, 0.375)
    let x = draws(rows * width, 1)
    for (row, update) in [(0, 0), (40, 7)] {
      let wanted = x.indices.map { place -> Double in
        let (r, unit) = (place / width, place % width)
        let word = random.words(update, (row + r) * 3 + unit / 4)[unit % 4]
        return Double(word) < p * 0x1p32 ? 0 : x[place] / (1 - p)
      }
      let found = KernelCall.run(
        .dropout, [x, Array(repeating: 9, count: x.count)],
        sizes: [rows, width, Int(random.key.0), Int(random.key.1)], scalars: [p, 1 / (1 - p)],
        as: Double.self
      ) {
        $0.update(update, rate: 0, bias1: 1, bias2: 1)
        $0.block(first: 2, row: row)
      }
      expectAll(found[1], wanted, 1e-15, "row \(row)")
      #expect(wanted.contains(0) && !wanted.allSatisfy { $0 == 0 })
    }
  }
}
