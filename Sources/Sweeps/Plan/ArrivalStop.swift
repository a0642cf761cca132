public import Runs
import Search
public import Tracking

/// A rule that decides when a run arrives at a rung, by the runs that got there before: which go on depends
/// on which came first.
public struct ArrivalStop: Sendable {
  private let rule: any StopRule
  /// In what rungs are counted.
  public let measure: RunMeasure

  init(_ rule: any StopRule, _ measure: RunMeasure) {
    self.rule = rule
    self.measure = measure
  }

  /// The place of a rung, from 0.
  public func rung(_ number: Int) -> Int { rule.rung(number) }

  /// The last rung that a run has got to which is at a place; `nil` before the first.
  public func lastRung(at place: Int) -> Int? {
    guard place >= rung(0) else { return nil }
    var number = 0
    while rung(number + 1) <= place { number += 1 }
    return rung(number)
  }

  /// Whether a configuration goes on that has got to a rung.
  ///
  /// - Parameters:
  ///   - own: its place among them.
  ///   - configurations: the results of each one's runs, as far as they are known.
  public func goesOn(
    _ own: Int, at rung: Int, among configurations: [[RunResult]], _ direction: Direction
  ) -> Bool {
    let scores = configurations.map { runs -> Double in
      let values = runs.filter { $0.hasReached(rung, measure) }
        .map { $0.value(upTo: rung, direction, measure) }
      let known = values.compactMap { $0 }
      guard known.count == values.count, !known.isEmpty else { return .infinity }
      let mean = known.reduce(0, +) / Double(known.count)
      return mean.isNaN ? .infinity : direction == .maximize ? -mean : mean
    }
    return rule.goOn(own..<own + 1, of: scores)[0]
  }
}
