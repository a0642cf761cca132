public import FileLanguage
package import Search
public import Tracking

extension SweepSpec {
  /// A rule with its settings, and where it was written.
  public struct Stop: Hashable, Sendable {
    /// The name and the settings.
    public let chosen: Chosen
    /// The place of the rule.
    public let mark: Mark

    /// Makes a rule of checked settings.
    public init(_ chosen: Chosen, mark: Mark) {
      self.chosen = chosen
      self.mark = mark
    }

    /// Whether it decides when a run arrives, without rounds.
    public var isAsynchronous: Bool { chosen.values["asynchronous"] == .flag(true) }

    /// Whether its rungs are steps that a program tells.
    public var countsSteps: Bool {
      if case .integer? = chosen.values["min_steps"] { true } else { false }
    }

    /// The implementation of a rule that a file names.
    package var implementation: (any StopRule)? {
      StopRules.rule(chosen)
    }
  }

  /// What takes the best configurations of another sweep.
  public struct From: Hashable, Sendable {
    /// How many.
    public let best: Int
    /// The other sweep's name.
    public let sweep: String
    /// The place of that name.
    public let mark: Mark

    /// Makes it of its parts.
    public init(best: Int, of sweep: String, mark: Mark) {
      self.best = best
      self.sweep = sweep
      self.mark = mark
    }
  }
}
