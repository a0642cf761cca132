import Tracking

extension DataConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case source, settings, split, fold, lossTask = "loss_task"
  }

  /// Reads what `encode` wrote; a setting that is newer than what was written has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let settings = Chosen(
      "data", try container.decode([String: ParameterValue].self, forKey: .settings))
    let split = Chosen("split", try container.decode([String: ParameterValue].self, forKey: .split))
    try self.init(
      source: container.decode(Chosen.self, forKey: .source).typed(by: Sources.all, of: "source"),
      common: settings.typed(
        by: [Choice("data", settings: Self.commonSettings, "")], of: "section"
      ).values,
      split: split.typed(
        by: [Choice("split", settings: Self.splitSettings, "")], of: "section"
      ).values,
      lossTask: container.decodeIfPresent(String.self, forKey: .lossTask).flatMap(Task.init))
    fold = try container.decodeIfPresent(Int.self, forKey: .fold)
  }

  /// Writes the source, every setting that all sources have, and the split.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(commonValues, forKey: .settings)
    try container.encode(splitValues, forKey: .split)
    try container.encodeIfPresent(fold, forKey: .fold)
    try container.encodeIfPresent(lossTask?.rawValue, forKey: .lossTask)
  }
}
