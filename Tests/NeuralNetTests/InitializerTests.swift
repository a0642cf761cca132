import Foundation
import NeuralNet
import Testing
import Tracking

/// Bounds, means and variances of drawn weights by the formulas of `torch.nn.init`.
///
/// The layer has 200 x 300 weights: five standard errors of their mean are 5 s / 245, of their
/// variance at most 5 sqrt(2) s² / 245.
@Suite struct InitializerTests {
  static let inputs = 300.0
  static let outputs = 200.0

  /// Kind, settings, standard deviation, bound of a uniform law.
  static let cases: [(String, [String: ParameterValue], Double, Double?)] = [
    ("default", [:], (1 / (3 * inputs)).squareRoot(), (1 / inputs).squareRoot()),
    ("kaiming-uniform", [:], (2 / inputs).squareRoot(), (6 / inputs).squareRoot()),
    ("kaiming-normal", [:], (2 / inputs).squareRoot(), nil),
    (
      "xavier-uniform", [:], (2 / (inputs + outputs)).squareRoot(),
      (6 / (inputs + outputs)).squareRoot()
    ),
    ("xavier-normal", [:], (2 / (inputs + outputs)).squareRoot(), nil),
    ("normal", ["std": .number(0.3)], 0.3, nil),
    ("uniform", ["bound": .number(0.3)], 0.3 / 3.0.squareRoot(), 0.3),
  ]

  @Test(arguments: cases.indices) func momentsAreRight(index: Int) throws {
    let (name, settings, deviation, bound) = Self.cases[index]
    let tensors = try Self.tensors(name, settings)
    let weights = tensors[0].values.map(Double.init)
    let mean = weights.reduce(0, +) / Double(weights.count)
    let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(weights.count)
    #expect(abs(mean) < 5 * deviation / 245)
    #expect(abs(variance / (deviation * deviation) - 1) < 7.1 / 245)
    let greatest = weights.map(abs).max() ?? 0
    if let bound {
      #expect(greatest <= bound && greatest > 0.999 * bound)
    } else {
      #expect(greatest > 3.5 * deviation)
    }
    let biases = tensors[1].values
    if name == "default" {
      #expect(biases.contains { $0 != 0 })
      #expect(biases.allSatisfy { abs(Double($0)) <= (1 / Self.inputs).squareRoot() })
    } else {
      #expect(biases.allSatisfy { $0 == 0 })
    }
  }

  @Test func identityAndZerosAreExact() throws {
    let identity = try Self.tensors("identity", [:])[0]
    for (place, value) in identity.values.enumerated() {
      #expect(value == (place / 300 == place % 300 ? 1 : 0))
    }
    let zeros = try Self.tensors("zeros", [:]).flatMap(\.values)
    #expect(zeros.allSatisfy { $0 == 0 })
  }

  /// As `torch.nn.init.dirac_`: of output channel o and input channel o the window's middle is 1; of
  /// windows with an even side the number behind the middle.
  @Test(arguments: [1, 2, 3, 5]) func identityOfWindowsIsTheirMiddle(side: Int) throws {
    for (inputs, outputs) in [(2, 3), (3, 2), (1, 1)] {
      let graph = try Graph([conv(outputs, side)], input: Shape([inputs, 6, 6]))
      let program = NetworkProgram<Float>(
        NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 1))
      program.initialize(chosen(Initializers.all, "identity"), seed: 1)
      var wanted = [Float](repeating: 0, count: outputs * inputs * side * side)
      for channel in 0..<min(inputs, outputs) {
        wanted[((channel * inputs + channel) * side + side / 2) * side + side / 2] = 1
      }
      #expect(program.namedTensors[0].values == wanted)
      #expect(program.namedTensors[1].values.allSatisfy { $0 == 0 })
    }
  }

  /// Of a convolution 3 x 5 x 5 numbers enter an output, and one input enters 8 x 5 x 5.
  @Test func windowsCountTheirArea() throws {
    let graph = try Graph([conv(8, 5)], input: Shape([3, 9, 9]))
    #expect(graph.parameters.map(\.fanIn) == [75, 75])
    #expect(graph.parameters.map(\.fanOut) == [200, 200])
    for (name, bound) in [
      ("xavier-uniform", (6.0 / 275).squareRoot()), ("default", 1 / 75.0.squareRoot()),
    ] {
      let program = NetworkProgram<Float>(
        NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 1))
      program.initialize(chosen(Initializers.all, name), seed: 1)
      let greatest = Double(program.namedTensors[0].values.map(abs).max() ?? 0)
      // Of 600 uniform draws the greatest lies above 0.98 of the bound but once in 2e5 seeds.
      #expect(greatest <= bound && greatest > 0.98 * bound, "\(name)")
    }
    let prototypes = try Graph([prototypes(4)], input: Shape(3)).parameters[0]
    #expect(prototypes.fanIn == 3 && prototypes.fanOut == 4 && !prototypes.isBias)
  }

  /// Normalisations begin as the identity whatever the initialiser, with PyTorch's running statistics.
  @Test(arguments: ["default", "zeros", "kaiming-normal"])
  func normalisationsBeginAsTheIdentity(name: String) throws {
    let graph = try Graph([layer("batch-norm"), layer("layer-norm")], input: Shape([2, 1, 2]))
    let program = NetworkProgram<Float>(
      NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 1))
    program.initialize(chosen(Initializers.all, name), seed: 1)
    #expect(
      program.namedTensors.map(\.name) == [
        "0.weight", "0.bias", "1.weight", "1.bias", "0.running_mean", "0.running_var",
      ])
    #expect(
      program.namedTensors.map(\.values) == [
        [1, 1], [0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [0, 0], [1, 1],
      ]
    )
    #expect(program.namedTensors[2].shape == [2, 1, 2])
  }

  /// Gains by `torch.nn.init.calculate_gain`, through a dropout to the activation behind it.
  @Test func gainIsThatOfTheActivationThatFollows() throws {
    let layers = [
      linear(4), layer("relu"), linear(4), layer("leaky-relu", ["slope": .number(0.5)]),
      linear(4), layer("dropout"), layer("tanh"), linear(4), layer("sigmoid"), linear(4),
    ]
    let gains = try Graph(layers, input: Shape(4)).parameters.filter { !$0.isBias }.map(\.gain)
    let expected = [2, 1 / 0.625].map { $0.squareRoot() } + [5.0 / 3, 1, 1]
    #expect(gains == expected)
  }

  /// A layer's weights are drawn by its own number: another width elsewhere leaves them alone.
  @Test func otherLayersChangeNothing() throws {
    let narrow = try Self.program([linear(5), linear(3), linear(4)], "default").namedTensors
    let other = try Self.program([linear(5), linear(3), linear(9)], "default").namedTensors
    #expect(narrow[0] == other[0] && narrow[2] == other[2] && narrow[4] != other[4])
  }

  private static func tensors(_ name: String, _ settings: [String: ParameterValue]) throws
    -> [NamedTensor]
  {
    try program([linear(200), layer("relu"), linear(3)], name, settings).namedTensors
  }

  private static func program(
    _ layers: [LayerSpec], _ name: String, _ settings: [String: ParameterValue] = [:]
  ) throws -> NetworkProgram<Float> {
    let plan = NetworkPlan(
      graph: try Graph(layers, input: Shape(300)), loss: nil, optimizer: nil, batchRows: 1,
      seed: 1)
    let program = NetworkProgram<Float>(plan)
    program.initialize(chosen(Initializers.all, name, settings), seed: 11)
    return program
  }
}
