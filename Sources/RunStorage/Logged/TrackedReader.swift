import GRDB
import Tracking

/// Reads experiments and runs as MLflow sees them.
struct TrackedReader {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func experiment(_ id: Int64) throws -> TrackedExperiment? {
    guard var found = try LoggedExperiments(db).get(id) else {
      return id == 0 ? Self.unmade : nil
    }
    found.tags = try tags(ofExperiment: id)
    return found
  }

  func experiments() throws -> [TrackedExperiment] {
    var found = try Row.fetchAll(
      db,
      sql: """
        SELECT \(LoggedExperiments.columns) FROM \(LoggedExperiments.tables)
        ORDER BY experiments.id
        """
    ).map(LoggedExperiments.experiment)
    if found.first?.id != 0 { found.insert(Self.unmade, at: 0) }
    for place in found.indices {
      found[place].tags = try tags(ofExperiment: found[place].id)
    }
    return found
  }

  /// Default where nothing was logged yet.
  private static let unmade = TrackedExperiment(
    id: 0, name: LoggedExperiments.defaultName, created: 0, updated: 0)

  private func tags(ofExperiment id: Int64) throws -> [LoggedText] {
    let find = try db.cachedStatement(
      sql: "SELECT key, value FROM experiment_tags WHERE experiment = ? ORDER BY key")
    return try Row.fetchAll(find, arguments: [id]).map {
      LoggedText(try $0.value(0), try $0.value(1))
    }
  }

  func runs(_ rows: [Int64]) throws -> [TrackedRun] {
    let facts = try RowReader(db, Self.facts, [0])
    let series = try RowReader(db, Self.series, [0])
    let parameters = try RowReader(db, Self.parameters, [0])
    let tags = try RowReader(
      db, "SELECT key, value FROM logged_tags WHERE run = ? ORDER BY key", [0])
    let marks = try RowReader(db, "SELECT tag FROM tags WHERE run = ? ORDER BY tag", [0])
    var values = StoredValues(db)
    return try rows.compactMap { row in
      facts.restart(with: row)
      guard try facts.next(), var run = Self.run(facts) else { return nil }
      let (note, seedName) = (facts.optionalText(14), facts.optionalText(15))
      facts.end()
      series.restart(with: row)
      while try series.next() {
        run.metrics.append(
          LoggedPoint(
            series.text(0), series.optionalNumber(1) ?? .nan, time: series.integer(3),
            step: series.integer(2)))
      }
      parameters.restart(with: row)
      while try parameters.next() {
        let value =
          try parameters.optionalText(2) ?? values.value(parameters.integer(1)).display
        run.parameters.append(
          LoggedText(Self.name(of: parameters.text(0), seed: seedName), value))
      }
      tags.restart(with: row)
      while try tags.next() { run.tags.append(LoggedText(tags.text(0), tags.text(1))) }
      try addMarks(&run, marks, row)
      if let note { run.tags.append(LoggedText(LoggedTag.note, note)) }
      if !run.isLogged { run.tags += Self.ownTags(run) }
      return run
    }
  }

  /// The tags that people gave with Labbook, which MLflow sees as keys without a value.
  private func addMarks(_ run: inout TrackedRun, _ marks: RowReader, _ row: Int64) throws {
    marks.restart(with: row)
    let shown = Set(run.tags.compactMap(LoggedTag.shown))
    let keys = Set(run.tags.map(\.key))
    while try marks.next() {
      let mark = marks.text(0)
      if !shown.contains(mark), !keys.contains(mark) { run.tags.append(LoggedText(mark, "")) }
    }
  }

  /// What MLflow is told of a run that Labbook trained.
  private static func ownTags(_ run: TrackedRun) -> [LoggedText] {
    [
      LoggedText(LoggedTag.runName, run.name), LoggedText("labbook.status", run.status.rawValue),
    ]
  }

  /// What MLflow calls a parameter: those of programs go by their own names.
  static func name(of path: String, seed: String?) -> String {
    if path == LoggedParameter.seedPath { return seed ?? path }
    return path.hasPrefix(LoggedParameter.prefix)
      ? String(path.dropFirst(LoggedParameter.prefix.count)) : path
  }

