import TensorKernels
import Testing

@Suite struct ProductTests {
  /// A product's shape, around every edge of the tiles: fewer columns than a vector, rows and columns
  /// beyond whole tiles, more inner places than a panel holds, more panels than lie there at once.
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (1, 100, 7), (3, 5, 9), (4, 17, 40), (5, 16, 1), (7, 33, 128), (8, 48, 129),
    (9, 49, 31), (13, 50, 100), (31, 100, 50), (33, 9, 300), (64, 15, 257), (385, 20, 3),
    (130, 97, 130), (33, 9, 1100), (33, 200, 1030), (12, 60, 1300),
  ]

  @Test(arguments: shapes)
  func agreesWithTheSumWrittenOut(shape: (m: Int, n: Int, k: Int)) {
    for flags in 0..<16 {
      for isMasked in [false, true] { check(shape, flags, isMasked, as: Float.self, within: 2e-5) }
    }
  }

  @Test(arguments: shapes)
  func agreesInDoublePrecision(shape: (m: Int, n: Int, k: Int)) {
    for flags in 0..<16 { check(shape, flags, false, as: Double.self, within: 1e-13) }
  }

  /// Runs the kernel with every extra it takes and compares all numbers of C.
  private func check<Scalar: KernelScalar>(
    _ shape: (m: Int, n: Int, k: Int), _ flags: Int, _ isMasked: Bool, as: Scalar.Type,
    within tolerance: Double
  ) {
    let (m, n, k) = shape
    let size = MemoryLayout<Scalar>.stride
    let counts = [m * k, k * n, m * n, n, m * n]
    var offsets: [Int] = []
    var end = RunState.byteCount
    for count in counts {
      offsets.append(end)
      end += Arena.rounded(count * size)
    }
    let arena = Arena(byteCount: end)
    let state = RunState(in: arena)
    state.block(first: 0, row: 1)  // beta is 1
    let numbers = zip(offsets, counts).map { arena.numbers(at: $0, count: $1, as: Scalar.self) }
    for (index, part) in numbers.enumerated() {
      let draw = CounterRandom(seed: flags, purpose: .data, stream: index)
      for place in part.indices { part[place] = Scalar(draw.uniform(0, place) - 0.5) }
    }
    // What lies there before; C is written.
    let before = numbers.map { Array($0) }
    let (a, b, c, constant, mask) = (before[0], before[1], before[2], before[3], before[4])
    let pointers = offsets.map { arena.bytes.baseAddress?.advanced(by: $0) }
    // A bias goes with a product that does not add to what is there.
    let hasBias = flags & 4 == 0
    InstructionList(
      [
        InstructionList.Entry(
          .product,
          [
            pointers[0], pointers[1], pointers[2], hasBias ? pointers[3] : nil,
            isMasked ? pointers[4] : nil,
          ],
          sizes: [m, n, k, flags], scalars: [])
      ], state: state, as: Scalar.self
    ).run()
    var worst = 0.0
    for i in 0..<m {
      for j in 0..<n {
        var sum = flags & 4 != 0 ? Double(c[i * n + j]) : Double(constant[j])
        for l in 0..<k {
          let left = flags & 1 != 0 ? a[l * m + i] : a[i * k + l]
          let right = flags & 2 != 0 ? b[j * k + l] : b[l * n + j]
          sum += Double(left) * Double(right)
        }
        if flags & 8 != 0 { sum = max(sum, 0) }
        if isMasked, mask[i * n + j] <= 0 { sum = 0 }
        worst = max(worst, abs(sum - Double(numbers[2][i * n + j])))
      }
    }
    #expect(worst < tolerance, "m \(m), n \(n), k \(k), flags \(flags), masked \(isMasked)")
  }
}
