import GRDB
public import Tracking

/// Which runs are asked for, in which order.
public struct RunQuery: Hashable, Sendable {
  /// Members of the sweeps of this experiment.
  public var experiment: String?
  /// Members of the sweeps of this name, as their latest plans have them.
  public var sweep: String?
  /// Also members of the sweep that its latest plan does not hold.
  public var includesFormer = false
  /// Only runs that stand so; empty means all.
  public var statuses: Set<RunStatus> = []
  /// Only these keys, where given.
  public var keys: [String]?
  /// Only runs of these configurations, where given.
  public var configurations: [String]?
  /// Only these runs, where given.
  public var runs: [RunID]?
  /// Also runs that `--fresh` replaced.
  public var includesReplaced = false
  /// In which order they come.
  public var order: RunOrder = .created
  /// At most so many.
  public var limit: Int?
  /// Only runs that were asked for after this one; for going through many in their order.
  public var after: RunID?
  /// So many are left out at the beginning.
  public var offset = 0

  /// Asks for all current runs, the oldest first; set what narrows it.
  public init() {}

  /// Asks for the current runs of one sweep.
  public init(_ sweep: SweepName) {
    experiment = sweep.experiment
    self.sweep = sweep.sweep
  }
}

/// The order of a list of runs; runs without the value come last, and by a metric those that diverged
/// or failed.
public enum RunOrder: Hashable, Sendable {
  /// As they were asked for.
  case created
  /// By a metric's value, the least or the greatest first.
  case metric(Metric, MetricValue, descending: Bool)
  /// By a resolved value of the file.
  case parameter(String, descending: Bool)
  /// By a column.
  case column(RunColumn, descending: Bool)
  /// By any of `RunRecord.columns`.
  case named(String, descending: Bool)
  /// By the least or the greatest point of a metric, for which all points of the runs are read.
  case reduced(Metric, MetricReduction, descending: Bool)
}

/// The columns of a run by which a list can be sorted.
public enum RunColumn: String, Hashable, Sendable, CaseIterable {
  case status, seed
  case step = "last_step"
  case epoch = "last_epoch"
  case createdAt = "created_at"
  case startedAt = "started_at"
  case endedAt = "ended_at"
  case durationSeconds = "duration_s"

  /// What the table of runs calls it, where the public view has a longer name.
  var tableColumn: String {
    switch self {
    case .step: "step"
    case .epoch: "epoch"
    default: rawValue
    }
  }
}

/// The SQL of a query; every text of the user is an argument.
struct RunSelection {
  private(set) var sql: String
  private(set) var arguments: [(any DatabaseValueConvertible)?]
  private var conditions: [String] = []

  /// The SQL of a query.
  ///
  /// - Parameters:
  ///   - columns: what is selected, with its arguments.
  ///   - measuredOnly: whether runs without the metric they are ordered by are left out; then an
  ///     index gives the order, and the first rows come without looking at all runs.
  init(
    _ query: RunQuery, columns: String = "runs.id",
    _ columnArguments: [(any DatabaseValueConvertible)?] = [], measuredOnly: Bool = false
  ) {
    sql = "SELECT \(columns) FROM runs"
    arguments = columnArguments
    joinOrder(query.order, measuredOnly ? "JOIN" : "LEFT JOIN")
    narrow(query)
    if measuredOnly, case .metric(_, let which, _) = query.order {
      conditions.append("series.\(which.rawValue) IS NOT NULL")
    }
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    order(query)
  }

  private mutating func narrow(_ query: RunQuery) {
    if !query.includesReplaced { conditions.append("runs.current = 1") }
    if query.experiment != nil || query.sweep != nil { narrowToMembers(query) }
    if !query.statuses.isEmpty {
      let sorted = query.statuses.map(\.rawValue).sorted()
      addMarks("runs.status", sorted)
    }
    if let runs = query.runs { addList("runs.run", runs.map(\.description)) }
    if let after = query.after {
      conditions.append("runs.id > (SELECT id FROM runs WHERE run = ?)")
      arguments.append(after.description)
    }
    if let keys = query.keys { addList("runs.key", keys) }
    if let configurations = query.configurations {
      addList("runs.configuration", configurations)
    }
  }

