import Foundation
import GRDB
import Tracking

/// By which metric the values of a logged run are compared: MLflow does not say it.
///
/// A tag `labbook.objective` of the run or its experiment does, such as `maximize val/accuracy`; otherwise
/// it is a metric whose name says which way is better, of validation before others. Without one the run
/// has no best values but of metrics that were logged once.
struct LoggedObjective {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Chooses the objective of a run that has ended, its best step, and the values there.
  func choose(_ row: Int64) throws {
    let names = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT metrics.name FROM series JOIN metrics ON metrics.id = series.metric
          WHERE series.run = ? ORDER BY metrics.name
          """), arguments: [row])
    let objective = try told(row) ?? Self.guessed(names)
    try db.cachedStatement(sql: "UPDATE series SET best = NULL WHERE run = ? AND best IS NOT NULL")
      .execute(arguments: [row])
    guard let objective else {
      // As a run begins: a tag that said one may have gone.
      try db.cachedStatement(
        sql: """
          UPDATE runs SET objective = '', direction = 'minimize', best_step = NULL, best_epoch = NULL
          WHERE id = ?1 AND objective != ''
          """
      ).execute(arguments: [row])
      return try fillSingle(row)
    }
    let step = try bestStep(row, objective)
    try db.cachedStatement(
      sql: """
        UPDATE runs SET objective = ?, direction = ?, best_step = ?,
          best_epoch = CASE WHEN ?3 IS NULL THEN NULL ELSE 0 END
        WHERE id = ?4
        """
    ).execute(
      arguments: [objective.metric.name, objective.direction.rawValue, step, row])
    if step != nil { try BestValues.fill(row, db) }
    try fillSingle(row)
  }

  /// A metric whose name says which way is better: of a validation part first, then a score before a loss.
  static func guessed(_ names: [String]) -> Objective? {
    let found = names.compactMap { name in
      Metric(name).direction.map { Objective(Metric(name), $0) }
    }.filter { !$0.metric.isTiming }
    return found.min { rank($0) < rank($1) }
  }

  private static func rank(_ objective: Objective) -> (Int, Int, Int) {
    let name = objective.metric.name.lowercased()
    let isHeldOut = ["val", "eval", "test"].contains { name.hasPrefix($0) }
    return (
      isHeldOut ? 0 : 1, objective.direction == .maximize ? 0 : 1, name.utf8.count
    )
  }

  private func told(_ row: Int64) throws -> Objective? {
    for (_, text) in try tags(row) {
      if let objective = Self.objective(of: text) { return objective }
    }
    return nil
  }

  /// What the tags of a run and of its experiment say, in this order, and whether it is the experiment's.
  private func tags(_ row: Int64) throws -> [(isOfExperiment: Bool, text: String)] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT 0, value FROM logged_tags WHERE run = ?1 AND key = ?2
          UNION ALL
          SELECT 1, experiment_tags.value FROM runs JOIN sweeps ON sweeps.id = runs.sweep
            JOIN experiment_tags ON experiment_tags.experiment = sweeps.experiment
          WHERE runs.id = ?1 AND experiment_tags.key = ?2
          """), arguments: [row, LoggedTag.objective]
    ).map { ($0[0], $0[1]) }
  }

  /// `maximize val/accuracy`; `nil` for a text of another form.
  private static func objective(of text: String) -> Objective? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2,
      let direction = Direction(rawValue: words[0].trimmingCharacters(in: [":"]))
    else { return nil }
    return Objective(Metric(words[1]), direction)
  }

  /// Where the objective of a run comes from.
  func origin(_ row: Int64) throws -> ObjectiveOrigin {
    let tags = try tags(row)
    for (isOfExperiment, text) in tags where Self.objective(of: text) != nil {
      return isOfExperiment ? .experimentTag : .tag
    }
    return .name(unread: tags.first?.text)
  }

  /// Chooses again for the ended runs of an experiment, whose tag has changed.
  func chooseAll(ofExperiment id: Int64) throws {
    let rows = try Int64.fetchAll(
      db,
      sql: """
        SELECT runs.id FROM runs JOIN sweeps ON sweeps.id = runs.sweep
          JOIN logged_runs ON logged_runs.run = runs.id
        WHERE sweeps.experiment = ? AND runs.status NOT IN ('running', 'planned')
        """, arguments: [id])
    for row in rows { try choose(row) }
  }

  private func bestStep(_ row: Int64, _ objective: Objective) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT points.step FROM metrics JOIN layouts ON layouts.metrics = '[' || metrics.id || ']'
            CROSS JOIN points ON points.run = ?1 AND points.layout = layouts.id
          WHERE metrics.name = ?2 AND points.v0 IS NOT NULL
          ORDER BY points.v0 \(objective.direction == .minimize ? "ASC" : "DESC"), points.step
          LIMIT 1
          """), arguments: [row, objective.metric.name])
  }

  /// A metric that was logged once has that value as its best one.
  private func fillSingle(_ row: Int64) throws {
    try db.cachedStatement(
      sql: """
        UPDATE series SET best = last WHERE run = ?1 AND best IS NULL AND last IS NOT NULL
          AND 1 = (SELECT COUNT(*) FROM (
            SELECT 1 FROM layouts CROSS JOIN points ON points.layout = layouts.id
            WHERE layouts.metrics = '[' || series.metric || ']' AND points.run = series.run
            LIMIT 2))
        """
    ).execute(arguments: [row])
  }
}
