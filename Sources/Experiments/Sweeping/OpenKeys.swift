public import FileLanguage
import Languages
public import Runs

/// The keys of a file that a hand-in may set: what `open` names, and what lies below.
public struct OpenKeys: Hashable, Sendable {
  /// One of them.
  public struct Key: Hashable, Sendable {
    /// Where it leads.
    public let path: SettingPath
    /// The path as the file writes it.
    public let written: String
    /// Its place in the file.
    public let mark: Mark
  }

  /// The keys in the order of the file.
  public let keys: [Key]

  /// Makes the open keys of a file.
  public init(_ keys: [Key] = []) { self.keys = keys }

  /// Whether a path is open: one of the keys, or below one.
  public func covers(_ path: SettingPath) -> Bool { keys.contains { $0.path.contains(path) } }

  /// The keys as a message lists them.
  public var words: String {
    keys.isEmpty ? "nothing" : keys.map(\.written).joined(separator: ", ")
  }
}

extension SettingPath {
  /// Whether another path is this one or lies below it; a model's own keys lie below those of every model.
  func contains(_ other: SettingPath) -> Bool {
    switch (self, other) {
    case (.absolute(let outer), .absolute(let inner)): inner.starts(with: outer)
    case (.ownModel(let outer), .ownModel(let inner)): inner.starts(with: outer)
    case (.ownModel(let outer), .absolute(let inner)):
      inner.first == "models" && inner.dropFirst(2).starts(with: outer)
    case (.absolute, .ownModel): false
    }
  }

  /// Whether both set some value in common.
  func meets(_ other: SettingPath) -> Bool {
    if contains(other) || other.contains(self) { return true }
    guard case .absolute(let parts) = self, case .ownModel(let inner) = other else {
      if case .ownModel = self, case .absolute = other { return other.meets(self) }
      return false
    }
    // A whole model that is set is what lies below it, too.
    return parts == ["train", "model"] || parts.first == "models" && parts.count == 2
      || parts.first == "models" && Array(parts.dropFirst(2)).starts(with: inner)
  }
}
