/// One combination of a sweep: what is written over the file, in order.
public struct Combination: Hashable, Sendable {
  /// The variant's name; `nil` where the sweep has no variants.
  public let variant: String?
  /// What `--set`, `with`, the variant and `over` write, in this order.
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
  /// The most combinations a sweep may have.
  public static let most = 100_000

  /// How many there are; more than `most` in a sweep that the checks refuse.
  public let total: Int
  private let fixed: [SweepSpec.Substitution]
  private let variants: [SweepSpec.Variant]
  private let axes: [[SweepSpec.Substitution]]
  private let isZip: Bool
  private var index = 0

  /// Makes the combinations of a sweep over a file with `overrides` from the command line.
  public init(_ sweep: SweepSpec, overrides: [SweepSpec.Substitution] = []) {
    fixed = overrides + sweep.with
    variants = sweep.variants
    axes = sweep.axes.map(\.substitutions)
    isZip = sweep.strategy == .zip
    let lengths = axes.map(\.count) + (variants.isEmpty ? [] : [variants.count])
    if isZip {
      total = lengths.min() ?? 1
    } else {
      total = lengths.reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? .max : $0 * $1 }
    }
  }

  /// The next combination; `nil` after the last.
  public mutating func next() -> Combination? {
    guard index < total else { return nil }
    defer { index += 1 }
    var rest = index
    var chosen: [SweepSpec.Substitution] = []
    for axis in axes.reversed() {
      chosen.append(axis[isZip ? index : rest % axis.count])
      rest /= axis.count
    }
    let variant = variants.isEmpty ? nil : variants[isZip ? index : rest]
    return Combination(
      variant: variant?.name,
      substitutions: fixed + (variant?.substitutions ?? []) + chosen.reversed())
  }
}
