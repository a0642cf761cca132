import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Ten updates of small networks against PyTorch's numbers; Fixtures/make_updates.py made them.
///
/// In single precision two right programs differ by the order of their sums: about 1e-7 of the
/// greatest term a pass, which ten updates multiply by less than ten for these networks. Weights
/// are compared to 2e-5 absolutely and relatively; a wrong rule shows at 1e-3 and above. Adam
/// divides by the root of its second moment, so a gradient entry near 0 may turn the sign of a
/// whole step; no such entry is in these cases.
@Suite(.everyBody) struct UpdateTests {
  struct Case: Decodable {
    struct Layer: Decodable {
      let name: String
      let settings: [String: Value]
    }
    let name: String
    let layers: [Layer]
    let features: Int
    let rows: Int
    let batch: Int
    let loss: String
    let optimizer: String
    let settings: [String: Value]
    let lr: Double
    let weightDecay: Double
    let l1: Double
    let clipNorm: Double?
    let x: [Float]
    let classes: [Int32]?
    let values: [Float]?
    let initial: [String: [Float]]
    let losses: [Double]
    let norms: [Double]
    let final: [String: [Float]]
    let outputs: [Double]
  }

  enum Value: Decodable {
    case flag(Bool)
    case number(Double)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else {
        self = .number(try container.decode(Double.self))
      }
    }

    func parameter(_ key: String) -> ParameterValue {
      switch self {
      case .flag(let value): .flag(value)
      case .number(let value): key == "outputs" ? .integer(Int(value)) : .number(value)
      }
    }
  }

  static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/updates.json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  @Test func agreeWithPyTorchInSinglePrecision() throws {
    for example in try Self.cases() {
      try check(example, Float.self, tolerance: 2e-5)
    }
  }

  /// The same programs in double precision are nearer to the truth than PyTorch's in single: they
  /// agree with it as well as the program in single does.
  @Test func agreeWithPyTorchInDoublePrecision() throws {
    for example in try Self.cases() {
      try check(example, Double.self, tolerance: 2e-5)
    }
  }

  private func check<Scalar: KernelScalar>(
    _ example: Case, _ scalar: Scalar.Type, tolerance: Double
  ) throws {
    let program = try program(example, scalar)
    var first = 0
    for update in 0..<10 {
      let end = min(first + example.batch, example.rows)
      let result = program.step(first..<end, rate: example.lr)
      let loss = result.lossSum / Double(end - first)
      expectNear(loss, example.losses[update], tolerance, "\(example.name), loss \(update)")
      expectNear(
        result.gradientNorm, example.norms[update], tolerance, "\(example.name), norm \(update)")
      first = end == example.rows ? 0 : end
    }
    for tensor in program.namedTensors {
      let expected = try #require(example.final[tensor.name])
      #expect(expected.count == tensor.values.count)
      for (ours, theirs) in zip(tensor.values, expected) {
        expectNear(Double(ours), Double(theirs), tolerance, "\(example.name), \(tensor.name)")
      }
    }
    let outputs = program.outputs(0..<min(7, example.rows))
    #expect(outputs.count == example.outputs.count)
    for (ours, theirs) in zip(outputs, example.outputs) {
      expectNear(Double(ours), theirs, 4 * tolerance, "\(example.name), outputs")
    }
  }

  private func program<Scalar: KernelScalar>(_ example: Case, _ scalar: Scalar.Type) throws
    -> NetworkProgram<Scalar>
  {
    let layers = example.layers.map { item in
      layer(
        item.name,
        Dictionary(uniqueKeysWithValues: item.settings.map { ($0, $1.parameter($0)) }))
    }
    let graph = try Graph(layers, input: Shape(example.features))
    let settings = Dictionary(
      uniqueKeysWithValues: example.settings.map { ($0, $1.parameter($0)) })
    let plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, example.loss),
      optimizer: chosen(Optimizers.all, example.optimizer, settings),
      weightDecay: example.weightDecay, l1: example.l1, clipNorm: example.clipNorm,
      measuresNorm: true, batchRows: example.batch, seed: 1)
    let program = NetworkProgram<Scalar>(plan)
    try program.initialize(
      from: graph.parameters.map { parameter in
        NamedTensor(
          name: parameter.name, shape: parameter.shape.sizes,
          values: example.initial[parameter.name] ?? [])
      })
    let targets: NetworkData.Targets =
      if let classes = example.classes { .classes(SharedArray(classes)) } else {
        .values(SharedArray(example.values ?? []))
      }
    program.bind(
      NetworkData(features: SharedArray(example.x), targets: targets, rows: example.rows))
    return program
  }
}

/// Expects `a` within `tolerance` of `b`, of its magnitude where that is above 1.
func expectNear(
  _ a: Double, _ b: Double, _ tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let difference = abs(a - b) / max(1, abs(b))
  #expect(difference <= tolerance, "\(what): \(a) and \(b)", sourceLocation: sourceLocation)
}
