import Experiments
import Languages
public import Runs
import Search
public import Tracking

/// One sweep as it will run: configurations in the order of the file, the seeds within each.
///
/// Variants run slowest, then the axes in the order they were written, the last one fastest, seeds
/// innermost.
public struct SweepPlan: Sendable {
  /// Its name in the file.
  public let name: String
  /// What the sweep varies, `variant` first, as it was written.
  public internal(set) var axes: [String]
  /// Each configuration that is known, once, in the order of its first combination.
  public internal(set) var configurations: [PlannedConfiguration] = []
  /// How the combinations became configurations.
  public internal(set) var counts = Counts(combinations: 0, excluded: 0, merged: 0)
  /// Configurations whose values follow from results that are not there yet; fewer may come, where
  /// `where` leaves some out or some are equal.
  public internal(set) var pending = 0
  /// Runs of each configuration that is still to come.
  public let seedCount: Int
  /// The sweep whose best configurations it takes; `nil` where it takes none.
  public let source: String?
  /// How many epochs, or steps, of a configuration's runs the rule of `stop` asks for, by its key; nothing where
  /// they are trained whole.
  public internal(set) var limits: [String: Int] = [:]
  /// In what they are counted.
  public let measure: RunMeasure
  /// What decides when a run arrives at a rung; `nil` where nothing does.
  public let arrival: ArrivalStop?

  init(_ sweep: SweepSpec) {
    name = sweep.name
    axes = (sweep.variants.isEmpty ? [] : ["variant"]) + sweep.axes.map(\.written)
    seedCount = sweep.seeds.count
    source = sweep.from?.sweep
    let rule = sweep.stop?.implementation
    let measure: RunMeasure = rule?.minSteps == nil ? .epochs : .steps
    self.measure = measure
    arrival = rule.flatMap { $0.isAsynchronous ? ArrivalStop($0, measure) : nil }
  }

  /// How many combinations became how many configurations.
  public struct Counts: Hashable, Sendable {
    /// Combinations before `where`.
    public let combinations: Int
    /// Combinations that `where` left out.
    public let excluded: Int
    /// Combinations that came out equal to an earlier one.
    public let merged: Int

    package init(combinations: Int, excluded: Int, merged: Int) {
      self.combinations = combinations
      self.excluded = excluded
      self.merged = merged
    }
  }

  /// Runs that are still to come.
  public var pendingRuns: Int {
    pending.multipliedSaturating(by: seedCount)
      .multipliedSaturating(by: configurations.first?.configuration.eachFold.count ?? 1)
  }

  /// So many epochs of a run are asked for; `nil` for all of it.
  public func limit(of run: PlannedRun) -> Int? { limits[run.configurationKey] }

  /// Every run that is known once, in order.
  public var runs: [PlannedRun] { configurations.flatMap(\.runs) }

  /// Every combination with its configuration, in the order of the file's values.
  ///
  /// It has a row for each combination that a figure or table can speak of, also where several came
  /// out as one configuration: of two variants that are the same run, each has its row.
  public var points: [(point: SweepPoint, configuration: PlannedConfiguration)] {
    configurations.flatMap { configuration in configuration.points.map { ($0, configuration) } }
  }

  /// What a key of `by`, `x` or `y` holds at a combination; `nil` where it has no such key.
  public func value(
    of key: SweepKey, at point: SweepPoint, of configuration: PlannedConfiguration
  ) -> ParameterValue? {
    key.value(variant: point.variant) { configuration.configuration.value(at: $0) }
  }

  /// Combinations grouped by the value of a key, groups in the order of their first appearance.
  ///
  /// Combinations without the key are left out.
  public func groups(by key: SweepKey) -> [SweepGroup] {
    var groups: [SweepGroup] = []
    var places: [ParameterValue: Int] = [:]
    for (point, configuration) in points {
      guard let value = value(of: key, at: point, of: configuration) else { continue }
      let place = places[value] ?? groups.count
      if place == groups.count {
        places[value] = place
        groups.append(SweepGroup(value: value, members: []))
      }
      groups[place].members.append((point, configuration))
    }
    return groups
  }
}

/// The combinations of a sweep that have the same value of a key.
public struct SweepGroup: Sendable {
  /// What they have in common.
  public let value: ParameterValue
  /// The combinations, in order.
  public var members: [(point: SweepPoint, configuration: PlannedConfiguration)]
}

extension SweepPlan {
  /// What of the sweep follows from results that are not there yet; `nil` where nothing does.
  public var growthRemark: String? {
    guard pending > 0 else { return nil }
    if let source, configurations.isEmpty {
      return Language.english(.growthFromSweep, pending, source)
    }
    return Language.english(.growthFromResults, configurations.count, pending)
  }
}
