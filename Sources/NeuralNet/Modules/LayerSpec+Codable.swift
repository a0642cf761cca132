import Tracking

extension LayerSpec: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, name, inputs = "from", share, layers
  }

  /// Reads what `encode` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      container.decode(Chosen.self, forKey: .kind).typed(by: Layers.all, of: "layer"),
      name: container.decodeIfPresent(String.self, forKey: .name),
      inputs: container.decodeIfPresent([String].self, forKey: .inputs),
      share: container.decodeIfPresent(String.self, forKey: .share),
      layers: container.decodeIfPresent([LayerSpec].self, forKey: .layers) ?? [])
  }

  /// Writes the kind with its settings, and what of the wiring is not the usual one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encodeIfPresent(name, forKey: .name)
    try container.encodeIfPresent(inputs, forKey: .inputs)
    try container.encodeIfPresent(share, forKey: .share)
    if !layers.isEmpty { try container.encode(layers, forKey: .layers) }
  }
}
