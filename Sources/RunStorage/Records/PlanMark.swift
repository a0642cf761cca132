import Tracking

/// What a command that trains says of the plan whose runs it registers.
public struct PlanMark: Hashable, Sendable {
  /// For each sweep the hash of its plan, by the sweep's name.
  public let hashes: [String: String]
  /// Whether these plans become the latest ones of their sweeps; not where the command line changed
  /// what the file says.
  public let supersedes: Bool
  /// Whether the experiment has no other sweeps, so that what it had besides is former whole.
  public let isWhole: Bool

  /// Makes a mark.
  public init(hashes: [String: String], supersedes: Bool = true, isWhole: Bool = true) {
    self.hashes = hashes
    self.supersedes = supersedes
    self.isWhole = isWhole
  }
}
