import Tracking

/// What of a metric's points stands for a run in a table.
public enum MetricReduction: String, Hashable, Sendable, CaseIterable {
  /// The final value.
  case last
  /// The value at the epoch that the objective chose.
  case best
  /// The least and the greatest of all points; what is not a number is left out.
  case min, max

  /// The SQL of the value of a row of `runs`; its one argument is the metric's name.
  ///
  /// The least and the greatest are looked for among the run's points, the others are kept beside them.
  var term: String {
    let metric = "(SELECT id FROM metrics WHERE name = ?)"
    switch self {
    case .last, .best:
      return "(SELECT \(rawValue) FROM series WHERE run = runs.id AND metric = \(metric))"
    case .min, .max:
      return """
        (SELECT \(rawValue)(\(Self.pointValue))
          FROM slots JOIN points ON points.run = runs.id AND points.layout = slots.layout
          WHERE slots.metric = \(metric))
        """
    }
  }

  /// The SQL of the value of one run, by the numbers of the run and of the metric; a run without the metric
  /// has no row, or nothing in it.
  var statement: String {
    switch self {
    case .last, .best: "SELECT \(rawValue) FROM series WHERE run = ? AND metric = ?"
    case .min, .max:
      """
      SELECT \(rawValue)(\(Self.pointValue))
        FROM slots JOIN points ON points.run = ? AND points.layout = slots.layout
        WHERE slots.metric = ?
      """
    }
  }

  /// What a row of points has of a metric, by its slot.
  private static let pointValue: String = {
    let values = (0..<7).map { "WHEN \($0) THEN v\($0)" }.joined(separator: " ")
    return "CASE slots.slot \(values) ELSE v7 END"
  }()

  /// What `term` is, for ranking: a run that diverged or failed has none.
  var rankedTerm: String { "CASE WHEN \(RunSelection.isBad) THEN NULL ELSE \(term) END" }
}
