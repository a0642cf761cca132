import GRDB
import Tracking

/// The parts of a search's SQL; every text of the user is an argument.
struct SearchSQL {
  private let db: Database
  var joins: [String] = []
  var joinArguments: [(any DatabaseValueConvertible)?] = []
  var conditions: [String] = []
  var arguments: [(any DatabaseValueConvertible)?] = []
  private(set) var orderArguments: [(any DatabaseValueConvertible)?] = []

  init(_ db: Database) { self.db = db }

  mutating func add(_ condition: RunSearch.Condition) throws {
    switch condition {
    case .number(let field, let comparison, let value): number(field, comparison, value)
    case .text(let field, let comparison): try text(field, comparison)
    case .present(let field, let isThere):
      try text(field, nil)
      if !isThere { conditions.append("NOT " + conditions.removeLast()) }
    }
  }

  private mutating func number(
    _ field: RunSearch.Field, _ comparison: RunSearch.NumberComparison, _ value: Double
  ) {
    switch field {
    case .metric(let name):
      // An index has the runs of a range of values; nearly all have another value than one.
      let among =
        comparison == .notEqual
        ? "EXISTS (SELECT 1 FROM series WHERE run = runs.id AND"
        : "runs.id IN (SELECT run FROM series WHERE"
      conditions.append(
        """
        \(among) metric = (SELECT id FROM metrics WHERE name = ?)
          AND last \(comparison.rawValue) ?)
        """)
      arguments += [name, value]
    case .started, .ended:
      conditions.append("\(Self.time(field)) \(comparison.rawValue) ?")
      arguments.append(value)
    default: conditions.append("FALSE")
    }
  }

  /// When a run began or ended in milliseconds: as it was sent, or of Labbook's own from its text.
  private static func time(_ field: RunSearch.Field) -> String {
    let (sent, text) = field == .started ? ("started", "started_at") : ("ended", "ended_at")
    return """
      COALESCE((SELECT \(sent) FROM logged_runs WHERE run = runs.id),
        ROUND((julianday(runs.\(text)) - 2440587.5) * 86400000))
      """
  }

  /// - Parameter comparison: `nil` asks only whether there is one.
  private mutating func text(
    _ field: RunSearch.Field, _ comparison: RunSearch.TextComparison?
  ) throws {
    switch field {
    case .parameter(let name): try parameter(name, comparison)
    case .tag(let name):
      let (test, values) = Self.test("value", comparison)
      let tags = Self.tags(named: name)
      conditions.append("EXISTS (SELECT 1 FROM (\(tags.sql)) WHERE \(test))")
      arguments += tags.arguments + values
    case .dataset(let part):
      let (test, values) = Self.test(Self.datasetColumn(part), comparison)
      conditions.append(
        """
        EXISTS (SELECT 1 FROM run_datasets JOIN datasets ON datasets.id = run_datasets.dataset
          WHERE run_datasets.run = runs.id AND \(test))
        """)
      arguments += values
    default:
      let (test, values) = Self.test(Self.column(field), comparison)
      conditions.append(test)
      arguments += values
    }
  }

  private static func datasetColumn(_ part: RunSearch.DatasetPart) -> String {
    switch part {
    case .name: "datasets.name"
    case .digest: "datasets.digest"
    case .context: "json_extract(run_datasets.tags, '$.\"mlflow.data.context\"')"
    }
  }

  /// The values of a run's tags of a name, the note among them and those that people gave with Labbook.
  ///
  /// Only that is asked which can have the name: each of 100,000 runs is asked.
  private static func tags(
    named name: String
  ) -> (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
    let isOwn = "NOT EXISTS (SELECT 1 FROM logged_runs WHERE run = runs.id)"
    var parts = ["SELECT value FROM logged_tags WHERE run = runs.id AND key = ?"]
    switch name {
    case LoggedTag.note: parts.append("SELECT runs.note WHERE runs.note IS NOT NULL")
    case LoggedTag.runName: parts.append("SELECT \(column(.name)) WHERE \(isOwn)")
    case "labbook.status": parts.append("SELECT runs.status WHERE \(isOwn)")
    default: break
    }
    parts.append("SELECT '' FROM tags WHERE run = runs.id AND tag = ?")
    return (parts.joined(separator: " UNION ALL "), [name, name])
  }

  static func column(_ field: RunSearch.Field) -> String {
    switch field {
    case .id: "runs.run"
    case .name:
      """
      COALESCE((SELECT name FROM logged_runs WHERE run = runs.id),
        (SELECT name FROM sweeps WHERE id = runs.sweep) || ' ' || runs.seed)
      """
    case .user: "COALESCE((SELECT user FROM logged_runs WHERE run = runs.id), 'labbook')"
    case .artifacts:
      """
      'mlflow-artifacts:/' || (SELECT experiment FROM sweeps WHERE id = runs.sweep) || '/'
        || runs.run || '/artifacts'
      """
    case .status: MLflowStatus.sql
    default: "NULL"
    }
  }

