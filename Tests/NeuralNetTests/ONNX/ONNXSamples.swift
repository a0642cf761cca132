import NeuralNet
import TensorKernels
import Testing
import Tracking

/// A network with weights that is written as ONNX.
struct ONNXSample: CustomTestStringConvertible {
  let name: String
  let layers: [LayerSpec]
  let input: Shape
  var loss: Chosen?
  var classes: [String]?
  /// Whether the input is scaled and moved first.
  var isMapped = true
  var testDescription: String { name }

  func graph() throws -> Graph { try Graph(layers, input: input) }

  /// Weights from N(0, 1/4), running variances above 0.
  func weights() throws -> [NamedTensor] {
    let graph = try graph()
    return (graph.parameters + graph.buffers).enumerated().map { index, parameter in
      let random = CounterRandom(seed: 7, purpose: .initialization, stream: index)
      let values = (0..<parameter.shape.count).map { place in
        let value = Float(random.normal(0, place)) / 2
        return parameter.name.hasSuffix("running_var") ? abs(value) + 0.5 : value
      }
      return NamedTensor(name: parameter.name, shape: parameter.shape.sizes, values: values)
    }
  }

  /// A factor and an addend a column, or a channel of images.
  var map: ONNXModel.InputMap {
    let groups = (0..<input.sizes[0]).map(Double.init)
    return ONNXModel.InputMap(
      factors: groups.map { isMapped ? 0.5 + 0.25 * $0 : 1 },
      addends: groups.map { isMapped ? 0.1 - 0.3 * $0 : 0 })
  }

  func model() throws -> ONNXModel {
    try ONNXModel(
      NetworkDescription(layers: layers, loss: loss), input: input, weights: weights(), map: map,
      classes: classes, facts: [("labbook.run", "f00d"), ("columns", "[\"a\"]")])
  }

  static let all = networks + readings

  /// Networks that together have every kind of layer with every setting.
  static let networks = [
    ONNXSample(
      name: "activations",
      layers: [linear(6), layer("relu"), linear(6), layer("leaky-relu", ["slope": .number(0.2)])]
        + ["leaky-relu", "elu", "gelu", "silu", "softplus", "sigmoid", "tanh"].flatMap {
          [linear(6), layer($0)]
        }
        + [layer("elu", ["alpha": .number(0.5)]), linear(6)]
        + [layer("gelu", ["approximate": .text("tanh")]), layer("dropout"), linear(3)],
      input: Shape(4)),
    ONNXSample(
      name: "softplus",
      layers: [
        linear(5), layer("softplus", ["beta": .number(2), "threshold": .number(1)]), linear(4),
        layer("softplus", ["beta": .number(0.5), "threshold": .number(3)]), linear(2),
      ], input: Shape(3)),
    ONNXSample(
      name: "norms",
      layers: [
        linear(6, bias: false), layer("batch-norm"), layer("layer-norm", ["eps": .number(1e-3)]),
        layer("softmax"), linear(6), layer("batch-norm", ["eps": .number(0.25)]),
        layer("layer-norm"), layer("log-softmax"),
      ], input: Shape(4)),
    ONNXSample(
      name: "graph",
      layers: [
        linear(5).named("a"), linear(5).named("b").from("input"), maximum("a", "b", "e").named("m"),
        linear(5).from("m").named("c"), linear(5).from("c").sharing("c").named("d"),
        add("c", "d", "m").named("s"), concat("a", "s"),
        residual([linear(10), layer("relu"), linear(10)]),
        layer("prototypes", ["count": .integer(3)]).named("p"), linear(5).named("e").from("input"),
        linear(3).named("f"), add("p", "f"),
      ], input: Shape(4)),
    ONNXSample(
      name: "images",
      layers: [
        conv(4, 3, stride: 2, padding: 1), layer("batch-norm"), layer("relu"),
        pool("max", 3, stride: 1, padding: 1), conv(3, 2, bias: false), layer("layer-norm"),
        pool("avg", 2, padding: 1), layer("flatten"), linear(3),
      ], input: Shape([2, 9, 7])),
    ONNXSample(
      name: "windows",
      layers: [pool("max", 2), conv(2, 1), pool("avg", 2, stride: 1), prototypes(3)],
      input: Shape([1, 8, 6])),
    ONNXSample(name: "images into linear", layers: [linear(3)], input: Shape([1, 4, 5])),
  ]

  /// What a loss makes of outputs: every case of `OutputReading`.
  static let readings = [
    reading("cross-entropy", 3, [linear(3)]),
    reading("nll", 3, [linear(3), layer("log-softmax")]),
    reading("bce", 3, [linear(3), layer("sigmoid")]),
    reading("bce", 2, [linear(1), layer("sigmoid")]),
    reading("bce-with-logits", 3, [linear(3)]),
    reading("bce-with-logits", 2, [linear(1)]),
    reading("mse", 3, [linear(3)]),
    ONNXSample(
      name: "mse of values", layers: [linear(2)], input: Shape(2),
      loss: chosen(Losses.all, "mse"), isMapped: false),
  ]

  private static func reading(_ loss: String, _ classes: Int, _ layers: [LayerSpec]) -> ONNXSample {
    ONNXSample(
      name: "\(loss) of \(classes) classes", layers: layers, input: Shape(2),
      loss: chosen(Losses.all, loss), classes: (0..<classes).map { "class \"\($0)\"" },
      isMapped: false)
  }
}
