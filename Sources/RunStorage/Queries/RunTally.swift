import GRDB
public import Tracking

/// What values the runs of a table have, and how many have each.
public struct RunTally: Sendable {
  /// How many runs were counted.
  public let runs: Int
  /// Status, experiment, sweep and tags, then every parameter by its path.
  public let fields: [FieldCount]
  /// The metrics that some of the runs have, by name.
  public let metrics: [Metric]
  /// The objectives of the runs, the one of most runs first.
  public let objectives: [Metric]
  /// Whether some run has a note, a message.
  public let hasNotes: Bool
  /// Whether some run has a message.
  public let hasMessages: Bool
  /// Whether some run has a name that a program gave it.
  public let hasNames: Bool

  /// The values of one field.
  public struct FieldCount: Sendable {
    /// What was counted.
    public let field: RunFilter.Field
    /// The values with how many runs have each, the most frequent first; of a field with more than
    /// `most` values those that came first.
    public let values: [(value: ParameterValue, runs: Int)]
    /// Whether there are more values than are counted.
    public let isCut: Bool
    /// How many runs have a value.
    public let having: Int
  }

  /// So many values of a field are counted apart.
  public static let most = 40

  /// The paths of the parameters, sorted; seed and fold are not among them.
  public var parameters: [String] {
    fields.compactMap { field in
      guard case .parameter(let path) = field.field, !RunRecord.replicatePaths.contains(path) else {
        return nil
      }
      return path
    }
  }

  /// Those that have at least two different values among the runs that have them.
  public var differing: [String] {
    fields.compactMap { field in
      guard case .parameter(let path) = field.field, field.values.count > 1,
        !RunRecord.replicatePaths.contains(path)
      else { return nil }
      return path
    }
  }

  /// Of no runs.
  public static let empty = RunTally(
    runs: 0, fields: [], metrics: [], objectives: [], hasNotes: false, hasMessages: false,
    hasNames: false)

  /// What was counted of a field; `nil` where no run has it.
  public subscript(_ field: RunFilter.Field) -> FieldCount? { fields.first { $0.field == field } }
}

/// Counts the values of a field, up to a number of different ones.
struct ValueCounter<Value: Hashable> {
  private var found: [Value: Int] = [:]
  private var isFull = false
  private(set) var having = 0
  /// A value with how often it came in a row: most runs have what the run before has.
  private var last: (value: Value, times: Int)?

  mutating func add(_ value: Value) {
    having += 1
    if last?.value == value {
      last?.times += 1
    } else {
      take()
      last = (value, 1)
    }
  }

  private mutating func take() {
    guard let (value, times) = last else { return }
    last = nil
    if let count = found[value] {
      found[value] = count + times
    } else if found.count < RunTally.most {
      found[value] = times
    } else {
      isFull = true
    }
  }

  /// How often each value came, and whether others came too.
  var result: (counts: [Value: Int], isCut: Bool) {
    var whole = self
    whole.take()
    return (whole.found, whole.isFull)
  }
}

/// Goes once through the runs of an arrangement, reading numbers alone.
struct RunCounter {
  private let db: Database

  init(_ db: Database) { self.db = db }

  static let parameters = "SELECT key, value FROM parameters WHERE run = ?"
  static let series = "SELECT metric FROM series WHERE run = ?"

  func tally(_ rows: [Int64]) throws -> RunTally {
    var facts = FactCounter()
    var parameters: [ValueCounter<Int64>] = []
    var metrics: Set<Int64> = []
    let fact = try RowReader(db, FactCounter.sql, [0])
    let parameter = try RowReader(db, Self.parameters, [0])
    let series = try RowReader(db, Self.series, [0])
    let known = try names("SELECT id, name FROM metrics ORDER BY name")
    let tags = try RunTags(db, upTo: rows.count / 10)
    for row in rows {
      fact.restart(with: row)
      if try fact.next() { facts.add(fact) }
      fact.end()
      parameter.restart(with: row)
      while try parameter.next() {
        let key = Int(parameter.integer(0))
        while parameters.count <= key { parameters.append(ValueCounter()) }
        parameters[key].add(parameter.integer(1))
      }
      if metrics.count < known.count {
        series.restart(with: row)
        while try series.next() { metrics.insert(series.integer(0)) }
      }
      try tags.each(of: row) { facts.tags.add($0) }
    }
    return RunTally(
      runs: rows.count, fields: try facts.fields(db) + fields(parameters),
      metrics: known.filter { metrics.contains($0.0) }.map { Metric($0.1) },
      objectives: facts.objectives.sorted.map { Metric($0.0) }, hasNotes: facts.notes > 0,
      hasMessages: facts.messages > 0, hasNames: facts.names > 0)
  }

