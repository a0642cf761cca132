extension Schema {
  /// A run that diverged or failed has no final values: what it had reached is in its points.
  static let version5 = """
    DROP VIEW run_values;
    CREATE VIEW run_values AS
      SELECT runs.run AS run, metrics.name AS metric,
        CASE WHEN runs.status NOT IN ('diverged', 'failed') THEN series.last END AS last,
        series.best AS best
      FROM runs JOIN series ON series.run = runs.id JOIN metrics ON metrics.id = series.metric;

    """
}
