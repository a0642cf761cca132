import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// One update in numbers, against the same network computed by hand in the test.
@Suite struct StepTraceTests {
  /// More rows than inference takes at once: 2 inputs, 100 hidden, so 70 rows are two of its blocks.
  @Test func everyRowOfALargeBatchIsKept() throws {
    let (rows, hidden) = (70, 100)
    let graph = try Graph([linear(hidden), layer("relu"), linear(1)], input: Shape(2))
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, "mse"), optimizer: chosen(Optimizers.all, "sgd"),
      isTraced: true, batchRows: rows, seed: 1)
    let program = NetworkProgram<Double>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 4)
    let data = sampleData(rows: rows, features: 2, targets: .values(1))
    program.bind(data)
    let tensors = program.namedTensors.map { $0.values.map(Double.init) }
    let step = program.traceStep(0..<rows, rate: 0.25)

    guard case .values(let targets) = data.targets else { return }
    let x = (0..<rows * 2).map { Double(data.features[$0]) }
    let (w, b, u, c) = (
      program.before(step, 0), program.before(step, 1), program.before(step, 2),
      program.before(step, 3)
    )
    #expect(zip(w, tensors[0]).allSatisfy { abs($0 - $1) < 1e-7 })
    var (first, second, y, dy) = ([Double](), [Double](), [Double](), [Double]())
    for r in 0..<rows {
      let row = Array(x[2 * r..<2 * r + 2])
      for j in 0..<hidden { first.append(b[j] + dot(Array(w[2 * j..<2 * j + 2]), row)) }
      second += first[r * hidden..<(r + 1) * hidden].map { max($0, 0) }
      y.append(c[0] + dot(u, Array(second[r * hidden..<(r + 1) * hidden])))
      dy.append(2 * (y[r] - Double(targets[r])) / Double(rows))
    }
    var (dHidden, dFirst, dx) = ([Double](), [Double](), [Double]())
    for r in 0..<rows {
      dHidden += u.map { $0 * dy[r] }
      let masked = (0..<hidden).map { first[r * hidden + $0] > 0 ? u[$0] * dy[r] : 0 }
      dFirst += masked
      for i in 0..<2 { dx.append(dot(masked, (0..<hidden).map { w[2 * $0 + i] })) }
    }
    #expect(step.rows == rows && step.rate == 0.25)
    #expect(step.values.map(\.name) == ["input", "0", "1", "2"])
    #expect(step.values.map(\.kind) == ["", "linear", "relu", "linear"])
    #expect(step.values.map(\.shape) == [2, hidden, hidden, 1].map { Shape($0) })
    for (value, wanted) in zip(step.values, [x, first, second, y]) {
      expectEach(value.numbers, wanted, 1e-12, value.name)
    }
    for (value, wanted) in zip(step.values, [dx, dFirst, dHidden, dy]) {
      expectEach(value.gradient, wanted, 1e-12, "gradient of \(value.name)")
    }
    let errors = (0..<rows).map { y[$0] - Double(targets[$0]) }
    #expect(abs(step.loss - dot(errors, errors) / Double(rows)) < 1e-12)
    let du = (0..<hidden).map { j in dot(dy, (0..<rows).map { second[$0 * hidden + j] }) }
    expectEach(step.tensors[2].gradient, du, 1e-12, "dU")
    var dw: [Double] = []
    for j in 0..<hidden {
      let slopes = (0..<rows).map { dFirst[$0 * hidden + j] }
      for i in 0..<2 { dw.append(dot(slopes, (0..<rows).map { x[2 * $0 + i] })) }
    }
    expectEach(step.tensors[0].gradient, dw, 1e-12, "dW")
    expectEach(
      step.tensors[0].after, zip(w, dw).map { $0 - 0.25 * $1 }, 1e-12, "W after the update")
    let all = dw + dFirstSums(dFirst, hidden) + du + [dy.reduce(0, +)]
    #expect(abs(step.gradientNorm - dot(all, all).squareRoot()) < 1e-12)
    #expect(program.updates == 1)
  }

  /// An update that is traced moves the weights as one that is not: here by adam, whose first step is
  /// the rate against the gradient's sign, wherever the gradient is not near 0.
  @Test func theOptimizerMovesTheWeights() throws {
    let plan = NetworkPlan(
      graph: try Graph([linear(1, bias: false).named("a")], input: Shape(2)),
      loss: chosen(Losses.all, "mse"), optimizer: chosen(Optimizers.all, "adam"), clipNorm: 0.5,
      isTraced: true, batchRows: 2, seed: 1)
    let program = NetworkProgram<Double>(plan)
    try program.initialize(from: [
      NamedTensor(name: "a.weight", shape: [1, 2], values: [1, -1])
    ])
    program.bind(
      NetworkData(
        features: SharedArray<Float>([1, 0, 0, 1]), targets: .values(SharedArray<Float>([0, 0])),
        rows: 2))
    let step = program.traceStep(0..<2, rate: 0.125)
    #expect(step.tensors[0].name == "a.weight" && step.tensors[0].shape == Shape([1, 2]))
    #expect(step.tensors[0].gradient == [1, -1])  // before clipping
    #expect(abs(step.gradientNorm - 2.0.squareRoot()) < 1e-15)
    // eps of 1e-8 beside a clipped gradient of 0.35.
    expectEach(step.tensors[0].after, [0.875, -0.875], 1e-8, "after")
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The gradient of the biases: the sums over rows.
private func dFirstSums(_ slopes: [Double], _ width: Int) -> [Double] {
  (0..<width).map { column in
    stride(from: column, to: slopes.count, by: width).reduce(0) { $0 + slopes[$1] }
  }
}

extension NetworkProgram {
  fileprivate func before(_ step: StepTrace, _ index: Int) -> [Double] {
    step.tensors[index].before
  }
}

/// Expects as many numbers as wanted, each within `tolerance` of its own, relative above 1.
func expectEach(
  _ found: [Double], _ wanted: [Double], _ tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, "\(what)", sourceLocation: sourceLocation)
  for (a, b) in zip(found, wanted) {
    expectNear(a, b, tolerance, what, sourceLocation: sourceLocation)
  }
}
