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
      #expect(part.compared + part.skipped > 0, "seed \(seed), \(part.name) \(part.kind)")
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

  /// A slope that is wrong in one entry of one module, and one at a kink.
  @Test func comparesWhatItSays() {
    #expect(slopes([2], at: [1]) { $0 * $0 } == (true, 1, 0))
    #expect(slopes([2.001], at: [1]) { $0 * $0 } == (false, 1, 0))
    #expect(slopes([1], at: [0]) { Swift.max($0, 0) } == (true, 0, 1))
    #expect(slopes([.nan], at: [1]) { $0 } == (false, 1, 0))
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
