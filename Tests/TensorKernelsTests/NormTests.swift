import Foundation
import TensorKernels
import Testing

/// Normalisations by their formulas in double: to 2e-5 in single precision, whose errors the division
/// by a deviation below 1 multiplies, and 1e-12 in double.
@Suite(.everyBody) struct NormTests {
  struct Sizes: Sendable {
    let rows, channels, area: Int
  }

  /// More channels than are summed at once, areas around a vector, a single row.
  static let sizes = [
    Sizes(rows: 7, channels: 1, area: 1), Sizes(rows: 5, channels: 70, area: 1),
    Sizes(rows: 4, channels: 3, area: 6), Sizes(rows: 3, channels: 5, area: 35),
    Sizes(rows: 1, channels: 66, area: 16), Sizes(rows: 9, channels: 2, area: 17),
  ]

  @Test(arguments: sizes) func batchesAreNormalised(size: Sizes) {
    for adds in [false, true] {
      batch(size, adds, as: Float.self, within: 2e-5)
      batch(size, adds, as: Double.self, within: 1e-12)
    }
  }

  private func batch<Scalar: KernelScalar>(
    _ n: Sizes, _ adds: Bool, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let count = n.rows * n.channels * n.area
    let (momentum, epsilon) = (0.3, 0.05)
    let x = draws(count, 1).map { $0 + 0.5 }
    let (dy, w, b) = (draws(count, 2), draws(n.channels, 3), draws(n.channels, 4))
    let (mean, variance) = (draws(n.channels, 5), draws(n.channels, 6).map { abs($0) })
    let (dw, db) = (draws(n.channels, 7), draws(n.channels, 8))
    let sizes = [n.rows, n.channels, n.area]
    let found = KernelCall.run(
      [
        .init(.batchStatistics, [0, 1, 2, 3], sizes: sizes, scalars: [momentum, epsilon]),
        .init(.batchNorm, [0, 1, 4, 5, 6], sizes: sizes),
        .init(.batchNormSums, [0, 1, 7, 8, 9], sizes: sizes),
        .init(.batchNormBack, [0, 1, 4, 7], sizes: sizes),
      ],
      [
        x, Array(repeating: 9, count: 4 * n.channels), mean, variance, w, b,
        Array(repeating: 9, count: count), dy, dw, db,
      ], as: scalar
    ) { $0.block(first: 0, row: adds ? 1 : 0) }.operands
    for c in 0..<n.channels {
      let places = (0..<n.rows).flatMap { r in
        (0..<n.area).map { (r * n.channels + c) * n.area + $0 }
      }
      let size = Double(places.count)
      let m = places.reduce(0) { $0 + x[$1] } / size
      let v = places.reduce(0) { $0 + (x[$1] - m) * (x[$1] - m) } / size
      let unbiased = size > 1 ? v * size / (size - 1) : v
      let deviation = (v + epsilon).squareRoot()
      let hat = places.map { (x[$0] - m) / deviation }
      let d = places.map { dy[$0] }
      let sum = d.reduce(0, +)
      let product = zip(d, hat).reduce(0) { $0 + $1.0 * $1.1 }
      let what = "channel \(c) of \(n)"
      expectAll(
        [found[2][c], found[3][c]],
        [0.7 * mean[c] + 0.3 * m, 0.7 * variance[c] + 0.3 * unbiased], tolerance,
        "running, \(what)")
      expectAll(
        places.map { found[6][$0] }, hat.map { $0 * w[c] + b[c] }, tolerance, "y, \(what)")
      expectAll(
        [found[8][c], found[9][c]], [product + (adds ? dw[c] : 0), sum + (adds ? db[c] : 0)],
        tolerance, "dw, db, \(what)")
      expectAll(
        places.map { found[7][$0] },
        zip(d, hat).map { w[c] / deviation * ($0 - sum / size - $1 * product / size) }, tolerance,
        "dx, \(what)")
    }
  }

  @Test func inferenceTakesTheRunningStatistics() {
    let (mean, variance) = (draws(70, 1), draws(70, 2).map { abs($0) })
    let k = KernelCall.run(
      .runningStatistics, [mean, variance, Array(repeating: 9, count: 280)], sizes: [4, 70, 1],
      scalars: [0, 0.25], as: Double.self)[2]
    #expect(Array(k[..<70]) == mean)
    expectAll(
      Array(k[70..<140]), variance.map { 1 / ($0 + 0.25).squareRoot() }, 1e-14, "deviation")
  }

  @Test(arguments: [1, 2, 7, 16, 19, 40]) func rowsAreNormalised(width: Int) {
    for rows in [1, 4] {
      for adds in [false, true] {
        row(rows, width, adds, as: Float.self, within: 2e-5)
        row(rows, width, adds, as: Double.self, within: 1e-12)
      }
    }
  }

  private func row<Scalar: KernelScalar>(
    _ rows: Int, _ width: Int, _ adds: Bool, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (x, dy) = (draws(rows * width, 1).map { $0 - 0.5 }, draws(rows * width, 2))
    let (w, b, dw, db) = (draws(width, 3), draws(width, 4), draws(width, 5), draws(width, 6))
    let sizes = [rows, width]
    let found = KernelCall.run(
      [
        .init(.layerNorm, [0, 1, 2, 3, 4], sizes: sizes, scalars: [0.125]),
        .init(.layerNormSums, [0, 4, 5, 6, 7], sizes: sizes),
        .init(.layerNormBack, [0, 4, 1, 5], sizes: sizes),
      ],
      [
        x, w, b, Array(repeating: 9, count: rows * width), Array(repeating: 9, count: 2 * rows), dy,
        dw, db,
      ], as: scalar
    ) { $0.block(first: 0, row: adds ? 1 : 0) }.operands
    var (sumsW, sumsB) = (adds ? dw : dw.map { _ in 0 }, adds ? db : db.map { _ in 0 })
    for r in 0..<rows {
      let places = r * width..<(r + 1) * width
      let mean = x[places].reduce(0, +) / Double(width)
      let variance = x[places].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      let deviation = (variance + 0.125).squareRoot()
      let hat = x[places].map { ($0 - mean) / deviation }
      let g = zip(dy[places], w).map { $0 * $1 }
      let m = g.reduce(0, +) / Double(width)
      let p = zip(g, hat).reduce(0) { $0 + $1.0 * $1.1 } / Double(width)
      for i in 0..<width {
        sumsW[i] += dy[places][places.lowerBound + i] * hat[i]
        sumsB[i] += dy[places][places.lowerBound + i]
      }
      let what = "row \(r) of \(width)"
      expectAll(
        Array(found[3][places]), hat.indices.map { hat[$0] * w[$0] + b[$0] }, tolerance,
        "y, \(what)")
      expectAll(
        Array(found[5][places]), zip(g, hat).map { ($0 - m - $1 * p) / deviation }, tolerance,
        "dx, \(what)")
    }
    expectAll(found[6], sumsW, tolerance, "dw, \(width)")
    expectAll(found[7], sumsB, tolerance, "db, \(width)")
  }
}
