import NeuralNet
import TensorKernels
import Tracking

/// One update of each workload's network, and of shapes from very small to large, without recording.
enum StepBenchmarks {
  struct Workload {
    let name: String
    let input: Shape
    let layers: [LayerSpec]
    let batch: Int
    var outputs: TargetKind = .classes(10)
    var optimizer = "sgd"
  }

  /// The names are those of `peers/steps.py`, which times the same in PyTorch.
  private static var all: [Workload] {
    [
      Workload(
        name: "w1", input: Shape(2), layers: mlp([100, 3]), batch: 3000, outputs: .classes(3),
        optimizer: "adam"),
      Workload(
        name: "w2", input: Shape(2), layers: mlp([100, 3]), batch: 32, outputs: .classes(3)),
      Workload(
        name: "w3", input: Shape(784), layers: mlp([256, 128, 10]), batch: 128, optimizer: "adam"),
      Workload(name: "w4", input: Shape(784), layers: mlp([1024, 1024, 10]), batch: 256),
      Workload(name: "w9", input: Shape([1, 28, 28]), layers: convolutional, batch: 128),
      Workload(
        name: "13-50-50-1, batch 100", input: Shape(13), layers: mlp([50, 50, 1]), batch: 100,
        outputs: .values(1), optimizer: "adam"),
      Workload(
        name: "784-256-10, batch 1", input: Shape(784), layers: mlp([256, 10]), batch: 1),
      Workload(
        name: "784-256-10, batch 4096", input: Shape(784), layers: mlp([256, 10]), batch: 4096),
      Workload(
        name: "20 layers of 32, batch 64", input: Shape(32),
        layers: mlp(Array(repeating: 32, count: 20) + [10]), batch: 64, optimizer: "adam"),
      Workload(
        name: "784-4096-10, batch 128", input: Shape(784), layers: mlp([4096, 10]), batch: 128),
      Workload(
        name: "residual of 10,000 parameters, batch 64", input: Shape(32), layers: residual,
        batch: 64, optimizer: "adam"),
      Workload(
        name: "5 million parameters, batch 128", input: Shape(784),
        layers: mlp([1900, 1800, 10]), batch: 128, optimizer: "adam"),
    ]
  }

  static func run(only: [String]) {
    for workload in all where only.isEmpty || only.contains(workload.name) { measure(workload) }
  }

  private static func measure(_ workload: Workload) {
    let loss: Chosen
    if case .classes = workload.outputs {
      loss = chosen(Losses.all, "cross-entropy")
    } else {
      loss = chosen(Losses.all, "mse")
    }
    guard let graph = try? Graph(workload.layers, input: workload.input) else { return }
    let plan = NetworkPlan(
      graph: graph, loss: loss,
      optimizer: workload.optimizer == "adam"
        ? chosen(Optimizers.all, "adam")
        : chosen(Optimizers.all, "sgd", ["momentum": .number(0.9)]),
      batchRows: workload.batch, seed: 1)
    let program = NetworkProgram<Float>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    let random = CounterRandom(seed: 1, purpose: .data)
    let rows = max(workload.batch, 4096)
    let features = SharedArray(
      (0..<rows * workload.input.count).map { Float(random.uniform(0, $0)) })
    let targets: NetworkData.Targets
    if case .classes(let count) = workload.outputs {
      targets = .classes(SharedArray((0..<rows).map { Int32(random.integer(below: count, 1, $0)) }))
    } else {
      targets = .values(SharedArray((0..<rows).map { Float(random.uniform(2, $0)) }))
    }
    program.bind(NetworkData(features: features, targets: targets, rows: rows))
    var place = 0
    let seconds = KernelEnvironment.flushingDenormals {
      secondsPerCall(seconds: 0.2) {
        if place + workload.batch > rows { place = 0 }
        _ = program.step(place..<place + workload.batch, rate: 1e-4)
        place += workload.batch
      }
    }
    report([
      "part": "steps", "name": workload.name, "us": seconds * 1e6,
      "operations": operations(graph, rows: workload.batch), "parameters": graph.parameterCount,
    ])
  }

  /// Multiplications and additions of an update: forward, gradients of weights, and of the inputs
  /// of every layer but the first.
  private static func operations(_ graph: Graph, rows: Int) -> Double {
    var first = true
    return graph.parameters.reduce(0.0) { sum, parameter in
      guard parameter.shape.sizes.count > 1 else { return sum }
      defer { first = false }
      let places = parameter.shape.sizes.count == 4 ? placesOfImage(parameter.shape) : 1
      return sum + 2 * Double(rows * parameter.shape.count * places) * (first ? 2 : 3)
    }
  }

  /// Where the windows of W9's two layers lie: 28 by 28, then 14 by 14.
  private static func placesOfImage(_ shape: Shape) -> Int { shape.sizes[1] == 1 ? 784 : 196 }

  private static func mlp(_ sizes: [Int]) -> [LayerSpec] {
    sizes.enumerated().flatMap { index, size in
      index == sizes.count - 1 ? [linear(size)] : [linear(size), layer("relu")]
    }
  }

  private static var convolutional: [LayerSpec] {
    let pool = ["kernel": ParameterValue.integer(2)]
    func conv(_ channels: Int) -> LayerSpec {
      layer(
        "conv2d",
        ["channels": .integer(channels), "kernel": .integer(3), "padding": .integer(1)])
    }
    return [
      conv(16), layer("relu"), layer("max-pool2d", pool), conv(32), layer("relu"),
      layer("max-pool2d", pool), layer("flatten"), linear(10),
    ]
  }

  private static var residual: [LayerSpec] {
    let block = LayerSpec(
      chosen(Layers.all, "residual"), layers: [linear(32), layer("relu"), linear(32)])
    return [linear(32), layer("relu"), block, block, block, block, linear(10)]
  }

  private static func linear(_ outputs: Int) -> LayerSpec {
    layer("linear", ["outputs": .integer(outputs)])
  }

  private static func layer(_ name: String, _ values: [String: ParameterValue] = [:])
    -> LayerSpec
  {
    LayerSpec(chosen(Layers.all, name, values))
  }

  /// A choice with its standard settings.
  private static func chosen(
    _ choices: [Choice], _ name: String, _ values: [String: ParameterValue] = [:]
  ) -> Chosen {
    let settings = choices.first { $0.name == name }?.settings ?? []
    let standard = settings.map { ($0.name, $0.standard ?? .off) }
    return Chosen(name, Dictionary(uniqueKeysWithValues: standard).merging(values) { $1 })
  }
}
