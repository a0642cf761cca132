/// How a sweep goes through its axes.
///
/// A strategy proposes combinations by their number alone, so that the same file gives the same
/// combinations in the same order whatever runs beside it.
package protocol SweepStrategy: Sendable {
  /// How many combinations there are of axes of these lengths; `Int.max` stands for more than can be
  /// counted.
  func count(of lengths: [Int]) -> Int

  /// The place of each axis' value in the combination of a number below `count`.
  func combination(_ number: Int, of lengths: [Int]) -> [Int]

  /// What keeps these axes from being combined; `nil` where nothing does.
  func problem(of dimensions: [SweepSpec.Dimension]) -> Diagnostic?
}

extension SweepStrategy {
  /// Most strategies take any axes.
  package func problem(of dimensions: [SweepSpec.Dimension]) -> Diagnostic? { nil }
}

extension SweepSpec {
  /// One thing that a sweep varies: its variants, or an axis.
  public struct Dimension: Hashable, Sendable {
    /// `variant`, or the axis as it was written.
    public let label: String
    /// How many values it has.
    public let count: Int
    /// The place of its key, or of the first variant.
    public let mark: Mark
  }

  /// What varies, in the order of nesting: variants, then the axes as they were written.
  public var dimensions: [Dimension] {
    let variant = variants.first.map {
      Dimension(label: "variant", count: variants.count, mark: $0.mark)
    }
    return (variant.map { [$0] } ?? [])
      + axes.map { Dimension(label: $0.written, count: $0.values.count, mark: $0.mark) }
  }

  /// What keeps the sweep from being gone through: axes that the strategy cannot combine, or more
  /// than `Combinations.most` combinations times seeds; `nil` where nothing does.
  public var sizeProblem: Diagnostic? {
    let dimensions = dimensions
    if let problem = strategy.implementation.problem(of: dimensions) { return problem }
    let count = strategy.implementation.count(of: dimensions.map(\.count))
    let runs = count.multipliedSaturating(by: seeds.count)
    if runs <= Combinations.most { return nil }
    let sizes = (dimensions.map(\.count) + [seeds.count]).map(String.init)
    let number = runs == .max ? "more runs than can be counted" : "\(runs) runs"
    return Diagnostic(
      mark, "this sweep asks for \(number), the most is \(Combinations.most)",
      notes: ["values of each axis, then seeds: " + sizes.joined(separator: " x ")])
  }
}

extension SweepSpec.Strategy {
  /// The implementation of a strategy that a file names.
  package var implementation: any SweepStrategy {
    switch self {
    case .grid: GridStrategy()
    case .zip: ZipStrategy()
    }
  }
}

extension Int {
  /// The product of two counts, or `Int.max` where that is too small to hold it.
  package func multipliedSaturating(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
