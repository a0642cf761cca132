import RunStorage
public import Terminal
package import Tracking

/// Groups of runs and their differences from one of them, run by run of the same seed.
public struct Comparison {
  /// What the groups differ in.
  package let label: String
  package let metric: Metric
  /// Which way the metric is better; `nil` where nobody has said it.
  package let direction: Direction?
  package let groups: [Group]
  /// The group that the others are compared with.
  package let baseline: String

  /// Values by what else was chosen, each with its seed.
  package typealias Values = [String: [(seed: Int, value: Double)]]

  /// The runs that have one value of what is compared.
  package struct Group {
    package let name: String
    package let values: Values
    /// Runs that diverged, which have no final value.
    package var diverged = 0
  }

  /// A row a group.
  public var table: Table {
    var table = Table([
      Table.Column(label), Table.Column(metric.name, .statistics),
      Table.Column("difference", .statistics), Table.Column("95 % interval"),
      Table.Column("in words"),
    ])
    let base = groups.first { $0.name == baseline }?.values ?? [:]
    for group in groups {
      let statistics = SeedStatistics(group.values.values.flatMap { $0 }.map(\.value))
      var cells = [Table.Cell.words(group.name)]
      cells.append(statistics.map(Table.Cell.init(statistics:)) ?? .empty)
      if group.name == baseline {
        cells += [.empty, .empty, .words(Self.isBaseline + Self.note(group.diverged))]
      } else {
        let difference = Self.difference(group.values, base)
        cells.append(difference.statistics.map(Table.Cell.init(statistics:)) ?? .empty)
        cells.append(.words(difference.interval?.inWords ?? ""))
        let words = words(difference, hasValues: statistics != nil)
        cells.append(.words(words + Self.note(group.diverged)))
      }
      table.append(cells)
    }
    return table
  }

  /// What each difference says, in a sentence a group.
  public var sentences: [String] {
    let base = groups.first { $0.name == baseline }?.values ?? [:]
    return groups.filter { $0.name != baseline }.map { group in
      let difference = Self.difference(group.values, base)
      let what = "\(label) \(group.name) against \(baseline), \(metric.name)"
      guard let mean = difference.statistics?.mean, difference.values.allSatisfy(\.isFinite) else {
        return "\(what): \(words(difference, hasValues: !group.values.isEmpty))."
      }
      let seeds = difference.values.count
      var sentence = "\(what): \(words(difference, hasValues: true)); the mean difference over "
      sentence += "\(seeds) common \(seeds == 1 ? "seed" : "seeds") is \(SeedStatistics.text(mean))"
      if seeds > 2, let interval = difference.interval {
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

  private func words(_ difference: PairedDifference, hasValues: Bool) -> String {
    if !hasValues { return "no values yet" }
    if difference.values.isEmpty { return "no seed in common" }
    if !difference.values.allSatisfy(\.isFinite) { return "not a number" }
    return difference.words(direction)
  }

  /// Differences between combinations that are alike beside what is compared, over the seeds that
  /// both have of each; where there are none, between the means of each seed.
  private static func difference(_ own: Values, _ base: Values) -> PairedDifference {
    let common = own.keys.filter { base[$0] != nil }.sorted()
    func all(_ values: Values, alike other: Values) -> [(seed: Int, value: Double)] {
      if common.isEmpty { return values.keys.sorted().flatMap { values[$0] ?? [] } }
      return common.flatMap { name in
        let seeds = Set((other[name] ?? []).map(\.seed))
        return (values[name] ?? []).filter { seeds.contains($0.seed) }
      }
    }
    return PairedDifference(all(own, alike: base), all(base, alike: own))
  }
}
