public import Tracking

/// When configurations of a sweep are not trained further.
///
/// Configurations are compared at rungs, which are numbers of epochs, when all of a round have
/// reached one: with those of their round and of the rounds before. What a rule says follows from the
/// values up to the rung alone, so it is the same whatever runs beside the sweep.
package protocol StopRule: Sendable {
  /// Its name and settings, as the file writes them.
  static var choice: Choice { get }

  /// Makes the rule of checked settings.
  init(_ chosen: Chosen)

  /// The first rung, in epochs.
  var minEpochs: Int { get }

  /// Each rung is so many times as far as the one before.
  var reduction: Int { get }

  /// Whether each of some configurations goes on.
  ///
  /// - Parameters:
  ///   - members: the places of those of the present round.
  ///   - scores: of all that have reached the rung, in their order, smaller is better; infinity where
  ///     a run diverged or failed.
  func goOn(_ members: Range<Int>, of scores: [Double]) -> [Bool]
}

extension StopRule {
  /// The settings of every rule.
  static func settings(reduction: Int) -> [Setting] {
    [
      Setting(
        "min_epochs", .integer(1...TrainKeys.longest), default: .integer(1),
        "epochs before configurations are first compared"),
      Setting(
        "reduction", .integer(2...1000), default: .integer(reduction),
        "each comparison comes after so many times as many epochs"),
    ]
  }

  /// The rung of a number, from 0, in epochs; `Int.max` where it is further than can be counted.
  package func rung(_ number: Int) -> Int {
    (0..<number).reduce(minEpochs) { epochs, _ in epochs.multipliedSaturating(by: reduction) }
  }
}

/// The rules by their names.
enum StopRules {
  static let all: [any StopRule.Type] = [AshaRule.self, MedianRule.self]
}

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

    /// The implementation of a rule that a file names.
    package var implementation: (any StopRule)? {
      StopRules.all.first { $0.choice.name == chosen.name }?.init(chosen)
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
