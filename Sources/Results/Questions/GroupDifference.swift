import Languages
import Terminal
import Tracking

/// A group's values minus those of the baseline: over the seeds that both have of combinations that are
/// alike, and where no seeds are common between the means of each.
struct GroupDifference {
  private let contrast: Contrast
  private let sides: [SeedSample]
  /// The chance of so great a difference adjusted for so many comparisons, where it is one of several.
  var adjusted: (chance: Double, comparisons: Int)?

  init(_ own: SeedSample.Values, _ base: SeedSample.Values, _ replicate: Replicate) {
    sides = [own, base].map { SeedSample(values: $0, replicate: replicate) }
    contrast = Contrast(sides, coefficients: [1, -1])
  }

  /// Over the common seeds; `nil` where there are none.
  private var statistics: SeedStatistics? {
    let isOverFolds = sides.contains { $0.replicate == .fold }
    guard let estimate = contrast.estimate, estimate.hasNoSpread else {
      return SeedStatistics(contrast.values, isOverFolds: isOverFolds)
    }
    return SeedStatistics(contrast.values.map { _ in estimate.value }, isOverFolds: isOverFolds)
  }

  /// The mean difference; `nil` where a side has no values.
  var mean: Double? {
    if let statistics { return statistics.mean }
    let means = sides.compactMap { $0.statistics?.mean }
    return means.count == 2 ? means[0] - means[1] : nil
  }

  private var isFinite: Bool {
    sides.allSatisfy { $0.seedMeans.values.allSatisfy(\.isFinite) }
  }

  /// The 95 % interval of the difference by itself; `nil` where there are too few seeds.
  var interval: ClosedRange<Double>? { isFinite ? contrast.estimate?.interval() : nil }

  /// How likely so great a difference is where there is none; `nil` where there are too few seeds.
  var chance: Double? { isFinite ? contrast.estimate?.chance : nil }

  /// Mean, deviation and number of the common seeds' differences; where seeds are not common the mean
  /// alone.
  func cell(_ language: Language) -> Table.Cell {
    if let statistics { return Table.Cell(statistics: statistics, language) }
    guard let mean else { return .empty }
    return .statistics(
      mean: mean, deviation: nil, count: nil, text: SeedStatistics.text(mean))
  }

  /// `5 common seeds`, or how many each side has.
  func seeds(_ replicate: Replicate, _ language: Language) -> String {
    if let common = contrast.common {
      return language(.commonSeeds, common, language.noun(common, replicate.noun))
    }
    let counts = sides.map { $0.seedMeans.count }
    return language(.seedsNotCommon, counts[0], counts[1], language.noun(2, replicate.noun))
  }

  /// What the difference says, in plain words.
  ///
  /// - Parameters:
  ///   - known: which way is better; `nil` where nobody has said it.
  ///   - replicate: what has a difference each.
  func words(_ known: Direction?, _ replicate: Replicate, _ language: Language) -> String {
    let remark = remark(language)
    guard let mean else { return language(.nothingToCompare) }
    guard isFinite else { return language(.notANumber) }
    guard let estimate = contrast.estimate else {
      return language(.tooFew, language.noun(2, replicate.noun)) + remark
    }
    if estimate.hasNoSpread, mean == 0 { return language(.exactlySame) + remark }
    if estimate.interval().contains(0) { return language(.noDifference) + remark }
    let direction = known ?? .maximize
    let isBetter = direction.isBetter(mean, than: 0)
    let word: Phrase =
      known == nil ? isBetter ? .greater : .smaller : isBetter ? .better : .worse
    return share(language(word), direction, isBetter, replicate, language) + doubt(language)
      + remark
  }

  /// With how many of the seeds.
  private func share(
    _ word: String, _ direction: Direction, _ isBetter: Bool, _ replicate: Replicate,
    _ language: Language
  ) -> String {
    let values = contrast.values
    guard !values.isEmpty else {
      return "\(word) (\(language(.welchInterval, language.noun(2, replicate.noun))))"
    }
    let count = values.count {
      isBetter ? direction.isBetter($0, than: 0) : direction.isBetter(0, than: $0)
    }
    let words =
      count == values.count
      ? language(.withEvery, language.noun(1, replicate.noun), word)
      : language(.withSome, count, values.count, language.noun(2, replicate.noun), word)
    return contrast.estimate?.hasNoSpread == true
      ? "\(words), \(language(.noSpread, language.counted(values.count, replicate.noun)))"
      : words
  }

  /// What remains of a difference that is sure by itself, and not among several.
  private func doubt(_ language: Language) -> String {
    guard let adjusted, adjusted.chance > 0.05 else { return "" }
    return ", " + language(.notSureAmong, adjusted.comparisons)
  }

  /// Which combinations it is over, where a side has others too; empty where both have the same.
  private func remark(_ language: Language) -> String {
    switch contrast.shared {
    case .all: ""
    case .none: " (\(language(.overOtherConfigurations)))"
    case .some(let count): " (\(language(.overCommonConfigurations, count)))"
    }
  }
}

extension Table.Cell {
  /// An interval, as people and programs read it.
  package init(interval: ClosedRange<Double>) {
    self = .interval(interval.lowerBound, interval.upperBound, text: interval.inWords)
  }
}
