import Foundation
import NeuralNet
import Testing
import Tracking

/// Files of ONNX, node by node.
///
/// That the kept ones are right is for onnxruntime to say, in `ONNXWitnessTests`. `LABBOOK_RENEW_FIXTURES=1` writes them anew; then read what changed, and run the witness.
struct ONNXModelTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/onnx")

  @Test func everyKindOfLayerIsCovered() {
    func kinds(_ layers: [LayerSpec]) -> [String] {
      layers.flatMap { [$0.kind.name] + kinds($0.layers) }
    }
    #expect(
      Set(ONNXSample.networks.flatMap { kinds($0.layers) }) == Set(Layers.all.map(\.name)))
    #expect(
      Set(ONNXSample.readings.compactMap { $0.loss?.name }).union(["l1", "huber"])
        == Set(Losses.all.map(\.name)))
  }

  @Test(arguments: ONNXSample.all) func aFileIsTheOneThatIsKept(_ sample: ONNXSample) throws {
    let text = try #require(ONNXText(try sample.model().data)).lines.joined(separator: "\n") + "\n"
    let file = Self.fixtures.appending(path: sample.name + ".txt")
    if ProcessInfo.processInfo.environment["LABBOOK_RENEW_FIXTURES"] == "1" {
      try FileManager.default.createDirectory(at: Self.fixtures, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let first = zip(text.split(separator: "\n"), kept.split(separator: "\n")).first { $0 != $1 }
    #expect(text == kept, "written: \(first?.0 ?? ""), kept: \(first?.1 ?? "")")
  }

  @Test(arguments: ONNXSample.networks) func everyWeightIsInTheFile(_ sample: ONNXSample) throws {
    let file = try #require(ProtobufReader(try sample.model().data))
    let body = try #require(file.messages(7).first)
    let tensors = body.messages(5)
    for weight in try sample.weights() {
      let tensor = try #require(tensors.first { $0.texts(8) == [weight.name] })
      #expect(tensor.numbers(1) == weight.shape && tensor.numbers(2) == [1])
      #expect(tensor.bytes(9) == [weight.values.withUnsafeBytes { Data($0) }])
    }
    // Every value is made before it is read.
    var known = Set(["input"] + tensors.flatMap { $0.texts(8) })
    for node in body.messages(1) {
      #expect(known.isSuperset(of: node.texts(1)), "\(node.texts(4))")
      for output in node.texts(2) { #expect(known.insert(output).inserted) }
    }
  }

  @Test func weightsOfAnotherNetworkAreRefused() throws {
    let sample = ONNXSample.readings[0]
    let network = NetworkDescription(layers: sample.layers, loss: nil)
    let error = #expect(throws: LabbookError.self) {
      try ONNXModel(network, input: sample.input, weights: [], map: sample.map, classes: nil)
    }
    #expect(error?.message.contains("0.weight") == true)
  }
}
