import NeuralNet
import TensorKernels
import Testing
import Tracking

/// The check that `labbook gradcheck` makes, on seeded random graphs of every module.
///
/// Its tolerance of 1e-5 leaves room for the curvature of normalisations near their least variance;
/// what a wrong formula or a lost gradient does is of order 1, as the last tests show.
@Suite struct GradientCheckTests {
  @Test(arguments: 0..<200) func randomGraphsAreRight(seed: Int) throws {
    let example = RandomGraph(seed: seed)
    let graph = try Graph(example.layers, input: example.input)
    let rows = 4
    let data = sampleData(
      rows: rows, features: example.input.count, targets: .classes(graph.output.count), seed: seed)
    let check = GradientCheck(
      graph, loss: chosen(Losses.all, example.loss), data: data,
      initializer: chosen(Initializers.all, "default"), seed: seed)
    for part in check.modules + [check.whole].compactMap({ $0 }) {
      #expect(part.isRight, "seed \(seed), \(part.name) \(part.kind): \(part.difference)")
      // Behind rectified layers up to a half of the entries lie beside a kink.
      #expect(2 * part.compared > part.skipped, "seed \(seed), \(part.name) \(part.kind)")
    }
  }

  @Test func everyModuleIsDrawn() {
    var kinds: Set<String> = []
    for seed in 0..<200 { collect(RandomGraph(seed: seed).layers, &kinds) }
    #expect(kinds == Set(Layers.all.map(\.name)))
  }

  private func collect(_ layers: [LayerSpec], _ kinds: inout Set<String>) {
    for layer in layers {
      kinds.insert(layer.kind.name)
      collect(layer.layers, &kinds)
    }
  }

  @Test func dimensionsAndMatricesAreTheCourses() throws {
    let graph = try Graph([linear(3), layer("tanh"), linear(2)], input: Shape(4))
    let check = GradientCheck(
      graph, loss: nil, data: sampleData(rows: 2, features: 4, targets: .classes(2)),
      initializer: chosen(Initializers.all, "identity"), seed: 1, wantsMatrices: true)
    #expect(check.whole == nil)
    let first = check.modules[0]
    #expect(first.stateJacobians.map { [$0.rows, $0.columns] } == [[3, 4]])
    #expect(first.weightJacobian.map { [$0.rows, $0.columns] } == [3, 15])
    #expect(check.modules[1].weightJacobian == nil)
    #expect(check.jacobians[0].title == "0, with respect to the state")
    #expect(check.jacobians[0].rows == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    #expect(check.jacobians[1].title == "0, with respect to the weights")
    // The weights of output 0 come first, then those of 1 and 2, then the biases.
    #expect(check.jacobians[1].rows[1].prefix(4) == [0, 0, 0, 0])
    #expect(check.jacobians[1].rows[1].suffix(3) == [0, 1, 0])
  }

