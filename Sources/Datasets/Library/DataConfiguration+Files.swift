import Tracking

extension DataConfiguration {
  /// The files and folders that it reads, ready to be opened; none of a generator.
  public var files: [String] {
    guard let known = try? Sources.named(source.name) else { return [] }
    return known.choice.settings.compactMap { setting in
      guard setting.kind == .path || setting.kind == .orOff(.path),
        case .text(let path) = source.values[setting.name], !path.isEmpty
      else { return nil }
      return path
    }
  }
}
