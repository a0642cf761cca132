import TensorKernels
import Testing

/// Products with one thin side against their sums written out in double.
///
/// At most 100 terms of order 1: single precision leaves 100 times 6e-8 of their greatest sum, about
/// 1e-5, double 1e-14.
@Suite(.everyBody) struct ThinTests {
  /// Around every vector length, whole vectors and such that overlap.
  static let wide = [1, 3, 7, 8, 15, 16, 17, 31, 49, 100]

  @Test(arguments: 1...8) func productsAreTheirSums(thin: Int) {
    for width in Self.wide {
      for rows in [1, 3, 4, 6] {
        for flags in [0, 3, 4, 7] {
          check(thin, width, rows, flags, as: Float.self, within: 1e-5)
          check(thin, width, rows, flags, as: Double.self, within: 1e-13)
        }
      }
    }
  }

  private func check<Scalar: KernelScalar>(
    _ t: Int, _ n: Int, _ rows: Int, _ flags: Int, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (hasBias, rectifies, isMasked) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
    let what = "\(t) thin, \(n) wide, \(rows) rows, flags \(flags)"
    let (thin, wide, matrix) = (draws(rows * t, 1), draws(rows * n, 2), draws(t * n, 3))
    let (bias, mask) = (draws(max(t, n), 4), draws(rows * n, 5))
    let act = { (x: Double) in rectifies ? max(x, 0) : x }

    let expanded = KernelCall.run(
      .expand,
      [
        thin, matrix, hasBias ? Array(bias[..<n]) : nil, Array(repeating: 9, count: rows * n),
        isMasked ? mask : nil,
      ], sizes: [rows, t, n, rectifies ? 1 : 0], as: scalar)[3]
    let sums = (0..<rows * n).map { place -> Double in
      let (r, j) = (place / n, place % n)
      let sum = (0..<t).reduce(hasBias ? bias[j] : 0) { $0 + thin[r * t + $1] * matrix[$1 * n + j] }
      return isMasked && mask[place] <= 0 ? 0 : act(sum)
    }
    expectAll(expanded, sums, tolerance, "expand, \(what)")

    if !isMasked {
      let contracted = KernelCall.run(
        .contract,
        [wide, matrix, hasBias ? Array(bias[..<t]) : nil, Array(repeating: 9, count: rows * t)],
        sizes: [rows, t, n, rectifies ? 1 : 0], as: scalar)[3]
      let dots = (0..<rows * t).map { place -> Double in
        let (r, i) = (place / t, place % t)
        return act(
          (0..<n).reduce(hasBias ? bias[i] : 0) { $0 + wide[r * n + $1] * matrix[i * n + $1] })
      }
      expectAll(contracted, dots, tolerance, "contract, \(what)")
    }

    // Here the flags are: sums of B, sums of A, gradients that add up.
    let (sumsB, sumsA, adds) = (hasBias, rectifies, isMasked)
    let outer = KernelCall.run(
      .outer,
      [
        thin, wide, matrix, sumsB ? Array(bias[..<n]) : nil, sumsA ? Array(bias[..<t]) : nil,
      ], sizes: [rows, t, n], as: scalar
    ) { $0.block(first: 0, row: adds ? 5 : 0) }
    let gradient = (0..<t * n).map { place -> Double in
      let (i, j) = (place / n, place % n)
      return (0..<rows).reduce(adds ? matrix[place] : 0) {
        $0 + thin[$1 * t + i] * wide[$1 * n + j]
      }
    }
    expectAll(outer[2], gradient, tolerance, "outer, \(what)")
    if sumsB {
      let sums = (0..<n).map { j in
        (0..<rows).reduce(adds ? bias[j] : 0) { $0 + wide[$1 * n + j] }
      }
      expectAll(outer[3], sums, tolerance, "sums of B, \(what)")
    }
    if sumsA {
      let sums = (0..<t).map { i in
        (0..<rows).reduce(adds ? bias[i] : 0) { $0 + thin[$1 * t + i] }
      }
      expectAll(outer[4], sums, tolerance, "sums of A, \(what)")
    }
  }