  private static func run(_ row: RowReader) -> TrackedRun? {
    guard let id = row.run(0), let status = RunStatus(rawValue: row.text(2)) else {
      return nil
    }
    let isLogged = !row.isNull(6)
    let began = row.optionalText(4) ?? row.text(12)
    return TrackedRun(
      id: id, experiment: row.integer(1),
      name: row.optionalText(6) ?? "\(row.text(11)) \(row.integer(13))",
      user: row.optionalText(7) ?? "labbook", status: status,
      started: isLogged
        ? row.optionalInteger(8).map(Int64.init) : Timestamp.milliseconds(began),
      ended: isLogged
        ? row.optionalInteger(9).map(Int64.init)
        : row.optionalText(5).flatMap(Timestamp.milliseconds),
      isDeleted: row.integer(3) == 0, isLogged: isLogged, artifacts: row.optionalText(10) ?? "")
  }

  private static let facts = """
    SELECT runs.run, sweeps.experiment, runs.status, runs.current, runs.started_at, runs.ended_at,
      logged_runs.name, logged_runs.user, logged_runs.started, logged_runs.ended,
      logged_runs.artifacts, sweeps.name, runs.created_at, runs.seed, runs.note,
      logged_runs.seed_name
    FROM runs JOIN sweeps ON sweeps.id = runs.sweep
      LEFT JOIN logged_runs ON logged_runs.run = runs.id
    WHERE runs.id = ?
    """

  private static let series = """
    SELECT metrics.name, series.last, series.last_step, (
      SELECT points.time FROM slots CROSS JOIN points ON points.run = series.run
        AND points.layout = slots.layout AND points.step = series.last_step
      WHERE slots.metric = series.metric LIMIT 1)
    FROM series JOIN metrics ON metrics.id = series.metric WHERE series.run = ?
    """

  private static let parameters = """
    SELECT parameter_keys.key, parameters.value, parameters.text
    FROM parameters JOIN parameter_keys ON parameter_keys.id = parameters.key
    WHERE parameters.run = ?
    """

  /// Every value of a metric of a run in some steps.
  func history(
    _ row: Int64, _ metric: String, _ steps: ClosedRange<Int64>
  ) throws -> [LoggedPoint] {
    var points: [LoggedPoint] = []
    for place in try places(of: metric) {
      let rows = try RowReader(
        db,
        """
        SELECT step, time, v\(place.slot) FROM points
        WHERE run = ? AND layout = ? AND step BETWEEN ? AND ?
        """, [row, place.layout, steps.lowerBound, steps.upperBound])
      while try rows.next() { points.append(Self.point(metric, rows)) }
    }
    let others = try RowReader(
      db,
      """
      SELECT step, time, value FROM logged_points WHERE run = ?
        AND metric = (SELECT id FROM metrics WHERE name = ?) AND step BETWEEN ? AND ?
      """, [row, metric, steps.lowerBound, steps.upperBound])
    while try others.next() { points.append(Self.point(metric, others)) }
    return points.sorted {
      ($0.time, $0.step, $0.value.isNaN ? -.infinity : $0.value)
        < ($1.time, $1.step, $1.value.isNaN ? -.infinity : $1.value)
    }
  }

  private static func point(_ metric: String, _ row: RowReader) -> LoggedPoint {
    LoggedPoint(
      metric, row.optionalNumber(2) ?? .nan, time: row.integer(1), step: row.integer(0))
  }

  private func places(of metric: String) throws -> [(layout: Int64, slot: Int)] {
    let rows = try RowReader(
      db,
      """
      SELECT slots.layout, slots.slot FROM slots JOIN metrics ON metrics.id = slots.metric
      WHERE metrics.name = ?
      """, [metric])
    var found: [(layout: Int64, slot: Int)] = []
    while try rows.next() { found.append((rows.integer(0), Int(rows.integer(1)))) }
    return found
  }
}
