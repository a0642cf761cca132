import Foundation
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// What Fixtures/make_parity.py writes.
struct ParityFixture: Decodable {
  let cases: [Case]
  let schedules: [Rates]

  struct Case: Decodable {
    let name: String
    let layers: [Layer]
    let shape: [Int]
    let rows: Int
    let batch: Int
    let loss: String
    let lossSettings: [String: Value]
    let optimizer: String
    let settings: [String: Value]
    let lr: Double
    let weightDecay: Double
    let x: [Float]
    let classes: [Int32]?
    let values: [Float]?
    let schedule: [String: Value]?
    let initial: [String: [Float]]
    let losses: [Double]
    let evaluation: Double
    let final: [String: [Double]]
    let outputs: [Double]
  }

  struct Rates: Decodable {
    let name: String
    let rate: Double
    let settings: [String: Value]
    let rates: [Double]
    let momenta: [Double]
    let metrics: [Double]?
  }

  struct Layer: Decodable {
    let kind: String
    let settings: [String: Value]
    let name: String?
    let from: [String]?
    let share: String?
    let layers: [Layer]?

    var spec: LayerSpec {
      LayerSpec(
        layers == nil ? chosen(Layers.all, kind, settings.parameters) : Chosen(kind), name: name,
        inputs: from, share: share, layers: (layers ?? []).map(\.spec))
    }
  }

  enum Value: Decodable {
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let value = try? container.decode(Int.self) {
        self = .integer(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list(try container.decode([Value].self))
      }
    }

    var parameter: ParameterValue {
      switch self {
      case .flag(let value): .flag(value)
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      case .text(let value): .text(value)
      case .list(let values): .list(values.map(\.parameter))
      }
    }
  }

  static func load() throws -> ParityFixture {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/parity.json")
    return try JSONDecoder().decode(ParityFixture.self, from: Data(contentsOf: file))
  }
}

extension [String: ParityFixture.Value] {
  var parameters: [String: ParameterValue] { mapValues(\.parameter) }
}
