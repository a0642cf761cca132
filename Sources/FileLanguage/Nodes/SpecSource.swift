/// A text that nodes come from: a file, or one `--set` of the command line.
public final class SpecSource: Sendable {
  /// What begins an error: the path as the user gave it, or `--set train.lr=fast`.
  public let name: String
  /// The folder that paths within it are relative to; empty for the current folder.
  public let folder: String
  /// Where the text comes from.
  public let kind: Kind
  /// The characters before the text proper: of an argument the path and its '='.
  package let offset: Int
  package let lines: [String]

  /// Where a text comes from.
  public enum Kind: Hashable, Sendable {
    case file
    /// An argument of the command line.
    case argument
  }

  /// Makes a source of its text.
  public init(
    name: String, folder: String, kind: Kind = .file, offset: Int = 0, text: String
  ) {
    self.name = name
    self.folder = folder
    self.kind = kind
    self.offset = offset
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
  }

  /// A line by its number from 1; empty where there is none.
  public func line(_ number: Int) -> String {
    lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }

  /// A path written in this source, relative to the current folder.
  public func resolve(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
  }
}

extension SpecSource: Hashable {
  /// Whether both are the same source, read once.
  public static func == (a: SpecSource, b: SpecSource) -> Bool { a === b }
  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
