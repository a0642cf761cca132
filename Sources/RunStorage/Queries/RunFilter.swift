public import Tracking

/// A condition on runs that is looked at while they are read, from the values of a few names alone.
public struct RunFilter: Sendable {
  /// What a value is read from.
  public enum Field: Hashable, Sendable {
    /// One of `RunRecord.columns`.
    case column(String)
    /// A resolved value of the file, by its path.
    case parameter(String)
    /// A metric's final value; not-a-number where the run diverged or failed, so that it is neither
    /// small nor large.
    case metric(Metric)
  }

  /// What `holds` is given, in this order; what a run lacks is off.
  public let fields: [Field]
  /// Whether a run with these values is wanted.
  public let holds: @Sendable ([ParameterValue]) throws -> Bool

  /// Makes a condition.
  public init(_ fields: [Field], _ holds: @escaping @Sendable ([ParameterValue]) throws -> Bool) {
    self.fields = fields
    self.holds = holds
  }
}

extension RunFilter.Field {
  /// The SQL of the value beside a row of `runs`, and its argument.
  var selection: (sql: String, argument: String?) {
    switch self {
    case .column(let name): (Self.column(name), nil)
    case .parameter(let path):
      (
        """
        (SELECT value FROM parameters WHERE run = runs.id
          AND key = (SELECT id FROM parameter_keys WHERE key = ?))
        """, path
      )
    case .metric(let metric):
      (
        """
        (SELECT CASE WHEN \(RunSelection.isBad) THEN 'nan' ELSE COALESCE(last, 'nan') END
          FROM series WHERE run = runs.id
          AND metric = (SELECT id FROM metrics WHERE name = ?))
        """, metric.name
      )
    }
  }

  private static func column(_ name: String) -> String {
    switch name {
    case "experiment":
      """
      (SELECT experiments.name FROM sweeps JOIN experiments ON experiments.id = sweeps.experiment
        WHERE sweeps.id = runs.sweep)
      """
    case "sweep": "(SELECT name FROM sweeps WHERE id = runs.sweep)"
    case "tag": "(SELECT group_concat(tag, char(10)) FROM tags WHERE run = runs.id)"
    case RunRecord.nameColumn: "(SELECT name FROM logged_runs WHERE run = runs.id)"
    case "data": "(SELECT data FROM configurations WHERE id = runs.request)"
    case "last_step": "runs.step"
    case "last_epoch": "runs.epoch"
    case _ where RunRecord.columns.contains(name): "runs." + name
    default: "NULL"
    }
  }
}

/// Turns the columns of a row into the values of a filter's fields.
struct FilteredRow {
  private let fields: [RunFilter.Field]
  private let first: Int32

  /// - Parameter first: the column of the first field.
  init(_ fields: [RunFilter.Field], from first: Int32) {
    self.fields = fields
    self.first = first
  }

  func values(_ row: RowReader, _ stored: inout StoredValues) throws -> [ParameterValue] {
    var values: [ParameterValue] = []
    values.reserveCapacity(fields.count)
    for (index, field) in fields.enumerated() {
      let column = first + Int32(index)
      if case .column("tag") = field {
        let tags = row.isNull(column) ? [] : row.text(column).split(separator: "\n")
        values.append(.list(tags.map { .text(String($0)) }))
      } else if row.isNull(column) {
        values.append(.off)
      } else if case .parameter = field {
        values.append(try stored.value(row.integer(column)))
      } else if case .metric = field {
        values.append(.number(row.isText(column) ? .nan : row.number(column)))
      } else if row.isText(column) {
        values.append(.text(row.text(column)))
      } else {
        values.append(
          row.isInteger(column)
            ? .integer(Int(row.integer(column))) : .number(row.number(column)))
      }
    }
    return values
  }
}