  private func fields(_ counters: [ValueCounter<Int64>]) throws -> [RunTally.FieldCount] {
    var stored = StoredValues(db)
    return try names("SELECT id, key FROM parameter_keys ORDER BY key").compactMap { key, path in
      guard counters.indices.contains(Int(key)), counters[Int(key)].having > 0 else { return nil }
      let (counts, isCut) = counters[Int(key)].result
      return RunTally.FieldCount(
        field: .parameter(path),
        values: try counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { (try stored.value($0.key), $0.value) },
        isCut: isCut, having: counters[Int(key)].having)
    }
  }

  private func names(_ sql: String) throws -> [(Int64, String)] {
    var names: [(Int64, String)] = []
    let rows = try RowReader(db, sql)
    while try rows.next() { names.append((rows.integer(0), rows.text(1))) }
    return names
  }
}

/// The tags of runs: those of few runs are read at once, for most of the runs have none.
private struct RunTags {
  private var few: [Int64: [String]]?
  private let own: RowReader

  /// - Parameter most: so many tags are few.
  init(_ db: Database, upTo most: Int) throws {
    own = try RowReader(db, "SELECT tag FROM tags WHERE run = ? ORDER BY tag", [0])
    var few: [Int64: [String]] = [:]
    var count = 0
    let rows = try RowReader(db, "SELECT run, tag FROM tags ORDER BY run, tag")
    defer { rows.end() }
    while try rows.next() {
      count += 1
      if count > most { return }
      few[rows.integer(0), default: []].append(rows.text(1))
    }
    self.few = few
  }

  func each(of run: Int64, _ body: (String) -> Void) throws {
    if let few { return few[run, default: []].forEach(body) }
    own.restart(with: run)
    while try own.next() { body(own.text(0)) }
  }
}

/// What stands in the row of a run itself.
private struct FactCounter {
  static let sql = """
    SELECT status, sweep, objective, note IS NOT NULL, message IS NOT NULL,
      EXISTS (SELECT 1 FROM logged_runs WHERE run = runs.id) FROM runs WHERE id = ?
    """

  var tags = ValueCounter<String>()
  private(set) var objectives = ValueCounter<String>()
  private(set) var notes = 0
  private(set) var messages = 0
  private(set) var names = 0
  private var statuses = ValueCounter<String>()
  private var sweeps: [Int64: Int] = [:]

  mutating func add(_ row: RowReader) {
    statuses.add(row.text(0))
    sweeps[row.integer(1), default: 0] += 1
    objectives.add(row.text(2))
    notes += Int(row.integer(3))
    messages += Int(row.integer(4))
    names += Int(row.integer(5))
  }

  func fields(_ db: Database) throws -> [RunTally.FieldCount] {
    var experiments = ValueCounter<String>()
    var names = ValueCounter<String>()
    let rows = try RowReader(
      db,
      """
      SELECT sweeps.id, experiments.name, sweeps.name
      FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
      """)
    while try rows.next() {
      guard let count = sweeps[rows.integer(0)] else { continue }
      experiments.add(rows.text(1), times: count)
      names.add(rows.text(2), times: count)
    }
    return [
      statuses.field("status"), experiments.field("experiment"), names.field("sweep"),
      tags.field("tag"),
    ].filter { $0.having > 0 }
  }
}

extension ValueCounter<String> {
  fileprivate mutating func add(_ value: String, times: Int) {
    for _ in 0..<times { add(value) }
  }

  /// The most frequent first, equal ones by name.
  fileprivate var sorted: [(String, Int)] {
    result.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  fileprivate func field(_ column: String) -> RunTally.FieldCount {
    RunTally.FieldCount(
      field: .column(column), values: sorted.map { (.text($0.0), $0.1) }, isCut: result.isCut,
      having: having)
  }
}
