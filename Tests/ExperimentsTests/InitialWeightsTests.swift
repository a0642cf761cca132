import Experiments
import FileLanguage
import Foundation
import NeuralNet
import Testing

/// A file of initial weights has exactly the network's parameters.
struct InitialWeightsTests {
  private func complaints(_ tensors: [NamedTensor]) throws -> [String] {
    try withFiles([:]) { folder in
      let path = folder + "/start.safetensors"
      try Safetensors.encode(tensors).write(to: URL(fileURLWithPath: path))
      let text = """
        data: {source: spiral}
        model: [{linear: 4}, relu, {linear: classes}]
        train: {init: {name: file, path: \(path)}}
        """
      return ExperimentsTests.complaints(text).map { $0.replacing(folder + "/", with: "") }
    }
  }

  private func tensor(_ name: String, _ shape: [Int]) -> NamedTensor {
    NamedTensor(
      name: name, shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
  }

  @Test func thoseThatFitAreRight() throws {
    #expect(
      try complaints([
        tensor("0.weight", [4, 2]), tensor("0.bias", [4]), tensor("2.weight", [3, 4]),
        tensor("2.bias", [3]),
      ]) == [])
  }

  @Test func anotherShapeIsAnErrorAtThePath() throws {
    #expect(
      try complaints([
        tensor("0.weight", [5, 2]), tensor("0.bias", [4]), tensor("2.weight", [3, 4]),
        tensor("2.bias", [3]),
      ]) == ["test.yaml:3:34: the weights of 'start.safetensors' do not fit the model"])
  }

  @Test func numbersThatAreNotFiniteAreAnError() throws {
    func weights(_ value: Float) -> [NamedTensor] {
      [
        tensor("0.weight", [4, 2]),
        NamedTensor(name: "0.bias", shape: [4], values: [0, 0, value, 0]),
        tensor("2.weight", [3, 4]), tensor("2.bias", [3]),
      ]
    }
    #expect(try complaints(weights(1e38)) == [])
    for (value, word) in [(Float.nan, "nan"), (-.infinity, "-inf")] {
      #expect(
        try complaints(weights(value)) == [
          "test.yaml:3:34: the weights of 'start.safetensors' are not finite: number 3 of '0.bias' "
            + "is \(word)"
        ])
    }
  }

  /// What was read to check a file is not read again to plan it.
  @Test func aCombinationIsReadOnce() throws {
    try withFiles([:]) { folder in
      let path = folder + "/start.safetensors"
      let tensors = [tensor("0.weight", [3, 2]), tensor("0.bias", [3])]
      try Safetensors.encode(tensors).write(to: URL(fileURLWithPath: path))
      let experiment = try read(
        """
        data: {source: spiral}
        model: [{linear: classes}]
        train: {init: {name: file, path: \(path)}}
        over: {lr: [0.1, 0.2]}
        where: lr > 0.1
        """)
      try FileManager.default.removeItem(atPath: path)
      let sweep = try #require(experiment.sweeps.first)
      let condition = try Formula("lr > 0.1")
      let reader = experiment.reader()
      let again = try Combinations(sweep).map {
        try reader.configuration(for: $0, where: condition).get()
      }
      #expect(again == [nil] + experiment.members(of: sweep).map(\.configuration))
      // Under another condition nothing is known, and the file is missed.
      let first = try #require(Combinations(sweep).first { _ in true })
      #expect(throws: Diagnostics.self) { try reader.configuration(for: first).get() }
    }
  }
}
