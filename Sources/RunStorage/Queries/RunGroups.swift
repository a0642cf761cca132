public import Languages
import Runs
public import Tracking

/// Runs that belong together: the seeds of one configuration, or all that share some values.
public struct RunGroup: Hashable, Sendable {
  /// What the runs share of what was asked for, in the order asked; `nil` where they lack it.
  public let values: [ParameterValue?]
  /// The runs of the group, in the order they came.
  public let runs: [RunRecord]

  /// Makes a group of runs and what they share.
  public init(values: [ParameterValue?] = [], runs: [RunRecord]) {
    self.values = values
    self.runs = runs
  }

  /// The values of a metric that count: a run that diverged or failed has none, whatever it had
  /// reached before.
  public func values(of metric: Metric, _ which: MetricValue) -> [Double] {
    runs.filter { !$0.status.isBad }.compactMap { $0.value(of: metric, which) }
  }

  /// Mean, deviation and number of the values that count, over the seeds; where the data has folds over
  /// these, of each the mean over its seeds; `nil` where there is none.
  public func statistics(of metric: Metric, _ which: MetricValue) -> SeedStatistics? {
    SeedStatistics(replicates(of: metric, which), isOverFolds: isOverFolds)
  }

  /// The values that count, one a seed; where the data has folds one a fold, the mean over its seeds.
  public func replicates(of metric: Metric, _ which: MetricValue) -> [Double] {
    guard isOverFolds else { return values(of: metric, which) }
    let folds = Dictionary(grouping: runs.filter { !$0.status.isBad }, by: \.fold)
    return folds.sorted { $0.key ?? 0 < $1.key ?? 0 }.compactMap { _, runs in
      SeedStatistics(runs.compactMap { $0.value(of: metric, which) })?.mean
    }
  }

  /// Whether its runs were trained on several folds of their data.
  public var isOverFolds: Bool {
    let first = runs.first?.fold
    return runs.contains { $0.fold != first }
  }

  /// Whether a run of it diverged or failed, so that it ranks after all without.
  public var hasBadRun: Bool { runs.contains { $0.status.isBad } }

  /// Whether this group ranks before `other` by the mean of a metric; a group without a value last.
  public func ranksBefore(
    _ other: RunGroup, by metric: Metric, _ direction: Direction, _ which: MetricValue
  ) -> Bool {
    rank(by: metric, which).isBefore(other.rank(by: metric, which), direction)
  }

  /// By what it ranks.
  public func rank(by metric: Metric, _ which: MetricValue) -> GroupRank {
    GroupRank(hasBadRun: hasBadRun, mean: statistics(of: metric, which)?.mean ?? .nan)
  }
}

/// By what a group of runs ranks among others.
public struct GroupRank: Hashable, Sendable {
  /// Whether a run diverged or failed.
  public let hasBadRun: Bool
  /// The mean of the values that count; not-a-number where there is none.
  public let mean: Double

  /// Whether it comes before another: without bad runs first, then the better mean; without a value
  /// last.
  public func isBefore(_ other: GroupRank, _ direction: Direction) -> Bool {
    if hasBadRun != other.hasBadRun { return !hasBadRun }
    return direction.isBetter(mean, than: other.mean)
  }
}

extension RunRecord {
  /// Which part of the data judged it; `nil` where the data had no folds.
  public var fold: Int? { parameters.fold }

  /// The paths in which the runs of one configuration differ.
  package static let replicatePaths: Set = ["train.seed", RunConfiguration.foldPath]

  /// Whether the runs of one configuration may differ in a parameter.
  public static func isReplicate(_ path: String) -> Bool { replicatePaths.contains(path) }
}

extension Sequence where Element == RunRecord {
  /// How many stand otherwise than completed, in words: `1 diverged, 2 stopped`; empty where none does.
  public func unfinishedWords(_ language: Language = .english) -> String {
    words(language) { $0 != .completed }
  }

  /// How many diverged or failed, in words: `1 diverged, 1 failed`; empty where none did.
  public func badWords(_ language: Language = .english) -> String { words(language, \.isBad) }

  /// What became of runs of which none counts: `all diverged`; `nil` where one does, or there is none.
  public func lostWords(_ language: Language = .english) -> String? {
    let endings = Set(map(\.status))
    guard !endings.isEmpty, endings.allSatisfy(\.isBad) else { return nil }
    let words = endings.sorted { $0.rawValue < $1.rawValue }.map { language.status($0) }
    let either = words.count > 1 ? language(.either, words[0], words[1]) : words[0]
    return language(.allEnded, either)
  }

  private func words(_ language: Language, _ isMeant: (RunStatus) -> Bool) -> String {
    var counts: [RunStatus: Int] = [:]
    for run in self { counts[run.status, default: 0] += 1 }
    return RunStatus.allCases.filter(isMeant).compactMap { status in
      counts[status].map { "\($0) \(language.status(status))" }
    }.joined(separator: ", ")
  }

  /// The runs by configuration, that is without their seeds, in the order of first appearance.
  public func groupedByConfiguration() -> [RunGroup] {
    groups { $0.configuration }.map { RunGroup(values: [], runs: $0) }
  }

  /// The runs by the values they have at some paths, in the order of first appearance.
  public func grouped(by paths: [String]) -> [RunGroup] {
    groups { run in paths.map { run.parameters[$0] } }.map { runs in
      RunGroup(values: paths.map { runs.first?.parameters[$0] }, runs: runs)
    }
  }

  /// The paths that have at least two different values among the runs that have them, sorted; seed and
  /// fold are not among them.
  ///
  /// What only some runs have, and all of those alike, follows from what they are: the settings of
  /// one of several optimizers, the layers of one of several models.
  public var differingPaths: [String] {
    var differences = PathDifferences()
    for run in self { differences.add(run.parameters) }
    let differing = differences.paths
    return differing.filter { !RunRecord.replicatePaths.contains($0) }.sorted()
  }

  private func groups<Key: Hashable>(by key: (RunRecord) -> Key) -> [[RunRecord]] {
    var places: [Key: Int] = [:]
    var groups: [[RunRecord]] = []
    for run in self {
      let name = key(run)
      if let place = places[name] {
        groups[place].append(run)
      } else {
        places[name] = groups.count
        groups.append([run])
      }
    }
    return groups
  }
}
