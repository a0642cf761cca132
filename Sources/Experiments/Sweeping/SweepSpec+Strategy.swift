public import FileLanguage
public import Search
public import Tracking

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
    public static let grid = Strategy(GridStrategy.choice.standard())
    /// First values together, then second values; all axes have the same length.
    public static let zip = Strategy(ZipStrategy.choice.standard())

    /// Whether proposals are made when there is time for a run, without rounds.
    public var isAsynchronous: Bool { implementation.isAsynchronous }

    /// The implementation of a strategy that a file names.
    package var implementation: any SweepStrategy {
      SweepStrategies.strategy(chosen)
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

  /// What the strategy goes through.
  private var space: SearchSpace {
    SearchSpace(
      lists: dimensions.map { ($0.label, $0.count) },
      ranges: axes.compactMap { axis in axis.range.map { (axis.written, $0) } })
  }

  private func mark(of place: SpaceProblem.Place) -> Mark {
    switch place {
    case .strategy: strategy.mark ?? mark
    case .list(let index): dimensions[index].mark
    case .range(let index): axes.filter { $0.range != nil }[index].rangeMark ?? mark
    }
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
  /// than `SearchSpace.mostRuns` combinations times seeds; `nil` where nothing does.
  public var sizeProblem: Diagnostic? {
    if let problem = strategy.implementation.problem(of: space) {
      return Diagnostic(mark(of: problem.place), problem.message, notes: problem.notes)
    }
    let runs = size.multipliedSaturating(by: seeds.count)
    if runs <= SearchSpace.mostRuns { return nil }
    var sizes = dimensions.map(\.count)
    if !ranges.isEmpty { sizes.append(strategy.implementation.proposals) }
    if let from { sizes.insert(from.best, at: 0) }
    let number = runs == .max ? "more runs than can be counted" : "\(runs) runs"
    return Diagnostic(
      mark, "this sweep asks for \(number), the most is \(SearchSpace.mostRuns)",
      notes: [
        "values of each axis, then seeds: "
          + (sizes + [seeds.count]).map(String.init).joined(separator: " x ")
      ])
  }
}