  /// Batch-norm's Jacobian is that of the whole batch, one who reads several has a matrix an input, and
  /// a sum's matrices are the identity.
  @Test func everyInputHasItsMatrix() throws {
    let graph = try Graph(
      [
        layer("batch-norm").named("n"), linear(2).named("a"), linear(2).named("b").from("n"),
        add("a", "b").named("s"), concat("s", "a").named("c"),
      ], input: Shape(2))
    let check = GradientCheck(
      graph, loss: chosen(Losses.all, "mse"),
      data: sampleData(rows: 3, features: 2, targets: .values(4)),
      initializer: chosen(Initializers.all, "default"), seed: 1, wantsMatrices: true)
    #expect(check.isRight && check.modules.allSatisfy(\.isRight))
    #expect(check.modules.map(\.name) == ["n", "a", "b", "s", "c"])
    #expect(check.modules.map(\.kind) == ["batch-norm", "linear", "linear", "add", "concat"])
    #expect(
      check.modules.map { $0.stateJacobians.map { [$0.rows, $0.columns] } } == [
        [[6, 6]], [[2, 2]], [[2, 2]], [[2, 2], [2, 2]], [[4, 2], [4, 2]],
      ])
    #expect(
      check.modules.map { $0.weightJacobian.map { [$0.rows, $0.columns] } } == [
        [6, 4], [2, 6], [2, 6], nil, nil,
      ])
    let whole = try #require(check.whole)
    #expect(whole.name.isEmpty && whole.kind.isEmpty && whole.isRight)
    #expect(whole.stateJacobians.map { [$0.rows, $0.columns] } == [[1, 2]])
    #expect(whole.weightJacobian.map { [$0.rows, $0.columns] } == [1, 16])
    #expect(whole.compared + whole.skipped == 16)
    // The inputs' numbers and the weights of every module: 3 rows of 2, then 2 x 2 and 2.
    #expect(check.modules.map { $0.compared + $0.skipped } == [10, 12, 12, 12, 12])
    #expect(
      check.jacobians.map(\.title) == [
        "n, with respect to the state", "n, with respect to the weights",
        "a, with respect to the state", "a, with respect to the weights",
        "b, with respect to the state", "b, with respect to the weights",
        "s, with respect to input 1", "s, with respect to input 2", "c, with respect to input 1",
        "c, with respect to input 2",
      ])
    #expect(check.jacobians[6].rows == [[1, 0], [0, 1]])
    #expect(check.jacobians[8].rows == [[1, 0], [0, 1], [0, 0], [0, 0]])
    #expect(check.jacobians[9].rows == [[0, 0], [0, 0], [1, 0], [0, 1]])
    // The rows of a batch depend on each other: numbers of one feature, not of the other.
    let first = check.jacobians[0].rows[0]
    #expect(first.count == 6 && abs(first[2]) > 1e-3 && first[1] == 0)
    // The columns of a normalised feature add up to 0: what all rows gain together, they lose.
    #expect(abs(first[0] + first[2] + first[4]) < 1e-12)
  }

  /// dy_o/dW_o = x, in PyTorch's order also where the weight lies transposed in memory.
  @Test func aTransposedWeightHasItsColumns() throws {
    let data = NetworkData(
      features: SharedArray<Float>([2, -3]), targets: .values(SharedArray<Float>([0, 0, 0])),
      rows: 1)
    let check = GradientCheck(
      try Graph([linear(3)], input: Shape(2)), loss: chosen(Losses.all, "mse"), data: data,
      initializer: chosen(Initializers.all, "identity"), seed: 1, wantsMatrices: true)
    #expect(check.jacobians[0].rows == [[1, 0], [0, 1], [0, 0]])
    #expect(
      check.jacobians[1].rows == [
        [2, -3, 0, 0, 0, 0, 1, 0, 0], [0, 0, 2, -3, 0, 0, 0, 1, 0], [0, 0, 0, 0, 2, -3, 0, 0, 1],
      ])
  }

  /// Of 2100 weights 200 are drawn, and a matrix of more than 400 numbers is left out.
  @Test func largeTensorsAreDrawnFrom() throws {
    let graph = try Graph([linear(20), layer("tanh"), linear(2)], input: Shape(105))
    let check = GradientCheck(
      graph, loss: chosen(Losses.all, "cross-entropy"),
      data: sampleData(rows: 2, features: 105, targets: .classes(2)),
      initializer: chosen(Initializers.all, "default"), seed: 1, wantsMatrices: true)
    #expect(check.isRight)
    #expect(check.modules.map(\.compared) == [200 + 200 + 20, 40, 40 + 40 + 2])
    #expect(check.whole?.compared == 200 + 20 + 40 + 2)
    #expect(
      check.jacobians.map(\.title) == [
        "1, with respect to the state", "2, with respect to the state",
        "2, with respect to the weights",
      ])
    #expect(GradientCheck.tolerance == 1e-5 && GradientCheck.mostEntries == 200)
  }

  /// A slope that is wrong in one entry of one module, and one at a kink.
  @Test func comparesWhatItSays() {
    #expect(slopes([2], at: [1]) { $0 * $0 } == (true, 1, 0))
    #expect(slopes([2.001], at: [1]) { $0 * $0 } == (false, 1, 0))
    #expect(slopes([1], at: [0]) { Swift.max($0, 0) } == (true, 0, 1))
    #expect(slopes([.nan], at: [1]) { $0 } == (false, 1, 0))
    // Relative to slopes above 1, absolute below; the worst of several decides.
    #expect(slopes([1000.005], at: [500]) { $0 * $0 } == (true, 1, 0))
    #expect(slopes([1000.05], at: [500]) { $0 * $0 } == (false, 1, 0))
    #expect(slopes([0.5 + 2e-5], at: [0.25]) { $0 * $0 } == (false, 1, 0))
    #expect(slopes([2, 4.1, 6], at: [1, 2, 3]) { $0 * $0 } == (false, 3, 0))
    // A kink that only the greater steps step over is compared all the same.
    #expect(slopes([1], at: [5e-6]) { Swift.max($0, 0) } == (true, 1, 0))
  }

  private func slopes(
    _ slopes: [Double], at values: [Double], _ f: (Double) -> Double
  ) -> (Bool, Int, Int) {
    let found = GradientCheck.compare(slopes, at: values, f)
    return (found.isRight, found.compared, found.skipped)
  }

  @Test func aStepInNumbersIsTheUpdate() throws {
    let graph = try Graph([linear(1).named("a")], input: Shape(2))
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, "mse"), optimizer: chosen(Optimizers.all, "sgd"),
      isTraced: true, batchRows: 1, seed: 1)
    let program = NetworkProgram<Double>(plan)
    try program.initialize(from: [
      NamedTensor(name: "a.weight", shape: [1, 2], values: [0.5, -1]),
      NamedTensor(name: "a.bias", shape: [1], values: [0.25]),
    ])
    program.bind(
      NetworkData(
        features: SharedArray<Float>([2, 3]), targets: .values(SharedArray<Float>([1])), rows: 1))
    let step = program.traceStep(0..<1, rate: 0.1)
    // y = 0.5 * 2 - 3 + 0.25 = -1.75, loss (y - 1)² = 7.5625, dloss/dy = 2 (y - 1) = -5.5.
    #expect(step.values.map(\.numbers) == [[2, 3], [-1.75]])
    #expect(step.values.map(\.gradient) == [[-2.75, 5.5], [-5.5]])
    #expect(step.loss == 7.5625)
    #expect(step.tensors.map(\.gradient) == [[-11, -16.5], [-5.5]])
    #expect(step.tensors[1].before == [0.25])
    #expect(abs(step.tensors[0].after[0] - 1.6) < 1e-12)
    #expect(abs(step.tensors[1].after[0] - 0.8) < 1e-12)
  }
}
