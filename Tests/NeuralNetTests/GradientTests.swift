import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Gradients of whole networks against central differences in double precision.
///
/// With a step of 1e-5 the differences of smooth functions of order 1 are right to about 1e-9, the
/// second-order term being 1e-10 times the third derivative and the rounding 1e-16 / 1e-5. Entries
/// beside a kink of a rectifier, where the two one-sided differences disagree, are left out.
@Suite struct GradientTests {
  static let cases: [(String, [LayerSpec], TargetKind, String)] = [
    ("thin input", [linear(20), layer("relu"), linear(3)], .classes(3), "cross-entropy"),
    (
      "dense", [linear(20), layer("relu"), linear(33), layer("tanh"), linear(10)], .classes(10),
      "cross-entropy"
    ),
    (
      "no bias",
      [
        linear(20, bias: false), layer("relu"), linear(17, bias: false), layer("relu"),
        linear(3, bias: false),
      ], .classes(3), "cross-entropy"
    ),
    ("narrow", [linear(4), layer("relu"), linear(5), layer("relu"), linear(2)], .values(2), "mse"),
    ("one by one", [linear(1), layer("sigmoid"), linear(1)], .values(1), "mse"),
    ("sigmoid", [linear(30), layer("sigmoid"), linear(3)], .classes(3), "mse"),
    (
      "leaky", [linear(11), layer("leaky-relu", ["slope": .number(0.2)]), linear(3)], .classes(3),
      "cross-entropy"
    ),
    ("softmax", [linear(9), layer("softmax"), linear(40), layer("softmax")], .classes(40), "mse"),
    ("log-softmax", [linear(12), layer("log-softmax")], .classes(12), "nll"),
    ("log-softmax inside", [linear(12), layer("log-softmax"), linear(3)], .values(3), "mse"),
    ("many classes", [linear(9), layer("tanh"), linear(50)], .classes(50), "cross-entropy"),
    (
      "dropout",
      [linear(18), layer("relu"), layer("dropout", ["p": .number(0.3)]), linear(3)], .classes(3),
      "cross-entropy"
    ),
    (
      "dropout of the input", [layer("dropout"), linear(18), layer("dropout"), linear(3)],
      .values(3), "mse"
    ),
    ("relu first", [layer("relu"), linear(3), layer("relu"), layer("relu")], .values(3), "mse"),
    ("linear twice", [linear(19), linear(13), linear(9)], .values(9), "mse"),
    ("ends in relu", [linear(19), layer("relu")], .values(19), "mse"),
    (
      "ends thin in relu", [linear(19), layer("tanh"), linear(3), layer("relu")], .values(3), "mse"
    ),
  ]

  @Test(arguments: cases.indices, [1, 2, 7, 13])
  func gradientsAgreeWithCentralDifferences(index: Int, features: Int) throws {
    let (name, layers, targets, loss) = Self.cases[index]
    let graph = try Graph(layers, input: Shape(features))
    let rows = 21
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, loss), optimizer: chosen(Optimizers.all, "sgd"),
      batchRows: rows, seed: 5)
    let program = NetworkProgram<Double>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 3)
    program.bind(sampleData(rows: rows, features: features, targets: targets))
    let (worst, compared) = largestDifference(program, rows: rows)
    #expect(worst < 2e-8, "\(name)")
    #expect(compared > graph.parameterCount / 2, "\(name)")
  }
}

/// The largest difference between gradients and central differences, relative to values above 1,
/// and how many entries were compared.
func largestDifference(_ program: NetworkProgram<Double>, rows: Int) -> (Double, Int) {
  let step = 1e-5
  func loss() -> Double { program.gradients(0..<rows) / Double(rows) }
  let here = loss()
  let gradients = program.plan.graph.parameters.indices.map { program.gradient(at: $0) }
  var worst = 0.0
  var compared = 0
  for (index, gradient) in gradients.enumerated() {
    var values = program.values(at: index)
    for entry in values.indices {
      let value = values[entry]
      values[entry] = value + step
      program.set(values, at: index)
      let above = loss()
      values[entry] = value - step
      program.set(values, at: index)
      let below = loss()
      values[entry] = value
      program.set(values, at: index)
      let (right, left) = ((above - here) / step, (here - below) / step)
      if abs(right - left) > 1e-3 * max(1, abs(right)) { continue }
      let difference = abs((right + left) / 2 - gradient[entry])
      // Not-a-number must not pass for no difference.
      worst = max(worst, difference.isNaN ? .infinity : difference / max(1, abs(gradient[entry])))
      compared += 1
    }
  }
  return (worst, compared)
}
