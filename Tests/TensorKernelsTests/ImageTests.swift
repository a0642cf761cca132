import TensorKernels
import Testing

/// Windows on images against their definition written out: what is chosen is exact, what is summed
/// right to 1e-6 in single precision, 1e-14 in double.
@Suite(.everyBody) struct ImageTests {
  struct Windows: Sendable {
    let height, width, side, stride, padding: Int
    var down: Int { (height + 2 * padding - side) / stride + 1 }
    var across: Int { (width + 2 * padding - side) / stride + 1 }

    /// The places of an image that window (u, v) covers, line by line.
    func places(_ u: Int, _ v: Int) -> [Int] {
      var places: [Int] = []
      for h in u * stride - padding..<u * stride - padding + side where (0..<height).contains(h) {
        for w in v * stride - padding..<v * stride - padding + side where (0..<width).contains(w) {
          places.append(h * width + w)
        }
      }
      return places
    }
  }

  /// Windows of 2 by 2 that divide images evenly, in lines around a vector, and all others.
  static let windows = [
    Windows(height: 2, width: 2, side: 2, stride: 2, padding: 0),
    Windows(height: 4, width: 6, side: 2, stride: 2, padding: 0),
    Windows(height: 28, width: 28, side: 2, stride: 2, padding: 0),
    Windows(height: 6, width: 70, side: 2, stride: 2, padding: 0),
    Windows(height: 5, width: 7, side: 2, stride: 2, padding: 0),
    Windows(height: 5, width: 6, side: 2, stride: 1, padding: 0),
    Windows(height: 6, width: 7, side: 3, stride: 2, padding: 1),
    Windows(height: 7, width: 5, side: 3, stride: 1, padding: 1),
    Windows(height: 4, width: 9, side: 4, stride: 3, padding: 2),
  ]
  static let rows = 7

  /// Small whole numbers, so that most windows have several greatest ones: the first line by line
  /// takes the gradient.
  @Test(arguments: windows) func theFirstOfTheGreatestTakesTheGradient(windows: Windows) {
    let image = windows.height * windows.width
    for range in [1.0, 3] {
      let x = draws(Self.rows * image, 1, scale: range).map { $0.rounded() }
      pool(windows, x, as: Float.self)
      pool(windows, x, as: Double.self)
    }
    var x = draws(Self.rows * image, 2)
    x[x.count / 2] = .nan
    pool(windows, x, as: Float.self)
  }

  private func pool<Scalar: KernelScalar>(
    _ n: Windows, _ x: [Double], as scalar: Scalar.Type
  ) {
    let (image, count) = (n.height * n.width, n.down * n.across)
    let dy = draws(Self.rows * count, 3).map { ($0 * 8).rounded() }
    let sizes = [
      Self.rows, n.height, n.width, n.side, n.stride, n.padding, n.down, n.across,
    ]
    let y = KernelCall.run(
      .maxPool, [x, Array(repeating: 9, count: Self.rows * count)], sizes: sizes, as: scalar)[1]
    let dx = KernelCall.run(
      .maxPoolBack, [x, dy, Array(repeating: 9, count: x.count)], sizes: sizes, as: scalar)[2]
    var (greatest, back) = ([Double](), [Double](repeating: 0, count: x.count))
    for place in 0..<Self.rows * count {
      let row = place / count * image
      let covered = n.places(place % count / n.across, place % n.across).map { row + $0 }
      let none = covered.first { x[$0].isNaN }
      let most = covered.map { x[$0] }.max() ?? 0
      guard let best = none ?? covered.first(where: { x[$0] == most }) else { continue }
      greatest.append(x[best])
      back[best] += dy[place]
    }
    expectAll(y, greatest, 0, "\(n)")
    expectAll(dx, back, 0, "back, \(n)")
  }

  /// Zeros of the padding count: the divisor is always the window's area.
  @Test(arguments: windows) func theMeanIsOfWholeWindows(windows: Windows) {
    mean(windows, as: Float.self, within: 1e-6)
    mean(windows, as: Double.self, within: 1e-14)
  }

  private func mean<Scalar: KernelScalar>(
    _ n: Windows, as scalar: Scalar.Type, within tolerance: Double
  ) {
    let (image, count) = (n.height * n.width, n.down * n.across)
    let (x, dy) = (draws(Self.rows * image, 1), draws(Self.rows * count, 2))
    let sizes = [
      Self.rows, n.height, n.width, n.side, n.stride, n.padding, n.down, n.across,
    ]
    let y = KernelCall.run(
      .meanPool, [x, Array(repeating: 9, count: dy.count)], sizes: sizes, as: scalar)[1]
    let dx = KernelCall.run(
      .meanPoolBack, [x, dy, Array(repeating: 9, count: x.count)], sizes: sizes, as: scalar)[2]
    let area = Double(n.side * n.side)
    var (means, back) = ([Double](), [Double](repeating: 0, count: x.count))
    for place in 0..<Self.rows * count {
      let row = place / count * image
      let covered = n.places(place % count / n.across, place % n.across).map { row + $0 }
      means.append(covered.reduce(0) { $0 + x[$1] } / area)
      for at in covered { back[at] += dy[place] / area }
    }
    expectAll(y, means, tolerance, "\(n)")
    expectAll(dx, back, tolerance, "back, \(n)")
  }

  @Test(arguments: [1, 6, 16, 35]) func channelsAreSummed(area: Int) {
    let (rows, channels) = (4, 3)
    let (d, before) = (draws(rows * channels * area, 1), draws(channels, 2))
    for adds in [false, true] {
      let found = KernelCall.run(
        .channels, [d, before], sizes: [rows, channels, area], as: Double.self
      ) { $0.block(first: 0, row: adds ? 1 : 0) }[1]
      let wanted = (0..<channels).map { c in
        (0..<rows).reduce(adds ? before[c] : 0) { sum, r in
          let first = (r * channels + c) * area
          return d[first..<first + area].reduce(sum, +)
        }
      }
      expectAll(found, wanted, 1e-13, "\(area)")
    }
  }
}
