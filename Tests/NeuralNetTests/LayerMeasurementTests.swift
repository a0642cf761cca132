import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What `log: layers` measures, against numbers by hand.
@Suite struct LayerMeasurementTests {
  private func program(
    _ layers: [LayerSpec], input: Int, batch: Int, clip: Double? = nil
  ) throws -> NetworkProgram<Double> {
    NetworkProgram(
      NetworkPlan(
        graph: try Graph(layers, input: Shape(input)), loss: chosen(Losses.all, "mse"),
        optimizer: chosen(Optimizers.all, "sgd"), clipNorm: clip, measuresLayers: true,
        batchRows: batch, seed: 1))
  }

  /// A mean far from 0, so that the deviation is not the root mean square; divisor n, not n - 1.
  @Test func activationsAndGradientsAreTheirNumbers() throws {
    let program = try program([linear(2), layer("relu").named("r"), linear(1)], input: 1, batch: 3)
    try program.initialize(from: [
      NamedTensor(name: "0.weight", shape: [2, 1], values: [1, -1]),
      NamedTensor(name: "0.bias", shape: [2], values: [10, 0.0009765625]),
      NamedTensor(name: "2.weight", shape: [1, 2], values: [1, 0.5]),
      NamedTensor(name: "2.bias", shape: [1], values: [0]),
    ])
    program.bind(
      NetworkData(
        features: SharedArray<Float>([7, 1, 2, 6]),
        targets: .values(SharedArray<Float>([0, 11, 12, 14])), rows: 4))
    // A rate of 0: the weights stay, the gradient of rows 1 to 3 is left.
    _ = program.step(1..<4, rate: 0)
    let found = program.measureLayers(1..<4)
    #expect(found.activations.map(\.layer) == ["0", "r", "2"])
    // By hand: 0 puts out (11, -1), (12, -2), (16, -6), each second one and 2^-10 more.
    let small = 0.0009765625
    let numbers = [
      [11, 12, 16, -1 + small, -2 + small, -6 + small], [11, 12, 16, 0, 0, 0], [11, 12, 16],
    ]
    for (activation, numbers) in zip(found.activations, numbers) {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
      #expect(abs(activation.mean - mean) < 1e-12)
      #expect(abs(activation.deviation - square.squareRoot()) < 1e-12)
    }
    #expect(found.parameters.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
    // Errors 0, 0, 2: dloss/dy of the last row is 2 * 2 / 3, its input 6, hidden (16, 0).
    let d = 4 / 3.0
    for (parameter, norm) in zip(found.parameters, [6 * d, d, 16 * d, d]) {
      #expect(abs(parameter.gradientNorm - norm) < 1e-12, "\(parameter.name)")
    }
    // One bias of two is below 1e-3, and all of the last layer's biases.
    #expect(found.parameters.map(\.smallShare) == [0, 0.5, 0, 1])
    #expect(LayerMeasurement.smallest == 1e-3)
  }

