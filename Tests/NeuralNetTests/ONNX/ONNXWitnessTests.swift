import Foundation
import NeuralNet
import TensorKernels
import TestSupport
import Testing
import Tracking

/// onnx checks every file and onnxruntime runs it; all in one Python.
struct ONNXWitnessTests {
  /// What the program is told of a model.
  private struct Sample: Encodable {
    let name: String
    let shape: [Int]
    /// How probabilities come from outputs; `nil` where there are none.
    let reading: String?
  }

  private static let program =
    URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Python/run_onnx.py"

  private static func floats(_ numbers: [Float]) -> Data { numbers.withUnsafeBytes { Data($0) } }

  /// Writes the file, rows of N(0, 1) in the source's units, and what Labbook makes of them.
  private func write(_ sample: ONNXSample, to folder: URL) throws -> Sample {
    func file(_ end: String) -> URL { folder.appending(path: sample.name + end) }
    try sample.model().data.write(to: file(".onnx"))
    let (rows, map) = (17, sample.map)
    let random = CounterRandom(seed: 3, purpose: .data)
    let numbers = (0..<rows * sample.input.count).map { Float(random.normal(0, $0)) }
    try Self.floats(numbers).write(to: file(".input"))
    let perGroup = sample.input.count / map.factors.count
    let mapped = numbers.enumerated().map { place, value in
      let group = place % sample.input.count / perGroup
      return Float(Double(value) * map.factors[group] + map.addends[group])
    }
    let predictor = try Predictor(sample.layers, input: sample.input, weights: try sample.weights())
    try Self.floats(predictor.outputs(mapped)).write(to: file(".outputs"))
    return Sample(name: sample.name, shape: sample.input.sizes, reading: reading(sample))
  }

  private func reading(_ sample: ONNXSample) -> String? {
    guard sample.classes != nil, let loss = sample.loss?.name, loss != "mse" else { return nil }
    let isSingle = sample.classes?.count == 2
    return isSingle ? "\(loss) of one" : loss
  }

  @Test(.enabled(if: WitnessPython.has("onnx, onnxruntime"), "\(WitnessPython.need)"))
  func onnxruntimeAgrees() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labbook-onnx-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let samples = try ONNXSample.all.map { try write($0, to: folder) }
    try JSONEncoder().encode(samples).write(to: folder.appending(path: "samples.json"))
    let result = try WitnessPython.call([Self.program, folder.path])
    try #require(result.status == 0, "\(result.errors)")
    let data = try Data(contentsOf: folder.appending(path: "results.json"))
    let errors = try JSONDecoder().decode([String: Double].self, from: data)
    #expect(errors.keys.sorted() == samples.map(\.name).sorted())
    // Both compute in single precision, whose rounding is 6e-8, in another order, through up to
    // thirteen layers.
    for (name, error) in errors { #expect(error < 1e-5, "\(name)") }
  }
}