  @Test(arguments: 1...4, 1...4) func twoLayersInOnePassAreTheirSums(inputs: Int, outputs: Int) {
    for hidden in [16, 17, 31, 64, 100] {
      for rows in [1, 4, 9] {
        for flags in [0, 1, 6, 7] {
          let sizes = (rows, inputs, hidden, outputs)
          through(sizes, flags, as: Float.self, within: 2e-5)
          through(sizes, flags, as: Double.self, within: 1e-13)
          back(sizes, flags, as: Float.self, within: 2e-5)
          back(sizes, flags, as: Double.self, within: 1e-13)
        }
      }
    }
  }

  private typealias Sizes = (rows: Int, inputs: Int, hidden: Int, outputs: Int)

  private func through<Scalar: KernelScalar>(
    _ n: Sizes, _ flags: Int, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (x, w, u) = (
      draws(n.rows * n.inputs, 1), draws(n.inputs * n.hidden, 2),
      draws(n.outputs * n.hidden, 3)
    )
    let (b, c) = (draws(n.hidden, 4), draws(n.outputs, 5))
    let (hasB, hasC, rectifies) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
    let found = KernelCall.run(
      .through,
      [
        x, w, hasB ? b : nil, Array(repeating: 9, count: n.rows * n.hidden), u, hasC ? c : nil,
        Array(repeating: 9, count: n.rows * n.outputs),
      ], sizes: [n.rows, n.inputs, n.hidden, n.outputs, rectifies ? 1 : 0], as: scalar)
    let h = (0..<n.rows * n.hidden).map { place -> Double in
      let (r, j) = (place / n.hidden, place % n.hidden)
      return max(
        (0..<n.inputs).reduce(hasB ? b[j] : 0) {
          $0 + x[r * n.inputs + $1] * w[$1 * n.hidden + j]
        }, 0)
    }
    let y = (0..<n.rows * n.outputs).map { place -> Double in
      let (r, t) = (place / n.outputs, place % n.outputs)
      let sum = (0..<n.hidden).reduce(hasC ? c[t] : 0) {
        $0 + h[r * n.hidden + $1] * u[t * n.hidden + $1]
      }
      return rectifies ? max(sum, 0) : sum
    }
    expectAll(found[3], h, tolerance, "hidden of \(n), flags \(flags)")
    expectAll(found[6], y, tolerance, "through \(n), flags \(flags)")
  }

  private func back<Scalar: KernelScalar>(
    _ n: Sizes, _ flags: Int, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (hasB, hasC, adds) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
    let x = draws(n.rows * n.inputs, 1)
    let h = draws(n.rows * n.hidden, 2).map { max($0, 0) }
    let (u, dy) = (draws(n.outputs * n.hidden, 3), draws(n.rows * n.outputs, 4))
    let before = [n.inputs * n.hidden, n.hidden, n.outputs * n.hidden, n.outputs].enumerated()
      .map { draws($1, 10 + $0) }
    let found = KernelCall.run(
      .throughBack,
      [x, h, u, dy, before[0], hasB ? before[1] : nil, before[2], hasC ? before[3] : nil],
      sizes: [n.rows, n.inputs, n.hidden, n.outputs], as: scalar
    ) { $0.block(first: 0, row: adds ? 1 : 0) }
    let d = (0..<n.rows * n.hidden).map { place -> Double in
      let (r, j) = (place / n.hidden, place % n.hidden)
      if h[place] <= 0 { return 0 }
      return (0..<n.outputs).reduce(0) { $0 + dy[r * n.outputs + $1] * u[$1 * n.hidden + j] }
    }
    func sums(_ place: Int, _ term: (Int, Int) -> Double) -> [Double] {
      before[place].indices.map { entry in
        (0..<n.rows).reduce(adds ? before[place][entry] : 0) { $0 + term($1, entry) }
      }
    }
    let (hidden, inputs, outputs) = (n.hidden, n.inputs, n.outputs)
    let what = "of \(n), flags \(flags)"
    expectAll(
      found[4], sums(0) { x[$0 * inputs + $1 / hidden] * d[$0 * hidden + $1 % hidden] },
      tolerance, "dW \(what)")
    if hasB { expectAll(found[5], sums(1) { d[$0 * hidden + $1] }, tolerance, "db \(what)") }
    expectAll(
      found[6], sums(2) { dy[$0 * outputs + $1 / hidden] * h[$0 * hidden + $1 % hidden] },
      tolerance, "dU \(what)")
    if hasC { expectAll(found[7], sums(3) { dy[$0 * outputs + $1] }, tolerance, "dc \(what)") }
  }
}
