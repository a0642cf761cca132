import TensorKernels
import Testing

@Suite(.everyBody) struct ProductTests {
  /// A product's shape, around every edge of the tiles: fewer columns than a vector, rows and columns
  /// beyond whole tiles, more inner places than a panel holds, more panels than lie there at once.
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (1, 100, 7), (3, 5, 9), (4, 17, 40), (5, 16, 1), (7, 33, 128), (8, 48, 129),
    (9, 49, 31), (13, 50, 100), (31, 100, 50), (33, 9, 300), (64, 15, 257), (385, 20, 3),
    (130, 97, 130), (33, 9, 1100), (33, 200, 1030), (12, 60, 1300),
  ]

  @Test(arguments: shapes)
  func agreesWithTheSumWrittenOut(shape: (m: Int, n: Int, k: Int)) {
    for transposed in 0..<4 {
      let operands = Operands(shape, transposed)
      for flags in stride(from: transposed, to: 16, by: 4) {
        for isMasked in [false, true] {
          check(operands, flags, isMasked, as: Float.self, within: 2e-5)
          check(operands, flags, isMasked, as: Double.self, within: 1e-13)
        }
      }
    }
  }

  /// A, B, what C holds before, a bias, a mask, and the product of A and B in double.
  private struct Operands {
    let shape: (m: Int, n: Int, k: Int)
    let numbers: [[Double]]
    let product: [Double]

    init(_ shape: (m: Int, n: Int, k: Int), _ transposed: Int) {
      let (m, n, k) = shape
      self.shape = shape
      numbers = [m * k, k * n, m * n, n, m * n].enumerated().map { stream, count in
        let draw = CounterRandom(seed: transposed, purpose: .data, stream: stream)
        return (0..<count).map { Double(Float(draw.uniform(0, $0) - 0.5)) }
      }
      var product = [Double](repeating: 0, count: m * n)
      for i in 0..<m {
        for l in 0..<k {
          let left = numbers[0][transposed & 1 != 0 ? l * m + i : i * k + l]
          for j in 0..<n {
            product[i * n + j] += left * numbers[1][transposed & 2 != 0 ? j * k + l : l * n + j]
          }
        }
      }
      self.product = product
    }
  }

  /// Runs the kernel with every extra it takes and compares all numbers of C.
  private func check<Scalar: KernelScalar>(
    _ operands: Operands, _ flags: Int, _ isMasked: Bool, as scalar: Scalar.Type,
    within tolerance: Double
  ) {
    let (m, n, k) = operands.shape
    let (before, constant, mask) = (operands.numbers[2], operands.numbers[3], operands.numbers[4])
    // A bias goes with a product that does not add to what is there.
    let adds = flags & 4 != 0
    let found = KernelCall.run(
      .product,
      [operands.numbers[0], operands.numbers[1], before, adds ? nil : constant]
        + (isMasked ? [mask] : []), sizes: [m, n, k, flags], as: scalar
    ) { $0.block(first: 0, row: 1) }[2]
    let wanted = operands.product.indices.map { place -> Double in
      let sum = operands.product[place] + (adds ? before[place] : constant[place % n])
      if isMasked, mask[place] <= 0 { return 0 }
      return flags & 8 != 0 ? max(sum, 0) : sum
    }
    expectAll(
      found, wanted, tolerance, "m \(m), n \(n), k \(k), flags \(flags), masked \(isMasked)")
  }

  /// The first block of a batch begins anew, whatever C held; a product that never adds does so too.
  @Test func theFirstBlockBeginsAnew() {
    for (flags, row, wanted) in [(4, 0, 6.0), (4, 1, 11), (0, 1, 6)] {
      let found = KernelCall.run(
        .product, [[2], [3], [5]], sizes: [1, 1, 1, flags], as: Float.self
      ) { $0.block(first: 0, row: row) }[2]
      #expect(found == [wanted])
    }
  }
}
