package import Tracking

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

  /// The first rung, in steps that a program tells; `nil` where rungs are epochs.
  var minSteps: Int? { get }

  /// Whether it decides when a run arrives at a rung, by those that were there before.
  var isAsynchronous: Bool { get }

  /// Each rung is so many times as far as the one before.
  var reduction: Int { get }

  /// Whether each of the configurations that have got to a rung goes on.
  ///
  /// - Parameter scores: theirs, in their order; finite, smaller is better.
  func goOn(_ scores: [Double]) -> [Bool]
}

extension StopRule {
  /// Whether each of some configurations goes on, decided among those that have got to the rung: one
  /// with a run that diverged or failed before it neither goes on nor counts.
  ///
  /// - Parameters:
  ///   - members: the places of those of the present round.
  ///   - scores: of this and of earlier rounds, in their order, smaller is better; infinity where a run
  ///     diverged or failed.
  package func goOn(_ members: Range<Int>, of scores: [Double]) -> [Bool] {
    let there = scores.indices.filter { scores[$0].isFinite }
    let kept = Set(zip(there, goOn(there.map { scores[$0] })).filter(\.1).map(\.0))
    return members.map(kept.contains)
  }

  /// The most epochs before the first comparison.
  private static var mostEpochs: Int { 1_000_000_000 }

  /// The settings of every rule.
  package static func settings(reduction: Int) -> [Setting] {
    [
      Setting(
        "min_epochs", .integer(1...mostEpochs), default: .integer(1),
        "epochs before configurations are first compared"),
      Setting(
        "min_steps", .orOff(.integer(1...mostEpochs)), default: .off,
        "steps of a program before configurations are first compared, instead of epochs"),
      Setting(
        "asynchronous", .flag, default: .flag(false),
        "decides when a run arrives, without resuming programs; not the same at every --jobs"),
      Setting(
        "reduction", .integer(2...1000), default: .integer(reduction),
        "each comparison comes after so many times as many epochs"),
    ]
  }

  /// The rung of a number, from 0, in epochs or steps; `Int.max` where it is further than can be counted.
  package func rung(_ number: Int) -> Int {
    (0..<number).reduce(minSteps ?? minEpochs) { epochs, _ in
      epochs.multipliedSaturating(by: reduction)
    }
  }
}
