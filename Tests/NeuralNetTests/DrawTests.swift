import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What is drawn by key and counter, against Fixtures/make_draws.py, which computes it anew.
///
/// Keys, words and orders are exact; a normal draw differs by the last place of a logarithm and a
/// cosine, a weight by the rounding to single precision.
@Suite struct DrawTests {
  struct Fixture: Decodable {
    let draws: [Draws]
    let weights: [Weights]
  }

  struct Draws: Decodable {
    let seed: Int
    let purpose: UInt32
    let stream: Int
    let key: [UInt32]
    let places: [[Int]]
    let words: [[UInt32]]
    let uniform: [Double]
    let normal: [Double]
    let below: [Int]
    let permutation: [Int32]
  }

  struct Weights: Decodable {
    let kind: String
    let tensors: [[Double]]
  }

  static func fixture() throws -> Fixture {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/draws.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  @Test(.everyBody) func keysWordsAndOrdersAreThoseOfTheDefinition() throws {
    for example in try Self.fixture().draws {
      let purpose = try #require(CounterRandom.Purpose(rawValue: example.purpose))
      let random = CounterRandom(seed: example.seed, purpose: purpose, stream: example.stream)
      #expect([random.key.0, random.key.1] == example.key)
      for (index, place) in example.places.enumerated() {
        let (major, minor) = (place[0], place[1])
        let words = random.words(major, minor)
        #expect((0..<4).map { words[$0] } == example.words[index])
        #expect(random.uniform(major, minor) == example.uniform[index])
        #expect(abs(random.normal(major, minor) - example.normal[index]) < 1e-14)
        #expect(random.integer(below: 1000, major, minor) == example.below[index])
      }
      #expect(random.permutation(of: 20, 3) == example.permutation)
    }
  }

  @Test func everyPurposeHasItsNumber() throws {
    // Whoever changes one of these counts the version up: it is in every run's key.
    #expect(NumericsVersion.current == 2)
    let drawn = try Self.fixture().draws.map(\.purpose)
    #expect(Set(drawn) == Set(1...10))
    let named: [CounterRandom.Purpose] = [
      .data, .labelNoise, .split, .take, .initialization, .shuffle, .dropout, .search, .bootstrap,
      .augmentation,
    ]
    #expect(named.map(\.rawValue) == Array(1...10))
  }

  @Test func theOrderOfAnEpochIsItsDraw() throws {
    let example = try #require(try Self.fixture().draws.first { $0.purpose == 6 })
    let order = RowOrder(count: 20)
    #expect((0..<20).map { order[$0] } == Array(0..<20))
    for _ in 0..<2 {  // whatever order was before
      order.shuffle(seed: example.seed, draw: 3)
      #expect((0..<20).map { Int32(order[$0]) } == example.permutation)
    }
    order.reset()
    #expect((0..<20).map { order[$0] } == Array(0..<20))
    #expect(order.count == 20)
  }

  /// Every tensor is drawn by its own number, in PyTorch's order, whichever way it lies in memory.
  @Test func firstWeightsAreThoseOfTheDefinition() throws {
    let graph = try Graph([linear(2), layer("relu"), linear(4)], input: Shape(3))
    for example in try Self.fixture().weights {
      let program = NetworkProgram<Float>(
        NetworkPlan(graph: graph, loss: nil, optimizer: nil, batchRows: 1, seed: 5))
      program.initialize(chosen(Initializers.all, example.kind), seed: 11)
      let tensors = program.namedTensors
      #expect(tensors.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
      for (tensor, wanted) in zip(tensors, example.tensors) {
        #expect(tensor.values.count == wanted.count)
        for (a, b) in zip(tensor.values, wanted) {
          expectNear(Double(a), b, 1e-7, "\(example.kind), \(tensor.name)")
        }
      }
    }
  }
}
