import Search
import Tracking

/// One combination of a sweep: what is written over the file, in order.
public struct Combination: Hashable, Sendable {
  /// The variant's name; `nil` where the sweep has no variants.
  public let variant: String?
  /// What `with`, the variant and `over` write, in this order.
  public let substitutions: [SweepSpec.Substitution]

  /// Makes a combination.
  public init(variant: String? = nil, substitutions: [SweepSpec.Substitution]) {
    self.variant = variant
    self.substitutions = substitutions
  }
}

/// The combinations of one sweep, each made of the places of its listed values and a proposal for what
/// is searched.
package struct CombinationMaker {
  /// How many combinations of listed values there are; `Int.max` for more than can be counted.
  package let listed: Int
  private let sweep: SweepSpec
  private let lengths: [Int]
  /// The listed values of each axis, made once; those of a searched one are made as they come.
  private let values: [[SweepSpec.Substitution]]
  private let strategy: any SweepStrategy

  /// Makes the combinations of a sweep.
  package init(_ sweep: SweepSpec) {
    self.sweep = sweep
    lengths = sweep.dimensions.map(\.count)
    values = sweep.axes.map { $0.range == nil ? $0.substitutions : [] }
    strategy = sweep.strategy.implementation
    listed = strategy.count(of: lengths)
  }

  /// One combination.
  ///
  /// - Parameters:
  ///   - base: the combination of another sweep that it begins with.
  ///   - number: of the listed values, below `listed`.
  ///   - proposal: a value a searched range.
  package func combination(
    from base: Combination? = nil, _ number: Int, _ proposal: [Double]
  ) -> Combination {
    var places = strategy.combination(number, of: lengths)[...]
    let variant = sweep.variants.isEmpty ? nil : places.popFirst().map { sweep.variants[$0] }
    var proposal = proposal[...]
    var substitutions: [SweepSpec.Substitution] = []
    let shared = [base?.substitutions ?? [], sweep.with, variant?.substitutions ?? []]
    substitutions.reserveCapacity(shared.reduce(values.count) { $0 + $1.count })
    for part in shared { substitutions += part }
    for (axis, listed) in zip(sweep.axes, values) {
      if let range = axis.range {
        substitutions.append(axis.substitution(axis.node(proposal.popFirst() ?? range.lower)))
      } else {
        substitutions.append(listed[places.popFirst() ?? 0])
      }
    }
    return Combination(variant: variant?.name ?? base?.variant, substitutions: substitutions)
  }
}

/// All combinations of a sweep that the file alone says, in order, made one by one.
///
/// The axis `variant` comes first, then those of `over` as they were written; in a grid the last one
/// runs fastest. A search has a proposal for each of them before the next one; of an adaptive search,
/// whose proposals follow from results, its ends and choices stand for them. A sweep without axes is
/// one combination. `where` is not looked at here.
public struct Combinations: Sequence, IteratorProtocol {
  /// The most combinations times seeds a sweep may have.
  public static let most = SearchSpace.mostRuns

  /// How many there are; more than `most` in a sweep that the checks refuse.
  public let total: Int
  private let maker: CombinationMaker
  private let proposals: [[Double]]
  private let bases: [Combination?]
  private var index = 0

  /// Makes the combinations of a sweep.
  ///
  /// - Parameter bases: the combinations of another sweep that it begins with.
  public init(_ sweep: SweepSpec, from bases: [Combination]? = nil) {
    maker = CombinationMaker(sweep)
    self.bases = bases ?? [nil]
    let strategy = sweep.strategy.implementation
    proposals =
      sweep.sizeProblem != nil
      ? [[]]
      : strategy.isAdaptive
        ? SearchedRange.probes(of: sweep.ranges)
        : strategy.propose(0..<strategy.proposals, of: sweep.ranges, after: [])
    total = maker.listed.multipliedSaturating(by: proposals.count)
      .multipliedSaturating(by: self.bases.count)
  }

  /// The next combination; `nil` after the last.
  public mutating func next() -> Combination? {
    guard index < total else { return nil }
    defer { index += 1 }
    let place = index / maker.listed
    return maker.combination(
      from: bases[place / proposals.count], index % maker.listed, proposals[place % proposals.count]
    )
  }
}
