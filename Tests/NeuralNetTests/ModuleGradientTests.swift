import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Gradients of the weights of small networks of every module against central differences in double
/// precision, on rows and on images; the tolerance is that of GradientTests.
@Suite struct ModuleGradientTests {
  static let rows: [(String, [LayerSpec])] = [
    ("elu", [linear(11), layer("elu", ["alpha": .number(0.7)]), linear(3)]),
    ("gelu", [linear(11), layer("gelu"), linear(3)]),
    ("gelu tanh", [linear(11), layer("gelu", ["approximate": .text("tanh")]), linear(3)]),
    ("silu", [linear(11), layer("silu"), linear(3)]),
    ("softplus", [linear(11), layer("softplus", ["beta": .number(2)]), linear(3)]),
    (
      "softplus threshold", [linear(11), layer("softplus", ["threshold": .number(0.3)]), linear(3)]
    ),
    ("batch-norm", [linear(11), layer("batch-norm"), layer("tanh"), linear(3)]),
    (
      "batch-norm first",
      [
        layer("batch-norm"), linear(70), layer("silu"), layer("batch-norm", ["eps": .number(0.1)]),
        linear(3),
      ]
    ),
    ("batch-norm eps", [linear(2), layer("batch-norm", ["eps": .number(0.3)]), linear(3)]),
    ("batch-norm ends", [linear(3), layer("batch-norm")]),
    ("layer-norm", [linear(11), layer("layer-norm"), layer("tanh"), linear(3)]),
    ("layer-norm first", [layer("layer-norm"), linear(37), layer("layer-norm"), linear(3)]),
    ("layer-norm eps", [linear(2), layer("layer-norm", ["eps": .number(0.3)]), linear(3)]),
    ("prototypes", [linear(5), prototypes(3)]),
    ("prototypes within", [prototypes(20), layer("tanh"), linear(4), prototypes(3)]),
    (
      "shared batch-norm",
      [
        linear(4).named("a"), layer("batch-norm").named("n"), layer("sigmoid"),
        layer("batch-norm").sharing("n"), linear(3),
      ]
    ),
    (
      "shared prototypes",
      [
        linear(4), prototypes(4).named("p"), layer("tanh"), prototypes(4).sharing("p"), linear(3),
      ]
    ),
  ]

  static let images: [(String, [LayerSpec])] = [
    ("conv", [conv(3, 3), linear(3)]),
    ("conv relu pool", [conv(4, 3, padding: 1), layer("relu"), pool("max", 2), linear(3)]),
    ("conv stride", [conv(4, 3, stride: 2, padding: 2), layer("tanh"), conv(3, 2), linear(3)]),
    (
      "conv without bias",
      [conv(4, 2, bias: false), layer("relu"), conv(2, 2, bias: false), linear(3)]
    ),
    ("conv one by one", [conv(5, 1), layer("sigmoid"), conv(2, 1), layer("flatten"), linear(3)]),
    ("overlapping max-pool", [conv(3, 2), pool("max", 3, stride: 2, padding: 1), linear(3)]),
    ("average pool", [conv(3, 2), pool("avg", 2), linear(3)]),
    ("overlapping average pool", [conv(3, 2), pool("avg", 3, stride: 1, padding: 1), linear(3)]),
    (
      "batch-norm of channels",
      [conv(3, 2), layer("batch-norm"), layer("relu"), conv(2, 2), linear(3)]
    ),
    ("layer-norm of images", [conv(3, 2), layer("layer-norm"), layer("relu"), linear(3)]),
    (
      "concat of channels",
      [
        conv(3, 3, padding: 1).named("a"), layer("relu").named("b"), concat("a", "input", "b"),
        conv(2, 2), linear(3),
      ]
    ),
    (
      "residual of images",
      [
        conv(3, 3, padding: 1), residual([conv(3, 3, padding: 1), layer("relu")]), pool("max", 2),
        linear(3),
      ]
    ),
    (
      "shared conv",
      [
        conv(2, 3, padding: 1).named("a"), layer("tanh"), conv(2, 3, padding: 1).sharing("a"),
        linear(3),
      ]
    ),
    ("activations of images", [conv(2, 2), layer("gelu"), layer("elu"), layer("silu"), linear(3)]),
    ("pool first", [pool("max", 2), conv(2, 2), linear(3)]),
  ]

  @Test(arguments: rows.indices, [1, 2, 19]) func rowsAgree(index: Int, features: Int) throws {
    try check(Self.rows[index], Shape(features), rows: 9)
  }

  @Test(arguments: images.indices, [[2, 5, 6], [2, 7, 4]])
  func imagesAgree(index: Int, shape: [Int]) throws {
    try check(Self.images[index], Shape(shape), rows: 5)
  }

  private func check(_ example: (String, [LayerSpec]), _ input: Shape, rows: Int) throws {
    let (name, layers) = example
    let graph = try Graph(layers, input: input)
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, "cross-entropy"),
      optimizer: chosen(Optimizers.all, "sgd"), batchRows: rows, seed: 5)
    let program = NetworkProgram<Double>(plan)
    program.initialize(chosen(Initializers.all, "default"), seed: 3)
    program.bind(sampleData(rows: rows, features: input.count, targets: .classes(3)))
    let (worst, compared) = largestDifference(program, rows: rows)
    #expect(worst < 2e-8, "\(name)")
    #expect(compared > graph.parameterCount / 2, "\(name)")
  }
}
