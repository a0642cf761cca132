import Experiments
public import Runs

/// One run of a plan: a configuration with its seed and its fold.
public struct PlannedRun: Sendable {
  /// What the run is known by: SHA-256 of everything that decides its numbers.
  public let key: String
  /// The same for all seeds and folds of a configuration.
  public let configurationKey: String
  /// What it has in common with the runs that differ in how long they train alone; `nil` where a
  /// longer run would be another computation from its first update on.
  public let lineage: String?
  /// The seed it trains with.
  public let seed: Int
  /// The part of the data that judges it; `nil` where the data has no folds.
  public let fold: Int?
  /// What tells its configuration apart within the sweep.
  public let label: String
  /// What the files that it reads hold.
  public let files: FileFingerprints
  private let base: RunConfiguration

  init(
    key: String, configurationKey: String, lineage: String?, seed: Int, fold: Int?,
    label: String, files: FileFingerprints, base: RunConfiguration
  ) {
    self.key = key
    self.configurationKey = configurationKey
    self.lineage = lineage
    self.seed = seed
    self.fold = fold
    self.label = label
    self.files = files
    self.base = base
  }

  /// Everything that decides its numbers.
  public var configuration: RunConfiguration { base.with(seed: seed).with(fold: fold) }
}

/// A run without its seed and fold, with all of them in one sweep.
public struct PlannedConfiguration: Sendable {
  /// Its place in the sweep, from 0.
  public let index: Int
  /// What it is known by: the key of its runs without the seed.
  public let key: String
  /// What tells it apart within the sweep: the values of what varies.
  public let label: String
  /// The configuration with its first seed and fold.
  public let configuration: RunConfiguration
  /// The combinations that it stands for; more than one where they came out equal.
  public let points: [SweepPoint]
  /// A run a seed and fold.
  public let runs: [PlannedRun]

  /// The runs of one of its combinations.
  public func runs(of point: SweepPoint) -> [PlannedRun] {
    points.count == 1 ? runs : runs.filter { point.seeds.contains($0.seed) }
  }
}