  /// A parameter's text is one of those of its values, or what was sent where the value is written
  /// otherwise.
  private mutating func parameter(
    _ name: String, _ comparison: RunSearch.TextComparison?
  ) throws {
    let keys = try Self.keys(of: name, db)
    var parts: [String] = []
    for key in keys {
      var value = "TRUE"
      var values: [(any DatabaseValueConvertible)?] = []
      if let comparison {
        let sent = Self.test("text", comparison)
        let written = Self.test(Self.written, comparison)
        value = """
          CASE WHEN text IS NOT NULL THEN \(sent.sql) ELSE value IN (
            SELECT id FROM parameter_values AS v WHERE \(Self.narrowed(comparison))
              AND \(written.sql)) END
          """
        values = sent.values + Self.narrowing(comparison) + written.values
      }
      let seed =
        key.isSeed
        ? " AND EXISTS (SELECT 1 FROM logged_runs WHERE run = runs.id AND seed_name = ?)" : ""
      parts.append(
        "EXISTS (SELECT 1 FROM parameters WHERE run = runs.id AND key = \(key.id) AND \(value)\(seed))"
      )
      arguments += values
      if key.isSeed { arguments.append(name) }
    }
    conditions.append(parts.isEmpty ? "FALSE" : "(" + parts.joined(separator: " OR ") + ")")
  }

  /// A value as MLflow shows it, of its JSON; most are numbers, which are read no further.
  private static let written = """
    CASE substr(v.value, 1, 1) WHEN '"' THEN json_extract(v.value, '$')
      ELSE iif(v.value = 'null', 'none', v.value) END
    """

  /// Equal texts have one of two JSONs, which an index finds.
  private static func narrowed(_ comparison: RunSearch.TextComparison) -> String {
    if case .equal = comparison { "v.value IN (?, ?)" } else { "TRUE" }
  }

  private static func narrowing(
    _ comparison: RunSearch.TextComparison
  ) -> [(any DatabaseValueConvertible)?] {
    if case .equal(let text) = comparison {
      [LoggedParameter(text).value.json, ParameterValue.text(text).json]
    } else {
      []
    }
  }

  /// Under which paths a parameter that MLflow calls so may stand.
  private static func keys(
    of name: String, _ db: Database
  ) throws -> [(id: Int64, isSeed: Bool)] {
    let paths = [(LoggedParameter.prefix + name, false), (name, false)]
    let seed =
      LoggedParameter.seedNames.contains(name) && name != LoggedParameter.seedPath
      ? [(LoggedParameter.seedPath, true)] : []
    return try (paths + seed).compactMap { path, isSeed in
      try Int64.fetchOne(
        db, sql: "SELECT id FROM parameter_keys WHERE key = ?", arguments: [path]
      ).map { ($0, isSeed) }
    }
  }

  private static func test(
    _ column: String, _ comparison: RunSearch.TextComparison?
  ) -> (sql: String, values: [(any DatabaseValueConvertible)?]) {
    switch comparison {
    case nil: ("\(column) IS NOT NULL", [])
    case .equal(let text): ("\(column) = ?", [text])
    case .notEqual(let text): ("\(column) != ?", [text])
    case .like(let pattern): ("\(column) GLOB ?", [glob(pattern)])
    case .likeAnyCase(let pattern): ("\(column) LIKE ?", [pattern])
    case .among(let texts): ("\(column) IN (SELECT value FROM json_each(?))", [list(texts)])
    case .notAmong(let texts):
      ("\(column) NOT IN (SELECT value FROM json_each(?))", [list(texts)])
    }
  }

  /// SQLite's LIKE takes no notice of capitals, its GLOB does.
  private static func glob(_ pattern: String) -> String {
    pattern.map { letter in
      switch letter {
      case "%": "*"
      case "_": "?"
      case "*", "?", "[": "[\(letter)]"
      default: String(letter)
      }
    }.joined()
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { ParameterValue.json($0) }.joined(separator: ",") + "]"
  }

  /// The terms of an order, with what is joined for them.
  mutating func term(
    _ order: RunSearch.Order, _ place: Int, isJoined: Bool
  ) throws -> String {
    let direction = order.isDescending ? "DESC" : "ASC"
    let name = "o\(place)"
    switch order.field {
    case .metric(let metric):
      if isJoined { return "o0.last \(direction)" }
      joins.append(
        """
        LEFT JOIN series AS \(name) ON \(name).run = runs.id
          AND \(name).metric = (SELECT id FROM metrics WHERE name = ?)
        """)
      joinArguments.append(metric)
      // Not-a-number comes after numbers, runs without the metric after both.
      return "\(name).run IS NULL, \(name).last IS NULL, \(name).last \(direction)"
    case .parameter(let parameter):
      return "\(try ordered(parameter, place)) \(direction) NULLS LAST"
    case .tag(let tag):
      let tags = Self.tags(named: tag)
      orderArguments += tags.arguments
      return "(SELECT value FROM (\(tags.sql)) LIMIT 1) \(direction) NULLS LAST"
    case .started: return "runs.started_at \(direction) NULLS LAST"
    case .ended: return "runs.ended_at \(direction) NULLS LAST"
    case .id, .name, .user, .artifacts, .status, .dataset:
      return "\(Self.column(order.field)) \(direction) NULLS LAST"
    }
  }

  /// The text of a parameter by which runs are ordered.
  private mutating func ordered(_ parameter: String, _ place: Int) throws -> String {
    let keys = try Self.keys(of: parameter, db)
    guard keys.count == 1, let key = keys.first else {
      let among = keys.map { "\($0.id)" }.joined(separator: ", ")
      return """
        (SELECT COALESCE(text, (SELECT \(Self.written) FROM parameter_values AS v
          WHERE v.id = parameters.value))
          FROM parameters WHERE run = runs.id AND key IN (\(among)) LIMIT 1)
        """
    }
    let (row, value) = ("p\(place)", "v\(place)")
    joins.append(
      """
      LEFT JOIN parameters AS \(row) ON \(row).run = runs.id AND \(row).key = \(key.id)
      LEFT JOIN parameter_values AS \(value) ON \(value).id = \(row).value
      """)
    return "COALESCE(\(row).text, \(Self.written.replacing("v.value", with: value + ".value")))"
  }
}
