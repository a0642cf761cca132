import Tracking

/// Edits of the files of programs of which the user has said that they change no number.
public struct AcceptedEdits: Hashable, Sendable {
  /// One edit of one file.
  public struct Edit: Hashable, Sendable {
    /// The file, as it stands in keys.
    public let path: String
    /// SHA-256 of what it holds since.
    public let contents: String
    /// SHA-256 of what it stands for in keys.
    public let countsAs: String

    /// Makes an edit.
    public init(path: String, contents: String, countsAs: String) {
      (self.path, self.contents, self.countsAs) = (path, contents, countsAs)
    }
  }

  private struct Place: Hashable {
    let path: String
    let contents: String
  }

  private var known: [Place: String] = [:]

  /// Makes a list of edits.
  public init(_ edits: [Edit] = []) {
    for edit in edits {
      known[Place(path: edit.path, contents: edit.contents)] = edit.countsAs
    }
  }

  /// What contents of a file stand for in keys; `nil` where they stand for themselves.
  public func meaning(of contents: String, at path: String) -> String? {
    known[Place(path: path, contents: contents)]
  }

  /// What stands for other contents among those of a run; `nil` where nothing does.
  public func meanings(of contents: [String: String]) -> [String: String]? {
    let found = contents.reduce(into: [String: String]()) { found, file in
      found[file.key] = meaning(of: file.value, at: file.key)
    }
    return found.isEmpty ? nil : found
  }
}
