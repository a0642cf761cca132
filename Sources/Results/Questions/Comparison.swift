package import Languages
import RunStorage
public import Terminal
package import Tracking

/// Groups of runs and their differences from one of them, by runs of the same seed.
public struct Comparison {
  /// What the groups differ in.
  package let label: String
  package let metric: Metric
  /// Which way the metric is better; `nil` where nobody has said it.
  package let direction: Direction?
  package let groups: [Group]
  /// The group that the others are compared with.
  package let baseline: String
  /// What n counts.
  package var replicate = Replicate.seed
  /// Over which axes all configurations of a group were taken together; none where each has one.
  package var pooled: [String] = []
  /// In which it speaks.
  package var language = Language.english
  /// What one should know of how the values were chosen, in sentences.
  public internal(set) var notes: [String] = []

  /// The runs that have one value of what is compared.
  package struct Group {
    package let name: String
    package let values: SeedSample.Values
    /// The configuration that stands for it, as `lr=0.01`; empty where it has only one.
    package var choice = ""
    /// Runs that diverged, which have no final value.
    package var diverged = 0

    /// The group with the configuration that stands for it.
    var title: String { choice.isEmpty ? name : "\(name) (\(choice))" }

    /// Over the seeds; a seed with several values stands for their mean.
    package var statistics: SeedStatistics? { SeedSample(values: values).statistics }
  }

  /// A row a group.
  public var table: Table {
    let choice = language(.bestConfiguration)
    let pooledOver = language(.pooledOverColumn)
    var table = Table([
      Table.Column(label), Table.Column(choice), Table.Column(pooledOver),
      Table.Column(language.metric(metric), .statistics, rank: 0),
      Table.Column(language(.difference), .statistics, rank: 0),
      Table.Column(language(.interval, Self.usualLevel), .interval),
      Table.Column(language(.inWords)),
    ])
    for (group, difference) in zip(groups, differences) {
      var cells = [group.name, group.choice, language.keys(pooled)].map(Table.Cell.words)
      cells.append(cell(group.statistics))
      if let difference {
        cells.append(difference.cell(language))
        cells.append(difference.interval.map(Table.Cell.init(interval:)) ?? .empty)
        cells.append(.words(words(group, difference)))
      } else {
        cells += [.empty, .empty, .words(language(.isBaseline) + note(group.diverged))]
      }
      table.append(cells)
    }
    return table.withoutEmptyColumn(choice).withoutEmptyColumn(pooledOver)
  }

  private func cell(_ statistics: SeedStatistics?) -> Table.Cell {
    guard var statistics else { return .empty }
    statistics.isOverFolds = replicate == .fold
    return Table.Cell(statistics: statistics, language)
  }

  private static let usualLevel = "95"

  /// What each difference says, in a sentence a group.
  public var sentences: [String] {
    let base = groups.first { $0.name == baseline }
    return zip(groups, differences).compactMap { group, difference in
      guard let difference else { return nil }
      let what = "\(label) \(group.title) against \(base?.title ?? baseline), \(metric.name)"
      guard let mean = difference.mean, mean.isFinite else {
        return "\(what): \(words(group, difference))."
      }
      var sentence = "\(what): \(words(group, difference)); the mean difference over "
      sentence += "\(difference.seeds(replicate, language)) is "
      sentence += SeedStatistics.text(mean)
      if let interval = difference.interval {
        sentence += ", with 95 % between \(SeedStatistics.text(interval.lowerBound)) and "
        sentence += SeedStatistics.text(interval.upperBound)
      }
      return sentence + "."
    }
  }

  /// What should be said of several comparisons with one baseline; `nil` where there is one.
  package var adjustment: String? {
    let count = differences.count { $0?.chance != nil }
    guard count > 1 else { return nil }
    return language(.adjustedByHolm, count)
  }

  /// The difference of each group from the baseline, which itself has none.
  private var differences: [GroupDifference?] {
    let base = groups.first { $0.name == baseline }
    var differences = groups.map { group in
      group.name == baseline
        ? nil : GroupDifference(group.values, base?.values ?? [:], replicate)
    }
    let places = differences.indices.filter { differences[$0]?.chance != nil }
    let chances = Holm.adjusted(places.compactMap { differences[$0]?.chance })
    for (place, chance) in zip(places, chances) {
      differences[place]?.adjusted = (chance, places.count)
    }
    return differences
  }

  private func note(_ diverged: Int) -> String {
    diverged == 0 ? "" : " (\(language(.divergedLeft, diverged)))"
  }

  private func words(_ group: Group, _ difference: GroupDifference) -> String {
    let words =
      group.values.isEmpty
      ? language(group.diverged > 0 ? .noValues : .noValuesYet)
      : difference.words(direction, replicate, language)
    return words + note(group.diverged)
  }
}
