import Foundation
import TensorKernels
import Testing

/// Functions of a row of scores by their formulas in double: to 2e-6 in single precision, 1e-13 in
/// double.
@Suite(.everyBody) struct RowsTests {
  @Test(arguments: [1, 2, 3, 4, 5, 8, 15, 16, 17, 40]) func theyAreTheirFormulas(width: Int) {
    for rows in [1, 3, 17] {
      for scale in [1.0, 50, 1e4] {
        check(rows, width, scale, as: Float.self, within: 2e-6)
        check(rows, width, scale, as: Double.self, within: 1e-13)
      }
    }
  }

  private func check<Scalar: KernelScalar>(
    _ rows: Int, _ width: Int, _ scale: Double, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (x, dy) = (draws(rows * width, 1, scale: scale), draws(rows * width, 2))
    let empty = Array(repeating: 9.0, count: rows * width)
    let found = KernelCall.run(
      [
        .init(.softmax, [0, 2], sizes: [rows, width]),
        .init(.softmaxBack, [2, 1, 3], sizes: [rows, width]),
        .init(.logSoftmax, [0, 4], sizes: [rows, width]),
        .init(.logSoftmaxBack, [4, 1, 5], sizes: [rows, width]),
      ], [x, dy, empty, empty, empty, empty], as: scalar
    ) { _ in }.operands
    for r in 0..<rows {
      let row = r * width..<(r + 1) * width
      let most = x[row].max() ?? 0
      let powers = x[row].map { exp($0 - most) }
      let sum = powers.reduce(0, +)
      let y = powers.map { $0 / sum }
      let d = Array(dy[row])
      let dot = zip(y, d).reduce(0) { $0 + $1.0 * $1.1 }
      let total = d.reduce(0, +)
      let what = "\(rows) rows of \(width), scale \(scale)"
      expectAll(Array(found[2][row]), y, tolerance, "softmax, \(what)")
      expectAll(
        Array(found[3][row]), zip(y, d).map { $0 * ($1 - dot) }, 4 * tolerance,
        "softmax back, \(what)")
      expectAll(
        Array(found[4][row]), x[row].map { $0 - most - log(sum) }, tolerance,
        "log-softmax, \(what)")
      expectAll(
        Array(found[5][row]), zip(y, d).map { $1 - $0 * total }, 10 * tolerance,
        "log-softmax back, \(what)")
    }
  }

  /// A row with a number that is none is none throughout; the rows beside it are not touched.
  @Test func noNumberStaysInItsRow() {
    let x: [Double] = [1, .nan, 2, 0, 0, 0]
    let empty = Array(repeating: 9.0, count: 6)
    for kernel in [Kernel.softmax, .logSoftmax] {
      let y = KernelCall.run(kernel, [x, empty], sizes: [2, 3], as: Float.self)[1]
      #expect(y[..<3].allSatisfy { $0.isNaN }, "\(kernel)")
      expectAll(
        Array(y[3...]), Array(repeating: kernel == .softmax ? 1 / 3.0 : -log(3), count: 3), 1e-6,
        "\(kernel)")
    }
  }
}
