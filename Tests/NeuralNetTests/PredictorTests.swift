import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite struct PredictorTests {
  private let layers = [linear(40), layer("relu"), linear(2)]

  /// Unit k of layer 0 is x0 - k, the outputs are the sum of all units and 1 - unit 0.
  private let weights = [
    NamedTensor(
      name: "0.weight", shape: [40, 2], values: (0..<80).map { $0 % 2 == 0 ? 1 : 0 }),
    NamedTensor(name: "0.bias", shape: [40], values: (0..<40).map { -Float($0) }),
    NamedTensor(
      name: "2.weight", shape: [2, 40], values: (0..<80).map { $0 < 40 ? 1 : $0 == 40 ? -1 : 0 }),
    NamedTensor(name: "2.bias", shape: [2], values: [0, 1]),
  ]

  /// More rows than go through at once; whole numbers are exact in single precision.
  @Test(.everyBody) func rowsComeOutInTheirOrder() throws {
    let predictor = try Predictor(layers, input: Shape(2), weights: weights)
    #expect(predictor.outputCount == 2)
    let rows = 2500
    let features = (0..<rows).flatMap { row -> [Float] in [Float(row % 50), -7] }
    let wanted = (0..<rows).flatMap { row -> [Float] in
      let x = row % 50
      return [Float((0..<40).reduce(0) { $0 + max(0, x - $1) }), Float(1 - x)]
    }
    #expect(predictor.outputs(features) == wanted)
    #expect(predictor.outputs(SharedArray(features), rows: 3) == Array(wanted[..<6]))
    #expect(predictor.outputs([]) == [])
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let input = #expect(throws: LabbookError.self) {
      try Predictor(layers, input: Shape(3), weights: weights)
    }
    #expect(input?.message == "the tensor '0.weight' is 40 x 2, expected 40 x 3")
    let graph = #expect(throws: LabbookError.self) {
      try Predictor([layer("softmax")], input: Shape([1, 2, 2]), weights: [])
    }
    #expect(
      graph?.message == "The network does not fit its data: layer 0: softmax takes a row of scores,"
        + " but gets the shape 1 x 2 x 2; put a linear layer before it")
    #expect(graph?.status == 2)
  }
}
