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

/// All combinations of a sweep in order, made one by one.
///
/// The axis `variant` comes first, then those of `over` as they were written; in a grid the last one
/// runs fastest. A sweep without axes is one combination. `where` is not looked at here.
public struct Combinations: Sequence, IteratorProtocol {
  /// The most combinations times seeds a sweep may have.
  public static let most = 100_000

  /// How many there are; more than `most` in a sweep that the checks refuse.
  public let total: Int
  private let fixed: [SweepSpec.Substitution]
  private let variants: [SweepSpec.Variant]
  private let axes: [[SweepSpec.Substitution]]
  private let lengths: [Int]
  private let strategy: any SweepStrategy
  private var index = 0

  /// Makes the combinations of a sweep.
  public init(_ sweep: SweepSpec) {
    fixed = sweep.with
    variants = sweep.variants
    axes = sweep.axes.map(\.substitutions)
    lengths = sweep.dimensions.map(\.count)
    strategy = sweep.strategy.implementation
    total = strategy.count(of: lengths)
  }

  /// The next combination; `nil` after the last.
  public mutating func next() -> Combination? {
    guard index < total else { return nil }
    defer { index += 1 }
    let places = strategy.combination(index, of: lengths)
    let variant = variants.isEmpty ? nil : places.first.map { variants[$0] }
    let values = zip(axes, places.suffix(axes.count)).map { axis, place in axis[place] }
    return Combination(
      variant: variant?.name,
      substitutions: fixed + (variant?.substitutions ?? []) + values)
  }
}
