import GRDB

/// The values at the epoch that the objective chose, kept beside each series.
enum BestValues {
  /// Sets `series.best` of one run from its points and its `best_step`.
  ///
  /// A metric that a program told once, such as at its end, has that value as its best one.
  static func fill(_ row: Int64, _ db: Database) throws {
    for sql in [fromPoints, fromOnlyPoint] {
      let statement = try RawStatement(db, sql)
      statement.bind(row, at: 1)
      try statement.run()
    }
  }

  private static let fromPoints = """
    UPDATE series SET best = (
      SELECT CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3
        WHEN 4 THEN v4 WHEN 5 THEN v5 WHEN 6 THEN v6 ELSE v7 END
      FROM slots CROSS JOIN points ON points.layout = slots.layout
      WHERE slots.metric = series.metric AND points.run = series.run
        AND points.step = (SELECT best_step FROM runs WHERE id = series.run))
    WHERE run = ?
    """

  private static let fromOnlyPoint = """
    UPDATE series SET best = last
    WHERE run = ?1 AND best IS NULL AND last IS NOT NULL
      AND (SELECT best_step FROM runs WHERE id = ?1) IS NOT NULL
      AND 1 = (
        SELECT COUNT(*) FROM slots CROSS JOIN points ON points.layout = slots.layout
        WHERE slots.metric = series.metric AND points.run = series.run)
      AND EXISTS (
        SELECT 1 FROM runs JOIN configurations ON configurations.id = runs.request
        WHERE runs.id = ?1
          AND json_type(configurations.json, '$.body.program') IS NOT NULL)
    """
}
