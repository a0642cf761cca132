import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Networks that together have every kind of layer.
private let networks: [(name: String, layers: [LayerSpec], input: Shape)] = [
  (
    "activations",
    [linear(6), layer("relu"), linear(6), layer("leaky-relu", ["slope": .number(0.2)])]
      + ["elu", "gelu", "silu", "softplus", "sigmoid", "tanh"].flatMap { [linear(6), layer($0)] }
      + [layer("gelu", ["approximate": .text("tanh")]), layer("dropout"), linear(3)],
    Shape(4)
  ),
  (
    "softplus",
    [linear(5), layer("softplus", ["beta": .number(2), "threshold": .number(1)]), linear(2)],
    Shape(3)
  ),
  (
    "norms",
    [
      linear(6, bias: false), layer("batch-norm"), layer("layer-norm", ["eps": .number(1e-3)]),
      layer("softmax"), linear(6), layer("log-softmax"),
    ], Shape(4)
  ),
  (
    "graph",
    [
      linear(5).named("a"), linear(5).named("b").from("input"), maximum("a", "b").named("m"),
      linear(5).from("m").named("c"), linear(5).from("c").sharing("c").named("d"),
      add("c", "d", "m").named("s"), concat("a", "s"),
      residual([linear(10), layer("relu"), linear(10)]),
      layer("prototypes", ["count": .integer(3)]),
    ], Shape(4)
  ),
  (
    "images",
    [
      layer(
        "conv2d",
        [
          "channels": .integer(4), "kernel": .integer(3), "stride": .integer(2),
          "padding": .integer(1),
        ]
      ),
      layer("batch-norm"), layer("relu"),
      layer("max-pool2d", ["kernel": .integer(3), "stride": .integer(1), "padding": .integer(1)]),
      layer(
        "conv2d", ["channels": .integer(3), "kernel": .integer(2), "bias": .flag(false)]),
      layer("layer-norm"),
      layer("avg-pool2d", ["kernel": .integer(2), "padding": .integer(1)]), layer("flatten"),
      linear(3),
    ], Shape([2, 9, 7])
  ),
  ("images into linear", [linear(3)], Shape([1, 4, 5])),
]

struct ONNXModelTests {
  /// Weights from N(0, 1), running variances above 0.
  private func weights(_ graph: Graph) -> [NamedTensor] {
    (graph.parameters + graph.buffers).enumerated().map { index, parameter in
      let random = CounterRandom(seed: 7, purpose: .initialization, stream: index)
      let values = (0..<parameter.shape.count).map { place in
        let value = Float(random.normal(0, place)) / 2
        return parameter.name.hasSuffix("running_var") ? abs(value) + 0.5 : value
      }
      return NamedTensor(name: parameter.name, shape: parameter.shape.sizes, values: values)
    }
  }

  private func map(_ input: Shape) -> ONNXModel.InputMap {
    let groups = (0..<input.sizes[0]).map(Double.init)
    return ONNXModel.InputMap(
      factors: groups.map { 0.5 + 0.25 * $0 }, addends: groups.map { 0.1 - 0.3 * $0 })
  }

  @Test func everyKindOfLayerIsCovered() {
    func kinds(_ layers: [LayerSpec]) -> [String] {
      layers.flatMap { [$0.kind.name] + kinds($0.layers) }
    }
    #expect(Set(networks.flatMap { kinds($0.layers) }) == Set(Layers.all.map(\.name)))
  }

