/// What the user typed: the merged tree of a file, its bases and `--set`, every node with its place.
public struct ExperimentSpec: Hashable, Sendable {
  /// The file as the user gave it.
  public let file: String
  public let root: SpecNode

  /// Makes a spec of a merged tree.
  public init(file: String, root: SpecNode) {
    self.file = file
    self.root = root
  }
}
