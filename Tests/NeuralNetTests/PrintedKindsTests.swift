import Foundation
import NeuralNet
import Testing
import Tracking

/// That no kind and no setting is missing from the experiments of Tests/Python/torch, whose printed
/// programs are kept and run by PyTorch.
struct PrintedKindsTests {
  private func experiments() throws -> Set<Substring> {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Python/torch")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let texts = try files.filter { $0.pathExtension == "yaml" }.map {
      try String(contentsOf: $0, encoding: .utf8)
    }
    let isOfAWord: (Character) -> Bool = { $0.isLetter || $0.isNumber || "-_".contains($0) }
    return Set(texts.joined(separator: "\n").split { !isOfAWord($0) })
  }

  /// Settings that a file gives by the layer's or loss's short form: {leaky-relu: 0.2}.
  private let short: Set = [
    "outputs", "slope", "alpha", "approximate", "p", "count", "inputs", "layers",
  ]

  @Test func everyKindAndEverySettingIsPrinted() throws {
    let words = try experiments()
    for choices in [Layers.all, Losses.all, Optimizers.all, Schedules.all, Initializers.all] {
      for choice in choices where choice.name != "default" {
        #expect(words.contains(choice.name[...]), "\(choice.name)")
        for setting in choice.settings where !short.contains(setting.name) {
          #expect(words.contains(setting.name[...]), "\(choice.name).\(setting.name)")
        }
      }
    }
    #expect(words.count > 100)
  }
}
