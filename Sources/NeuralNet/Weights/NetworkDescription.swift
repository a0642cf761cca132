public import Foundation
public import Tracking

/// A network and its loss as a run keeps them beside its weights: JSON with every setting.
///
/// A setting that came into being after the file was written has its default.
public struct NetworkDescription: Hashable, Sendable {
  /// The layers, sizes resolved.
  public let layers: [LayerSpec]
  /// The loss it was trained by; `nil` where nothing was trained.
  public let loss: Chosen?

  /// Describes a network.
  public init(layers: [LayerSpec], loss: Chosen?) {
    self.layers = layers
    self.loss = loss
  }

  /// The file of a run, keys sorted.
  public var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return try encoder.encode(
        File(layers: layers.map(StoredLayer.init), loss: loss.map(StoredChoice.init)))
    }
  }

  /// Reads the file of a run.
  ///
  /// - Throws: `LabbookError` where it is not one.
  public init(json: Data) throws(LabbookError) {
    do {
      let file = try JSONDecoder().decode(File.self, from: json)
      layers = try file.layers.map { try $0.spec }
      loss = try file.loss?.chosen(among: Losses.all, of: "loss")
    } catch {
      throw .failure("the network that the run keeps cannot be read: \(error)")
    }
  }

  private struct File: Codable {
    let layers: [StoredLayer]
    let loss: StoredChoice?
  }
}

private struct StoredLayer: Codable {
  let kind: StoredChoice
  let name: String?
  let from: [String]?
  let share: String?
  let layers: [StoredLayer]?

  init(_ spec: LayerSpec) {
    kind = StoredChoice(spec.kind)
    name = spec.name
    from = spec.inputs
    share = spec.share
    layers = spec.layers.isEmpty ? nil : spec.layers.map(StoredLayer.init)
  }

  var spec: LayerSpec {
    get throws(LabbookError) {
      LayerSpec(
        try kind.chosen(among: Layers.all, of: "layer"), name: name, inputs: from, share: share,
        layers: try (layers ?? []).map {
          (inner: StoredLayer) throws(LabbookError) -> LayerSpec in try inner.spec
        })
    }
  }
}

private struct StoredChoice: Codable {
  let name: String
  let settings: [String: ParameterValue]

  init(_ chosen: Chosen) {
    name = chosen.name
    settings = chosen.values
  }

  func chosen(among choices: [Choice], of what: String) throws(LabbookError) -> Chosen {
    try Chosen(name, settings).typed(by: choices, of: what)
  }
}
