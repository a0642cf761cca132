import NeuralNet
import TensorKernels
import Testing
import Tracking

@Suite struct LayerReaderTests {
  private func linear(_ outputs: Int) -> LayerSpec {
    LayerSpec(Chosen("linear", ["outputs": .integer(outputs), "bias": .flag(true)]))
  }

  private let weights = [
    NamedTensor(name: "0.weight", shape: [2, 2], values: [1, 2, 3, -4]),
    NamedTensor(name: "0.bias", shape: [2], values: [0.5, 0]),
    NamedTensor(name: "2.weight", shape: [1, 2], values: [1, 1]),
    NamedTensor(name: "2.bias", shape: [1], values: [-1]),
  ]

  @Test func everyLayerIsReadInItsOrder() throws {
    let graph = try Graph([linear(2), LayerSpec(Chosen("relu")), linear(1)], input: Shape(2))
    let reader = try LayerReader(graph, weights: weights)
    let values = reader.values(SharedArray([1, 1, 0, 1]), rows: 2)
    #expect(values.map(\.layer) == ["0", "1", "2"])
    #expect(values.map(\.kind) == ["linear", "relu", "linear"])
    // By hand: W x + b, its positive part, their sum less one.
    #expect(values[0].numbers == [3.5, -1, 2.5, -4])
    #expect(values[1].numbers == [3.5, 0, 2.5, 0])
    #expect(values[2].numbers == [2.5, 1.5])
  }

  @Test func manyRowsGoThroughInBlocks() throws {
    let graph = try Graph([linear(2), LayerSpec(Chosen("relu")), linear(1)], input: Shape(2))
    // More rows than go through at once, by hand: W x + b, its positive part, their sum less one.
    let features = (0..<40_000).map { Float($0 % 7) }
    let found = try LayerReader(graph, weights: weights).values(SharedArray(features), rows: 20_000)
    let wanted = (0..<20_000).map { row -> [Float] in
      let (x, y) = (features[2 * row], features[2 * row + 1])
      return [x + 2 * y + 0.5, 3 * x - 4 * y]
    }
    #expect(found.map(\.width) == [2, 2, 1])
    #expect(found[0].numbers == wanted.flatMap { $0 })
    #expect(found[1].numbers == wanted.flatMap { $0.map { max($0, 0) } })
    #expect(found[2].numbers == wanted.map { max($0[0], 0) + max($0[1], 0) - 1 })
  }

  @Test func tensorsThatDoNotFitAreAnError() throws {
    let graph = try Graph([linear(3)], input: Shape(2))
    #expect(throws: LabbookError.self) { try LayerReader(graph, weights: weights) }
  }
}
