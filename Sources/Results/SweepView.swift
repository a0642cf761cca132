public import Languages
public import RunStorage
public import Runs
public import Tracking

/// What a sweep shows: its configurations and combinations, with what the store knows of their runs.
///
/// It is made of a plan, or of the store alone. Tables, figures, `compare`, predictions, exports and
/// pages ask it which runs belong to a sweep, what a name means, how configurations rank and what
/// diverged, so that all of them say the same.
public struct SweepView: Sendable {
  /// The sweep's name.
  public let name: String
  /// By what configurations are ranked where a cell names no metric.
  public let objective: Objective
  /// Which way metrics are better whose names do not say it.
  package let directions: MetricDirections?
  /// What the sweep varies, `variant` first, as it was written.
  public let axes: [String]
  /// Each configuration once, in the order of the file.
  public let configurations: [Configuration]
  /// Every combination, in the order of the file's values; several may be one configuration.
  public let points: [Point]
  /// Runs that were asked for, those that are still to come among them.
  public let planned: Int
  /// Configurations that follow from results that are not there yet.
  public let pending: Int
  /// The sweep whose results its configurations follow from, where none of them is known yet.
  let growsFrom: String?
  /// Runs of the sweep that its latest plan does not hold, which are left out.
  public let former: Int
  /// Runs whose program was edited since in a way that changes no number; `nil` where there are none.
  var accepted: AcceptedRuns?
  /// In which tables, figures and pages speak of it.
  public internal(set) var language = Language.english

  package init(
    name: String, objective: Objective, directions: MetricDirections? = nil, axes: [String],
    configurations: [Configuration],
    points: [Point], planned: Int, pending: Int = 0, growsFrom: String? = nil, former: Int = 0
  ) {
    self.name = name
    self.objective = objective
    self.directions = directions
    self.axes = axes
    self.configurations = configurations
    self.points = points
    self.planned = planned
    self.pending = pending
    self.growsFrom = growsFrom
    self.former = former
  }

  /// One run that the sweep asks for, with what the store has of it.
  public struct Member: Hashable, Sendable {
    /// The hash by which the run is known.
    public let key: String
    /// Its seed.
    public let seed: Int
    /// The part of the data that judges it; `nil` where the data has no folds.
    public var fold: Int?
    /// The stored run; `nil` where it never began.
    public let record: RunRecord?

    /// Whether it has come to a result.
    public var isDone: Bool { record?.status.isResult == true }
  }

  /// A run without its seed, with all of its seeds in the sweep.
  public struct Configuration: Sendable {
    /// Equal for combinations that came out as the same runs.
    public let key: String
    /// What tells it apart within the sweep.
    public let label: String
    /// The name of its model, or of its program.
    public let modelName: String
    /// A run a seed, in the order of the seeds.
    public let members: [Member]
    /// Where it has a value at a path.
    package let value: @Sendable (SettingPath) -> ParameterValue?
    /// The whole of it, with its first seed.
    package let load: @Sendable () throws -> RunConfiguration

    /// Its stored runs, in the order of the seeds.
    public var runs: [RunRecord] { members.compactMap(\.record) }

    /// The fold that all its runs have; `nil` where there are several, or none.
    package var onlyFold: ParameterValue? {
      let folds = Set(members.map(\.fold))
      return folds.count == 1 ? folds.first?.map(ParameterValue.integer) : nil
    }

    /// Its stored runs as a group.
    public var group: RunGroup { RunGroup(runs: runs) }

    /// The value at a path of a sweep or a cell; `nil` where it has no such key.
    public func value(at path: SettingPath) -> ParameterValue? { value(path) }

    /// Everything that decides its numbers, with its first seed.
    ///
    /// - Throws: `LabbookError` where the store cannot tell it any more.
    public func configuration() throws -> RunConfiguration { try load() }

    /// The network with its first seed, where one is to be asked.
    ///
    /// - Throws: `LabbookError` where it is a program's, or the store cannot tell it any more.
    public func network() throws -> NetworkRun {
      try load().network(for: "a figure of networks")
    }
  }

  /// A value of an axis, as legends and tables show it.
  public struct AxisValue: Hashable, Sendable {
    /// The axis as it was written.
    public let axis: String
    /// The value as it was resolved; `nil` for a network or a mapping.
    public let value: ParameterValue?
    /// The value for people.
    public let display: String
  }

  /// One combination of a sweep's values.
  public struct Point: Sendable {
    /// What it came out as.
    public let configuration: Configuration
    /// The variant's name; `nil` where the sweep has none.
    public let variant: String?
    /// A value an axis of `over`; `nil` where this combination has no such key.
    public let values: [AxisValue?]
    /// A run a seed of this combination.
    public let members: [Member]

    /// Its stored runs, in the order of the seeds.
    public var runs: [RunRecord] { members.compactMap(\.record) }

    /// What each axis holds here, for people.
    public var axes: [(axis: String, display: String)] {
      (variant.map { [("variant", $0)] } ?? [])
        + values.compactMap { value in value.map { ($0.axis, $0.display) } }
    }

    /// What a key of `by`, `x` or `y` holds here; `nil` where it has no such key.
    public func value(_ key: SweepKey) -> ParameterValue? {
      key.value(variant: variant) { configuration.value(at: $0) }
    }
  }

  /// The same sweep with some of its combinations alone.
  package func only(_ points: [Point]) -> SweepView {
    let keys = Set(points.map(\.configuration.key))
    let kept = configurations.filter { keys.contains($0.key) }
    let runs = kept.reduce(0) { $0 + $1.members.count }
    var view = SweepView(
      name: name, objective: objective, directions: directions, axes: axes, configurations: kept,
      points: points, planned: runs, growsFrom: growsFrom, former: former)
    view.language = language
    return view
  }

  /// Every run that is known, each once, in order.
  public var members: [Member] { configurations.flatMap(\.members) }

  /// Every stored run, each once, in order.
  public var runs: [RunRecord] { members.compactMap(\.record) }

  /// Whether configurations are trained on folds of their data.
  public var hasFolds: Bool { members.contains { $0.fold != nil } }

  /// How many runs that were asked for have no result yet, those that are still to come among them.
  public var missing: Int { planned - members.count(where: \.isDone) }

  /// Whether any run has come to a result.
  public var hasResult: Bool { members.contains(where: \.isDone) }
}
