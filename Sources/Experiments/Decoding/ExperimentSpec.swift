public import FileLanguage

/// What the user typed: the merged tree of a file and its bases, every node with its place, and what
/// `--set` lays over it.
public struct ExperimentSpec: Hashable, Sendable {
  /// The file as the user gave it.
  public let file: String
  /// The merged tree.
  public let root: SpecNode
  /// What the command line sets, for every run.
  public let overrides: [SweepSpec.Substitution]

  /// Makes a spec of a merged tree.
  public init(file: String, root: SpecNode, overrides: [SweepSpec.Substitution] = []) {
    self.file = file
    self.root = root
    self.overrides = overrides
  }
}
