import Foundation
import NeuralNet
import Testing
import Tracking

/// Files of ONNX that take the raw columns of a table, node by node; that they say what is right is for
/// onnxruntime, in the tests of `export model --raw`.
struct ONNXTableTests {
  private static let missing = ["", "NA"]

  private static let columns = [
    ONNXTable.Column("weight", .numbers, fill: [1.5], hasIndicator: true),
    ONNXTable.Column("count", .numbers),
    ONNXTable.Column(
      "new", .words([ONNXTable.Word("false", 0), ONNXTable.Word("true", 1)], missing: missing),
      fill: [1], hasIndicator: true),
    ONNXTable.Column(
      "color",
      .places([ONNXTable.Word("blue", 0), ONNXTable.Word("red", 1)], count: 2, missing: missing)),
    ONNXTable.Column(
      "zone",
      .places([ONNXTable.Word("a", 0), ONNXTable.Word("b", 1)], count: 2, missing: missing),
      fill: [1], hasIndicator: true),
    ONNXTable.Column("day", .parts(["day_year", "day_month"]), fill: [2015, 6]),
  ]
  private static let width = 12

  private func text(
    outputs: Int, _ loss: String, classes: [String]?, target: ONNXTable.Target?
  ) throws -> String {
    let map = ONNXModel.InputMap(
      factors: (1...Self.width).map(Double.init), addends: (1...Self.width).map { -Double($0) })
    let weights = [
      NamedTensor(
        name: "0.weight", shape: [outputs, Self.width],
        values: [Float](repeating: 0.5, count: outputs * Self.width)),
      NamedTensor(name: "0.bias", shape: [outputs], values: [Float](repeating: 0, count: outputs)),
    ]
    let model = try ONNXModel(
      NetworkDescription(layers: [linear(outputs)], loss: chosen(Losses.all, loss)),
      input: Shape(Self.width), weights: weights, map: map, classes: classes,
      table: ONNXTable(columns: Self.columns, target: target))
    return try #require(ONNXText(model.data)).lines.joined(separator: "\n") + "\n"
  }

  @Test func filesAreThoseThatAreKept() throws {
    try expectKept(
      "table of classes",
      text(outputs: 3, "cross-entropy", classes: ["x", "y", "z"], target: nil))
    try expectKept(
      "table of two classes",
      text(outputs: 1, "bce-with-logits", classes: ["no", "yes"], target: nil))
    try expectKept(
      "table of values",
      text(
        outputs: 2, "mse", classes: nil,
        target: ONNXTable.Target(factors: [2, 3], addends: [10, -10])))
    try expectKept(
      "table of logarithms",
      text(outputs: 1, "mse", classes: nil, target: ONNXTable.Target(isLogarithm: true)))
  }

  private func expectKept(_ name: String, _ text: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/onnx/\(name).txt")
    if ProcessInfo.processInfo.environment["LABBOOK_RENEW_FIXTURES"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8), "\(name)")
  }
}