  /// More rows than go through at once, of which the first lie before those that are asked for.
  @Test func everyRowOfEveryBlockCounts() throws {
    let rows = 3000
    let program = try program([linear(40), layer("tanh"), linear(1)], input: 2, batch: 100)
    program.initialize(chosen(Initializers.all, "zeros"), seed: 1)
    try program.initialize(from: [
      NamedTensor(
        name: "0.weight", shape: [40, 2], values: (0..<80).map { $0 < 2 ? Float(1 - $0) : 0 }),
      NamedTensor(name: "0.bias", shape: [40], values: Array(repeating: 0, count: 40)),
      NamedTensor(name: "2.weight", shape: [1, 40], values: Array(repeating: 0, count: 40)),
      NamedTensor(name: "2.bias", shape: [1], values: [3]),
    ])
    // The first feature of row r is r, which the first unit of layer 0 passes on.
    program.bind(
      NetworkData(
        features: SharedArray((0..<2 * rows).map { $0 % 2 == 0 ? Float($0 / 2) : 1 }),
        targets: .values(SharedArray(Array(repeating: Float(0), count: rows))), rows: rows))
    _ = program.step(0..<100, rate: 0)
    let found = program.measureLayers(500..<rows).activations
    let numbers = (500..<rows).map(Double.init)
    let count = Double(numbers.count * 40)
    let mean = numbers.reduce(0, +) / count
    let squares = numbers.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(found[0].mean / mean - 1) < 1e-12)
    #expect(abs(found[0].deviation / (squares - mean * mean).squareRoot() - 1) < 1e-12)
    #expect(found[2].mean == 3 && found[2].deviation == 0)
  }

  /// The gradient's norm is that before clipping, and inference drops nothing.
  @Test func clippingAndDropoutChangeNothing() throws {
    let program = try program(
      [linear(1, bias: false), layer("dropout", ["p": .number(0.5)]).named("d")], input: 1,
      batch: 1, clip: 0.01)
    try program.initialize(from: [NamedTensor(name: "0.weight", shape: [1, 1], values: [2])])
    program.bind(
      NetworkData(
        features: SharedArray<Float>([3]), targets: .values(SharedArray<Float>([0])), rows: 1))
    let random = CounterRandom(seed: 1, purpose: .dropout, stream: 1)
    // The first update that keeps the number: y = 2 * 3 / 0.5, dloss/dw = 2 y * 3 / 0.5.
    let kept = try #require((0..<50).first { random.words($0, 0)[0] >= 1 << 31 })
    for _ in 0...kept { _ = program.step(0..<1, rate: 0) }
    let found = program.measureLayers(0..<1)
    #expect(found.parameters[0].gradientNorm == 144)
    #expect(found.activations.map(\.mean) == [6, 6])
  }

  /// A layer that shares the parameters of another is measured under its own name.
  @Test func layersThatShareAreMeasuredByThemselves() throws {
    let program = try program([linear(1).named("a"), linear(1).sharing("a")], input: 1, batch: 1)
    try program.initialize(from: [
      NamedTensor(name: "a.weight", shape: [1, 1], values: [2]),
      NamedTensor(name: "a.bias", shape: [1], values: [1]),
    ])
    let data = NetworkData(
      features: SharedArray<Float>([3]), targets: .values(SharedArray<Float>([0])), rows: 1)
    program.bind(data)
    _ = program.step(0..<1, rate: 0)
    let found = program.measureLayers(0..<1)
    #expect(found.activations.map(\.layer) == ["a", "1"])
    #expect(found.activations.map(\.mean) == [7, 15])
    // y = w (w x + b) + b = 15, dloss/dy = 30: by w (2 w x + b) = 13, by b w + 1 = 3.
    #expect(found.parameters.map(\.gradientNorm) == [30 * 13, 30 * 3])
    let values = try LayerReader(program.plan.graph, weights: program.namedTensors)
      .values(data.features, rows: 1)
    #expect(values.map(\.layer) == ["a", "1"] && values.map(\.numbers) == [[7], [15]])
    #expect(values.map(\.weight) == ["a.weight", "a.weight"])
  }

  /// A layer that runs before one written above it is still listed in the order of the file.
  @Test func layersStandInTheOrderOfTheFile() throws {
    let program = try program(
      [
        linear(2).named("late").from("early"), linear(1).named("early").from("input"),
        layer("relu").named("end").from("late"),
      ], input: 1, batch: 1)
    program.initialize(chosen(Initializers.all, "zeros"), seed: 1)
    program.bind(
      NetworkData(
        features: SharedArray<Float>([1]), targets: .values(SharedArray<Float>([0, 0])), rows: 1))
    _ = program.step(0..<1, rate: 0)
    #expect(program.measureLayers(0..<1).activations.map(\.layer) == ["late", "early", "end"])
  }
}