  private mutating func narrowToMembers(_ query: RunQuery) {
    var parts: [String] = []
    if let experiment = query.experiment {
      parts.append("experiments.name = ?")
      arguments.append(experiment)
    }
    if let sweep = query.sweep {
      parts.append("sweeps.name = ?")
      arguments.append(sweep)
      if !query.includesFormer { parts.append(Self.isPlanned) }
    }
    conditions.append(
      """
      runs.id IN (SELECT memberships.run FROM memberships
        JOIN sweeps ON sweeps.id = memberships.sweep
        JOIN experiments ON experiments.id = sweeps.experiment
        WHERE \(parts.joined(separator: " AND ")))
      """)
  }

  /// Whether the latest plan of a sweep holds a member.
  static let isPlanned = """
    (sweeps.plan IS NULL OR EXISTS (SELECT 1 FROM plan_runs
      WHERE plan_runs.plan = sweeps.plan AND plan_runs.run = memberships.run))
    """

  /// Whether a run diverged or failed; in SQL what `RunStatus.isBad` is.
  static let isBad: String = {
    let names = RunStatus.allCases.filter(\.isBad).map { "'\($0.rawValue)'" }
    return "runs.status IN (\(names.joined(separator: ", ")))"
  }()

  private mutating func addMarks(_ column: String, _ values: [String]) {
    conditions.append(
      "\(column) IN (" + values.map { _ in "?" }.joined(separator: ", ") + ")")
    arguments += values
  }

  /// A list of any length is one argument, a JSON array.
  private mutating func addList(_ column: String, _ values: [String]) {
    conditions.append("\(column) IN (SELECT value FROM json_each(?))")
    arguments.append("[" + values.map { ParameterValue.json($0) }.joined(separator: ",") + "]")
  }

  private mutating func joinOrder(_ order: RunOrder, _ join: String) {
    switch order {
    case .metric(let metric, _, _):
      sql += """
         \(join) series ON series.run = runs.id
          AND series.metric = (SELECT id FROM metrics WHERE name = ?) AND NOT \(Self.isBad)
        """
      arguments.append(metric.name)
    case .parameter(let path, _):
      sql += """
         LEFT JOIN parameters ON parameters.run = runs.id
          AND parameters.key = (SELECT id FROM parameter_keys WHERE key = ?)
        LEFT JOIN parameter_values ON parameter_values.id = parameters.value
        """
      arguments.append(path)
    case .created, .column, .named, .reduced: break
    }
  }

  private mutating func order(_ query: RunQuery) {
    switch query.order {
    case .created: sql += " ORDER BY runs.id"
    case .metric(_, let which, let descending):
      sql += Self.ordering("series." + which.rawValue, descending)
    case .parameter(_, let descending):
      // Numbers by size, before texts by letters.
      sql += Self.ordering("json_extract(parameter_values.value, '$')", descending)
    case .column(let column, let descending):
      sql += Self.ordering("runs." + column.tableColumn, descending)
    case .named(let name, let descending):
      sql += Self.ordering(RunFilter.Field.column(name).selection.sql, descending)
    case .reduced(let metric, let reduction, let descending):
      sql += Self.ordering(reduction.rankedTerm, descending)
      arguments.append(metric.name)
    }
    guard query.limit != nil || query.offset > 0 else { return }
    sql += " LIMIT ? OFFSET ?"
    arguments += [query.limit ?? -1, query.offset]
  }

  private static func ordering(_ term: String, _ descending: Bool) -> String {
    " ORDER BY \(term) \(descending ? "DESC" : "ASC") NULLS LAST, runs.id"
  }
}
