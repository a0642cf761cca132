import Foundation
import Tracking

/// A range of an axis from which a search proposes values: `{log_uniform: [1e-4, 1e-1]}`.
///
/// A value is a number, or for `choice` the place in the list, from 0.
public struct SearchedRange: Hashable, Sendable {
  /// How values are spread over the range.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The logarithm is uniform; both ends are above 0.
    case logUniform = "log_uniform"
    /// The value is uniform.
    case uniform
    /// Whole numbers, each as likely as the others, the ends among them.
    case intUniform = "int_uniform"
    /// One of a list, in no order.
    case choice
  }

  /// How values are spread.
  public let kind: Kind
  /// The least value; 0 for a choice.
  public let lower: Double
  /// The greatest value; for a choice the last place.
  public let upper: Double

  /// Makes a range of numbers, with `lower` below `upper`.
  public init(_ kind: Kind, from lower: Double, to upper: Double) {
    precondition(kind != .choice && lower < upper)
    self.kind = kind
    self.lower = lower
    self.upper = upper
  }

  /// Makes a choice among so many values, at least one.
  public init(choices count: Int) {
    precondition(count > 0)
    kind = .choice
    lower = 0
    upper = Double(count - 1)
  }

  /// The value at a place of the unit interval [0, 1); numbers are rounded to 6 significant digits
  /// within the ends.
  public func value(at unit: Double) -> Double {
    switch kind {
    case .uniform: rounded(lower * (1 - unit) + upper * unit)
    case .logUniform:
      rounded(
        Foundation.exp(Foundation.log(lower) * (1 - unit) + Foundation.log(upper) * unit))
    case .intUniform, .choice: min(upper, lower + (unit * (upper - lower + 1)).rounded(.down))
    }
  }

  /// The place of a value in the unit interval: the middle of its part for whole numbers and choices.
  public func unit(of value: Double) -> Double {
    switch kind {
    case .uniform: (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .logUniform:
      (Foundation.log(value) - Foundation.log(lower))
        / (Foundation.log(upper) - Foundation.log(lower))
    case .intUniform, .choice: (value - lower + 0.5) / (upper - lower + 1)
    }
  }

  /// How many values a choice has; 0 for numbers.
  public var choiceCount: Int { kind == .choice ? Int(upper) + 1 : 0 }

  /// The values that stand for all others when a file is checked: the ends, or every choice.
  package var probes: [Double] {
    kind == .choice ? (0..<choiceCount).map(Double.init) : [lower, upper]
  }

  private func rounded(_ value: Double) -> Double {
    min(upper, max(lower, Double(String(format: "%.5e", value)) ?? value))
  }
}

extension SearchedRange {
  /// Proposals that stand for all others: every choice with every other, where they are few, with all
  /// numbers at their lower, then at their upper end.
  package static func probes(of ranges: [SearchedRange]) -> [[Double]] {
    let numbers = ranges.filter { $0.kind != .choice }
    let ends = numbers.isEmpty ? [0] : [0, 1]
    let choices = ranges.indices.filter { ranges[$0].kind == .choice }
    let count = choices.reduce(1) { $0.multipliedSaturating(by: ranges[$1].choiceCount) }
    let places = count <= 256 ? product(choices, ranges) : oneByOne(choices, ranges)
    return places.flatMap { places in
      ends.map { end in
        ranges.indices.map { index in
          ranges[index].kind == .choice ? places[index] : ranges[index].probes[end]
        }
      }
    }
  }

  private static func product(_ choices: [Int], _ ranges: [SearchedRange]) -> [[Double]] {
    choices.reduce([ranges.map { _ in 0.0 }]) { partial, index in
      partial.flatMap { places in
        ranges[index].probes.map { value in
          var copy = places
          copy[index] = value
          return copy
        }
      }
    }
  }

  private static func oneByOne(_ choices: [Int], _ ranges: [SearchedRange]) -> [[Double]] {
    choices.flatMap { index in
      ranges[index].probes.map { value in
        ranges.indices.map { $0 == index ? value : 0 }
      }
    }
  }
}