  @Test(arguments: networks.indices) func theFileHoldsGraphAndWeights(_ index: Int) throws {
    let (_, layers, input) = networks[index]
    let graph = try Graph(layers, input: input)
    let weights = weights(graph)
    let network = NetworkDescription(layers: layers, loss: chosen(Losses.all, "cross-entropy"))
    let classes = (0..<graph.output.count).map(String.init)
    let model = try ONNXModel(
      network, input: input, weights: weights, map: map(input), classes: classes)
    let file = try #require(ProtobufReader(model.data))
    #expect(file.numbers(1) == [8] && file.texts(2) == ["labbook"])
    #expect(file.messages(8).first?.numbers(2) == [17])
    #expect(file.messages(14).map { $0.texts(1) } == [["classes"]])
    let body = try #require(file.messages(7).first)
    let tensors = body.messages(5)
    for weight in weights {
      let tensor = try #require(tensors.first { $0.texts(8) == [weight.name] })
      #expect(tensor.numbers(1) == weight.shape && tensor.numbers(2) == [1])
      let bytes = weight.values.withUnsafeBytes { Data($0) }
      #expect(tensor.bytes(9) == [bytes])
    }
    #expect(body.messages(11).map { $0.texts(1) } == [["input"]])
    #expect(body.messages(12).map { $0.texts(1) } == [["probabilities"], ["outputs"]])
    // Every value is made before it is read.
    var known = Set(["input"] + tensors.flatMap { $0.texts(8) })
    for node in body.messages(1) {
      #expect(known.isSuperset(of: node.texts(1)), "\(node.texts(4))")
      for output in node.texts(2) { #expect(known.insert(output).inserted) }
    }
    #expect(known.isSuperset(of: ["probabilities", "outputs"]))
  }

  @Test func anInputInItsOwnUnitsNeedsNoOperators() throws {
    let network = NetworkDescription(layers: [linear(1)], loss: chosen(Losses.all, "mse"))
    let graph = try Graph(network.layers, input: Shape(2))
    let map = ONNXModel.InputMap(factors: [1, 1], addends: [0, 0])
    let model = try ONNXModel(
      network, input: Shape(2), weights: weights(graph), map: map, classes: nil)
    let body = try #require(ProtobufReader(model.data)?.messages(7).first)
    #expect(body.messages(1).flatMap { $0.texts(4) } == ["Gemm", "Identity"])
    #expect(body.messages(12).map { $0.texts(1) } == [["outputs"]])
  }

  @Test func weightsOfAnotherNetworkAreRefused() throws {
    let network = NetworkDescription(layers: [linear(1)], loss: nil)
    #expect(throws: LabbookError.self) {
      try ONNXModel(
        network, input: Shape(2), weights: [], map: map(Shape(2)), classes: nil)
    }
  }

  /// onnxruntime's outputs are ours; both compute in single precision in another order, hence 1e-4.
  @Test(
    .enabled(if: PythonTool.has("onnxruntime"), "needs PyPI's onnxruntime (LABBOOK_PYTHON)"),
    arguments: networks.indices)
  func onnxruntimeAgrees(_ index: Int) throws {
    let (name, layers, input) = networks[index]
    let graph = try Graph(layers, input: input)
    let weights = weights(graph)
    let map = map(input)
    let network = NetworkDescription(layers: layers, loss: nil)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labbook-onnx-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try ONNXModel(network, input: input, weights: weights, map: map, classes: nil).data
      .write(to: folder.appending(path: "model.onnx"))
    let rows = 17
    let random = CounterRandom(seed: 3, purpose: .data)
    let numbers = (0..<rows * input.count).map { Float(random.normal(0, $0)) }
    let perGroup = input.count / map.factors.count
    let mapped = numbers.enumerated().map { place, value in
      let group = place % input.count / perGroup
      return Float(Double(value) * map.factors[group] + map.addends[group])
    }
    let outputs = try Predictor(layers, input: input, weights: weights).outputs(mapped)
    try numbers.withUnsafeBytes { try Data($0).write(to: folder.appending(path: "input")) }
    try outputs.withUnsafeBytes { try Data($0).write(to: folder.appending(path: "output")) }
    let program = """
      import sys, numpy, onnxruntime
      folder, shape = sys.argv[1], [int(size) for size in sys.argv[2].split(",")]
      session = onnxruntime.InferenceSession(folder + "/model.onnx", providers=["CPUExecutionProvider"])
      x = numpy.fromfile(folder + "/input", "float32").reshape([-1] + shape)
      y = session.run(["outputs"], {"input": x})[0]
      ours = numpy.fromfile(folder + "/output", "float32").reshape(y.shape)
      error = numpy.max(numpy.abs(y - ours) / (1 + numpy.abs(ours)))
      print("largest error", error)
      sys.exit(0 if error < 1e-4 else 1)
      """
    let sizes = input.sizes.map(String.init).joined(separator: ",")
    let result = try PythonTool.run(program, [folder.path, sizes])
    #expect(result.status == 0, "\(name): \(result.text)")
  }
}
