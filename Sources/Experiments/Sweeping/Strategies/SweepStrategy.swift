public import Tracking

/// How a sweep goes through its axes.
///
/// Lists and counted ranges are combined by their places; a search adds proposals for the ranges that
/// it searches, for every combination of the lists. Both depend on the file and on results alone, so
/// that the same file gives the same combinations in the same order whatever runs beside it.
package protocol SweepStrategy: Sendable {
  /// Its name and settings, as the file writes them.
  static var choice: Choice { get }

  /// Makes the strategy of checked settings.
  init(_ chosen: Chosen)

  /// How many combinations there are of lists of these lengths; `Int.max` stands for more than can be
  /// counted.
  func count(of lengths: [Int]) -> Int

  /// The place of each list's value in the combination of a number below `count`.
  func combination(_ number: Int, of lengths: [Int]) -> [Int]

  /// How many proposals there are for each combination of the lists; 1 without a search.
  var proposals: Int { get }

  /// Whether proposals follow from the results of earlier ones.
  var isAdaptive: Bool { get }

  /// How many proposals are made together, after the first `number` and before any of their results
  /// is looked at.
  func round(after number: Int) -> Int

  /// The proposals of some numbers, a value a range.
  ///
  /// - Parameters:
  ///   - numbers: those of one round.
  ///   - ranges: what is searched.
  ///   - trials: what came of all proposals before the round; nothing where `isAdaptive` is false.
  func propose(
    _ numbers: Range<Int>, of ranges: [SearchedRange], after trials: [SearchTrial]
  ) -> [[Double]]

  /// What keeps the axes of a sweep from being combined; `nil` where nothing does.
  func problem(of sweep: SweepSpec) -> Diagnostic?
}

/// The strategies by their names.
enum SweepStrategies {
  static let all: [any SweepStrategy.Type] = [
    GridStrategy.self, ZipStrategy.self, RandomStrategy.self, SobolStrategy.self,
    TPEStrategy.self,
  ]
}

extension SweepSpec {
  /// How axes are gone through: a strategy's name with its settings.
  public struct Strategy: Hashable, Sendable {
    /// The name and the settings.
    public let chosen: Chosen
    /// Where it was written; `nil` where it was not.
    public let mark: Mark?

    /// Makes a strategy of checked settings.
    public init(_ chosen: Chosen, mark: Mark? = nil) {
      self.chosen = chosen
      self.mark = mark
    }

    /// Every value of each with every value of the others; the last axis runs fastest.
    public static let grid = Strategy(Chosen("grid"))
    /// First values together, then second values; all axes have the same length.
    public static let zip = Strategy(Chosen("zip"))

    /// The implementation of a strategy that a file names.
    package var implementation: any SweepStrategy {
      let type = SweepStrategies.all.first { $0.choice.name == chosen.name }
      return type?.init(chosen) ?? GridStrategy()
    }
  }

  /// One thing that a sweep goes through: its variants, or an axis with listed values.
  public struct Dimension: Hashable, Sendable {
    /// `variant`, or the axis as it was written.
    public let label: String
    /// How many values it has.
    public let count: Int
    /// The place of its key, or of the first variant.
    public let mark: Mark
  }

  /// What is listed, in the order of nesting: variants, then the axes as they were written.
  public var dimensions: [Dimension] {
    let variant = variants.first.map {
      Dimension(label: "variant", count: variants.count, mark: $0.mark)
    }
    return (variant.map { [$0] } ?? [])
      + axes.filter { $0.range == nil }
      .map { Dimension(label: $0.written, count: $0.values.count, mark: $0.mark) }
  }

  /// The ranges that are searched, in the order of their axes.
  public var ranges: [SearchedRange] { axes.compactMap(\.range) }

  /// How many configurations the sweep asks for, before `where` and before equal ones are one.
  public var size: Int {
    let strategy = strategy.implementation
    return strategy.count(of: dimensions.map(\.count))
      .multipliedSaturating(by: strategy.proposals)
      .multipliedSaturating(by: from?.best ?? 1)
  }

  /// What keeps the sweep from being gone through: axes that the strategy cannot combine, or more
  /// than `Combinations.most` combinations times seeds; `nil` where nothing does.
  public var sizeProblem: Diagnostic? {
    if let problem = strategy.implementation.problem(of: self) { return problem }
    let runs = size.multipliedSaturating(by: seeds.count)
    if runs <= Combinations.most { return nil }
    var sizes = dimensions.map(\.count)
    if !ranges.isEmpty { sizes.append(strategy.implementation.proposals) }
    if let from { sizes.insert(from.best, at: 0) }
    let number = runs == .max ? "more runs than can be counted" : "\(runs) runs"
    return Diagnostic(
      mark, "this sweep asks for \(number), the most is \(Combinations.most)",
      notes: [
        "values of each axis, then seeds: "
          + (sizes + [seeds.count]).map(String.init).joined(separator: " x ")
      ])
  }
}

extension Int {
  /// The product of two counts, or `Int.max` where that is too small to hold it.
  package func multipliedSaturating(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
