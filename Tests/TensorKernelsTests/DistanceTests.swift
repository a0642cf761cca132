import TensorKernels
import Testing

/// Squared distances against their sums: at most 40 terms, 1e-5 in single precision, 1e-13 in double.
@Suite(.everyBody) struct DistanceTests {
  @Test(arguments: [1, 3, 8, 16, 17, 40]) func theyAreTheirSums(width: Int) {
    for flags in 0..<4 {
      check(width, flags, as: Float.self, within: 1e-5)
      check(width, flags, as: Double.self, within: 1e-13)
    }
  }

  private func check<Scalar: KernelScalar>(
    _ n: Int, _ flags: Int, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (rows, points) = (5, 3)
    let (hasInput, adds) = (flags & 1 != 0, flags & 2 != 0)
    let (x, p, dy) = (draws(rows * n, 1), draws(points * n, 2), draws(rows * points, 3))
    let before = draws(points * n, 4)
    let sizes = [rows, points, n]
    let y = KernelCall.run(
      .distances, [x, p, Array(repeating: 9, count: rows * points)], sizes: sizes, as: scalar)[2]
    let found = KernelCall.run(
      .distancesBack, [x, p, dy, hasInput ? Array(repeating: 9, count: rows * n) : nil, before],
      sizes: sizes, as: scalar
    ) { $0.block(first: 0, row: adds ? 1 : 0) }
    var (wanted, dx) = ([Double](), [Double](repeating: 0, count: rows * n))
    var dp = adds ? before : before.map { _ in 0 }
    for r in 0..<rows {
      for k in 0..<points {
        var sum = 0.0
        for i in 0..<n {
          let difference = x[r * n + i] - p[k * n + i]
          sum += difference * difference
          dx[r * n + i] -= 2 * dy[r * points + k] * difference
          dp[k * n + i] += 2 * dy[r * points + k] * difference
        }
        wanted.append(-sum)
      }
    }
    expectAll(y, wanted, tolerance, "distances in \(n)")
    if hasInput { expectAll(found[3], dx, tolerance, "dx in \(n)") }
    expectAll(found[4], dp, tolerance, "dp in \(n)")
  }
}
