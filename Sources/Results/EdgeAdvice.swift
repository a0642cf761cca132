public import Experiments
import Foundation
import RunStorage
import Runs
import Search
import Sweeps
import Tracking

extension SweepView {
  /// What to say of a finished sweep whose best value of a numeric axis is its least or greatest: beyond
  /// it may lie better ones.
  ///
  /// Of listed values there must be at least three; of a searched range the best lies within a
  /// twentieth of it from an end.
  public func edgeAdvice(_ spec: SweepSpec) -> [String] {
    guard missing == 0, configurations.count > 2,
      let best = rankedByObjective(.best).first,
      best.group.statistics(of: objective.metric, .best) != nil
    else { return [] }
    return spec.axes.compactMap { axis in
      guard let value = best.value(at: axis.path)?.asNumber else { return nil }
      let side = axis.range.map { Self.side(value, $0) } ?? side(value, axis)
      guard let side else { return nil }
      let seeds = best.members.count == 1 ? "" : " (mean over the seeds)"
      let shown = ParameterValue.number(value).display
      return "\(name): \(axis.written) = \(shown) is best by \(objective.metric)\(seeds) and "
        + "lies at the \(side.isUpper ? "upper" : "lower") edge of what was tried, "
        + "\(Self.text(side.lower)) to \(Self.text(side.upper)); values beyond may be better"
    }
  }

  private struct Side {
    let isUpper: Bool
    let lower: Double
    let upper: Double
  }

  private static func text(_ value: Double) -> String { ParameterValue.number(value).display }

  private static func side(_ value: Double, _ range: SearchedRange) -> Side? {
    guard range.kind != .choice else { return nil }
    let place = range.unit(of: value)
    let isWhole = range.kind == .intUniform
    let isLower = isWhole ? value == range.lower : place < 0.05
    let isUpper = isWhole ? value == range.upper : place > 0.95
    guard isLower || isUpper else { return nil }
    return Side(isUpper: isUpper, lower: range.lower, upper: range.upper)
  }

  private func side(_ value: Double, _ axis: SweepSpec.Axis) -> Side? {
    let found = configurations.map { $0.value(at: axis.path) }
    let values = Set(found.compactMap { $0?.asNumber })
    guard values.count > 2, found.allSatisfy({ $0 == nil || $0?.asNumber != nil }),
      let lower = values.min(), let upper = values.max(), value == lower || value == upper
    else { return nil }
    return Side(isUpper: value == upper, lower: lower, upper: upper)
  }
}
