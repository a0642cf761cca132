import TensorKernels
import Testing

@Suite(.everyBody) struct ConvolutionTests {
  struct Case: Sendable {
    let channels, height, width, outputs, side, stride, padding: Int
  }

  /// Windows that slide by one number and others, with and without zeros around the image, numbers of
  /// channels around whole tiles, images narrower than a vector.
  static let cases = [
    Case(channels: 1, height: 28, width: 28, outputs: 16, side: 3, stride: 1, padding: 1),
    Case(channels: 3, height: 7, width: 9, outputs: 5, side: 3, stride: 1, padding: 0),
    Case(channels: 16, height: 6, width: 5, outputs: 9, side: 3, stride: 1, padding: 1),
    Case(channels: 2, height: 5, width: 8, outputs: 3, side: 5, stride: 1, padding: 2),
    Case(channels: 2, height: 5, width: 5, outputs: 4, side: 1, stride: 1, padding: 0),
    Case(channels: 2, height: 9, width: 7, outputs: 3, side: 3, stride: 2, padding: 1),
    Case(channels: 2, height: 4, width: 4, outputs: 3, side: 2, stride: 1, padding: 2),
    Case(channels: 1, height: 3, width: 3, outputs: 1, side: 3, stride: 1, padding: 0),
  ]

  /// With and without a bias, the positive part taken or not, gradients that add up or begin.
  @Test(arguments: cases, 0..<4)
  func agreesWithTheSumsWrittenOut(_ shape: Case, flags: Int) {
    check(shape, flags, as: Float.self, within: 1e-4)
    check(shape, flags, as: Double.self, within: 1e-12)
  }

  private func check<Scalar: KernelScalar>(
    _ s: Case, _ flags: Int, as: Scalar.Type, within tolerance: Double
  ) {
    let (isBare, adds) = (flags & 1 != 0, flags & 2 != 0)
    let rows = 9  // more than are summed together
    let high = (s.height + 2 * s.padding - s.side) / s.stride + 1
    let wide = (s.width + 2 * s.padding - s.side) / s.stride + 1
    let (image, window) = (s.channels * s.height * s.width, s.channels * s.side * s.side)
    let output = s.outputs * high * wide
    // x, weight, bias, y, dy, dweight, dx, memory
    let counts = [
      rows * image, s.outputs * window, s.outputs, rows * output, rows * output,
      s.outputs * window, rows * image, 200_000,
    ]
    var (offsets, end) = ([Int](), RunState.byteCount)
    for count in counts {
      offsets.append(end)
      end += Arena.rounded(count * MemoryLayout<Scalar>.stride)
    }
    let arena = Arena(byteCount: end)
    let state = RunState(in: arena)
    state.block(first: 0, row: adds ? 1 : 0)
    let numbers = zip(offsets, counts).map { arena.numbers(at: $0, count: $1, as: Scalar.self) }
    for (index, part) in numbers.enumerated() {
      let draw = CounterRandom(seed: 1, purpose: .data, stream: index)
      // What lies in the memory beside the operands must not matter.
      for place in part.indices {
        part[place] = index == 7 ? 9 : Scalar(draw.uniform(0, place) - 0.5)
      }
    }
    let p = offsets.map { arena.bytes.baseAddress?.advanced(by: $0) }
    let rectifies = isBare != adds
    let sizes = [
      rows, s.channels, s.height, s.width, s.outputs, s.side, s.stride, s.padding,
      rectifies ? 1 : 0, high * wide,
    ]
    let before = Array(numbers[5])
    func entry(_ kernel: Kernel, _ pointers: [UnsafeMutableRawPointer?])
      -> InstructionList.Entry
    { InstructionList.Entry(kernel, pointers, sizes: sizes, scalars: []) }
    InstructionList(
      [
        entry(.convolution, [p[0], p[1], isBare ? nil : p[2], p[3], p[7]]),
        entry(.convolutionWeights, [p[0], p[4], p[5], nil, p[7]]),
        entry(.convolutionInput, [p[1], p[4], p[6], nil, p[7]]),
      ], state: state, as: Scalar.self
    ).run()

    let (x, weight, dy) = (numbers[0], numbers[1], numbers[4])
    var y = [Double](repeating: 0, count: rows * output)
    var dw = before.map { adds ? Double($0) : 0 }
    var dx = [Double](repeating: 0, count: rows * image)
    for r in 0..<rows {
      for o in 0..<s.outputs {
        for u in 0..<high {
          for v in 0..<wide {
            let to = ((r * s.outputs + o) * high + u) * wide + v
            y[to] += isBare ? 0 : Double(numbers[2][o])
            for k in 0..<window {
              let (c, i, j) = (k / (s.side * s.side), k / s.side % s.side, k % s.side)
              let (h, w) = (u * s.stride + i - s.padding, v * s.stride + j - s.padding)
              guard (0..<s.height).contains(h), (0..<s.width).contains(w) else { continue }
              let from = ((r * s.channels + c) * s.height + h) * s.width + w
              y[to] += Double(weight[o * window + k]) * Double(x[from])
              dw[o * window + k] += Double(dy[to]) * Double(x[from])
              dx[from] += Double(dy[to]) * Double(weight[o * window + k])
            }
          }
        }
      }
    }
    if rectifies { y = y.map { max($0, 0) } }
    for (index, expected) in [(3, y), (5, dw), (6, dx)] {
      expectAll(
        numbers[index].map { Double($0) }, expected, tolerance,
        "operand \(index) of \(s), flags \(flags)")
    }
  }
}
