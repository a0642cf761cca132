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
  /// What one should know of how the values were chosen, in sentences.
  public internal(set) var notes: [String] = []

  /// Values by what else was chosen, each with its seed.
  package typealias Values = [String: [(seed: Int, value: Double)]]

  /// The runs that have one value of what is compared.
  package struct Group {
    package let name: String
    package let values: Values
    /// The configuration that stands for it, as `lr=0.01`; empty where it has only one.
    package var choice = ""
    /// Runs that diverged, which have no final value.
    package var diverged = 0

    /// The group with the configuration that stands for it.
    var title: String { choice.isEmpty ? name : "\(name) (\(choice))" }

    /// Over the seeds; a seed with several values stands for their mean.
    package var statistics: SeedStatistics? {
      let means = PairedDifference.means(values.values.flatMap { $0 })
      return SeedStatistics(means.sorted { $0.key < $1.key }.map(\.value))
    }
  }

  private static let choiceColumn = "best configuration"
  private static let pooledColumn = "pooled over"

  /// A row a group.
  public var table: Table {
    var table = Table([
      Table.Column(label), Table.Column(Self.choiceColumn), Table.Column(Self.pooledColumn),
      Table.Column(metric.name, .statistics), Table.Column("difference", .statistics),
      Table.Column("95 % interval"), Table.Column("in words"),
    ])
    let base = groups.first { $0.name == baseline }
    for group in groups {
      let statistics = group.statistics
      var cells = [group.name, group.choice, pooled.joined(separator: ", ")].map(Table.Cell.words)
      cells.append(cell(statistics))
      if group.name == baseline {
        cells += [.empty, .empty, .words(Self.isBaseline + Self.note(group.diverged))]
      } else {
        let difference = Difference(group.values, base?.values ?? [:])
        let paired = difference.paired
        cells.append(cell(paired.statistics))
        cells.append(.words(paired.interval?.inWords ?? ""))
        cells.append(.words(words(group, difference)))
      }
      table.append(cells)
    }
    return table.withoutEmptyColumn(Self.choiceColumn).withoutEmptyColumn(Self.pooledColumn)
  }

  private func cell(_ statistics: SeedStatistics?) -> Table.Cell {
    guard var statistics else { return .empty }
    statistics.isOverFolds = replicate == .fold
    return Table.Cell(statistics: statistics)
  }

  /// What each difference says, in a sentence a group.
  public var sentences: [String] {
    let base = groups.first { $0.name == baseline }
    return groups.filter { $0.name != baseline }.map { group in
      let difference = Difference(group.values, base?.values ?? [:])
      let paired = difference.paired
      let what = "\(label) \(group.title) against \(base?.title ?? baseline), \(metric.name)"
      guard let mean = paired.statistics?.mean, paired.values.allSatisfy(\.isFinite) else {
        return "\(what): \(words(group, difference))."
      }
      var sentence = "\(what): \(words(group, difference)); the mean difference over "
      sentence += "\(paired.values.count) common \(replicate.noun(paired.values.count)) is "
      sentence += SeedStatistics.text(mean)
      if paired.values.count > 2, let interval = paired.interval {
        sentence += ", with 95 % between \(SeedStatistics.text(interval.lowerBound)) and "
        sentence += SeedStatistics.text(interval.upperBound)
      }
      return sentence + "."
    }
  }

  private static let isBaseline = "what the others are compared with"

  private static func note(_ diverged: Int) -> String {
    diverged == 0 ? "" : " (\(diverged) diverged, left out)"
  }

  private func words(_ group: Group, _ difference: Difference) -> String {
    words(of: difference, group) + Self.note(group.diverged)
  }

  private func words(of difference: Difference, _ group: Group) -> String {
    if group.values.isEmpty { return group.diverged > 0 ? "no values" : "no values yet" }
    if difference.paired.values.isEmpty { return "no \(replicate.rawValue) in common" }
    if !difference.paired.values.allSatisfy(\.isFinite) { return "not a number" }
    return difference.paired.words(direction, replicate) + difference.remark
  }
}

/// Differences between combinations that are alike beside what is compared, over the seeds that
/// both have of each; where there are none, between the means of each seed.
private struct Difference {
  let paired: PairedDifference
  /// Which combinations it is over, where a side has others too; empty where both have the same.
  let remark: String

  init(_ own: Comparison.Values, _ base: Comparison.Values) {
    let common = own.keys.filter { base[$0] != nil }.sorted()
    func all(
      _ values: Comparison.Values, alike other: Comparison.Values
    ) -> [(seed: Int, value: Double)] {
      if common.isEmpty { return values.keys.sorted().flatMap { values[$0] ?? [] } }
      return common.flatMap { name in
        let seeds = Set((other[name] ?? []).map(\.seed))
        return (values[name] ?? []).filter { seeds.contains($0.seed) }
      }
    }
    paired = PairedDifference(all(own, alike: base), all(base, alike: own))
    let most = max(own.count, base.count)
    remark =
      common.count == most
      ? ""
      : common.isEmpty
        ? " (between means over other configurations)"
        : " (over \(common.count == 1 ? "the 1 configuration" : "\(common.count) configurations")"
          + " that both have)"
  }
}
