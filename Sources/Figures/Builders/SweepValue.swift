public import Languages
public import Tracking

/// One run's value of a metric, with where the run stands in its sweep.
public struct SweepValue: Hashable, Sendable {
  /// Its value of the key along the horizontal axis.
  public var x: ParameterValue
  /// Its value of the key along the vertical axis of a heat map.
  public var y: ParameterValue
  /// What has a colour and a line in the legend.
  public var group: String
  /// What it counts for: a mean is over seeds, whatever else shares its place.
  public var seed: Int
  /// The metric's value; `nil` where the run has none.
  public var value: Double?
  /// Whether the run's loss stopped being finite.
  public var hasDiverged: Bool

  /// Makes the value of one run.
  public init(
    x: ParameterValue, y: ParameterValue = .off, group: String = "", seed: Int,
    value: Double?, hasDiverged: Bool = false
  ) {
    self.x = x
    self.y = y
    self.group = group
    self.seed = seed
    self.value = value
    self.hasDiverged = hasDiverged
  }

  /// The groups of which every run diverged.
  static func lostGroups(_ values: [SweepValue]) -> Set<String> {
    Set(values.map(\.group)).subtracting(values.filter { !$0.hasDiverged }.map(\.group))
  }

  /// Whether the value counts: of a run that diverged none does, whatever was measured before.
  var counted: Double? {
    guard !hasDiverged, let value, value.isFinite else { return nil }
    return value
  }
}

extension [SweepValue] {
  /// Over the seeds that have a value; a seed with several stands for their mean.
  var statistics: SeedStatistics? {
    SeedStatistics(seedMeans)
  }

  /// A value a seed, in the order of the seeds.
  var seedMeans: [Double] {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for value in self {
      guard let counted = value.counted else { continue }
      let (sum, count) = sums[value.seed] ?? (0, 0)
      sums[value.seed] = (sum + counted, count + 1)
    }
    return sums.sorted { $0.key < $1.key }.map { $0.value.sum / $0.value.count }
  }
}

/// What a figure over a sweep says beside its values.
public struct SweepOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// One line below it, of figures that do not find their own.
  public var subtitle = ""
  /// What was measured.
  public var metric: Metric
  /// Whether values are those of the best epoch.
  public var isBest = false
  /// The key along the horizontal axis.
  public var xName: String
  /// The key along the vertical axis of a heat map.
  public var yName = ""
  /// Which of the runs' values are shown and what was pooled, in sentences.
  public var notes: [String] = []
  /// What the band around a mean reaches over.
  public var band = SeedBand.std
  /// Whether a greater value is better.
  public var isHigherBetter: Bool
  /// The groups of all figures that belong together, in their order.
  public var known: [String] = []
  /// What a mean is over.
  public var seeds = Phrase.nounSeed
  /// What the groups are, such as `model`.
  public var heading = ""
  /// Whether the horizontal axis is logarithmic; `nil` decides by the values.
  public var logX: Bool?
  /// Whether the metric's axis, or a heat map's colours, are logarithmic; `nil` decides by the values.
  public var logY: Bool?
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options for a metric and the key along the horizontal axis.
  public init(metric: Metric, xName: String) {
    self.metric = metric
    self.xName = xName
    isHigherBetter = metric.isHigherBetter
  }

  var valueName: String {
    let name = style.language.metric(metric)
    return isBest ? style.language(.bestMetric, name) : name
  }
}

/// The different values of a key along an axis, in order.
struct KeyValues {
  let values: [ParameterValue]
  /// Their numbers, where every one of them is a number.
  let numbers: [Double]?

  /// Numbers in their order, other values as they first appear.
  init(_ all: [ParameterValue]) {
    var seen: Set<ParameterValue> = []
    // 1 and 1.0 are one value.
    let found = all.filter { value in
      seen.insert(value.asNumber.map(ParameterValue.number) ?? value).inserted
    }
    let numbers = found.compactMap(\.asNumber)
    if numbers.count == found.count, !numbers.isEmpty {
      values = found.sorted { ($0.asNumber ?? 0) < ($1.asNumber ?? 0) }
      self.numbers = numbers.sorted()
    } else {
      values = found
      self.numbers = nil
    }
  }

  var labels: [String] { values.map(\.display) }

  func place(_ value: ParameterValue) -> Int? {
    values.firstIndex { $0 == value || ($0.asNumber != nil && $0.asNumber == value.asNumber) }
  }

  /// Whether the numbers are positive and more evenly spaced by their ratios than by their
  /// differences.
  var isLogarithmic: Bool {
    guard let numbers, let first = numbers.first, let last = numbers.last, first > 0 else {
      return false
    }
    return KeyValues.isSpacedByRatios(numbers, first: first, last: last)
  }

  /// Whether there is a zero (or less) beside numbers that ask for a logarithmic axis.
  var hasNoPlaceOnLogarithm: Bool {
    guard let numbers, numbers.contains(where: { $0 <= 0 }) else { return false }
    let positive = numbers.filter { $0 > 0 }
    guard let first = positive.first, let last = positive.last, positive.count > 1 else {
      return false
    }
    return KeyValues.isSpacedByRatios(positive, first: first, last: last)
  }

  private static func isSpacedByRatios(_ numbers: [Double], first: Double, last: Double) -> Bool {
    guard last / first >= 8 else { return false }
    guard numbers.count > 2 else { return last / first >= 10 }
    let differences = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
    let ratios = zip(numbers.dropFirst(), numbers).map { $0 / $1 }
    let unevenness = (differences.max() ?? 1) / max(.leastNormalMagnitude, differences.min() ?? 1)
    let ratioUnevenness = (ratios.max() ?? 1) / (ratios.min() ?? 1)
    return ratioUnevenness < unevenness
  }
}
