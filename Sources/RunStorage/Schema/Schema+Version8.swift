extension Schema {
  /// Experiments and runs that were logged through MLflow's tracking API.
  ///
  /// Such a run is a row of `runs` as any other, its parameters, points and series stand where all do;
  /// here is what only MLflow asks for. `parameters.text` is a value as it was sent where the value is
  /// written otherwise, `0.10` for 0.1. `points` has one value a metric and step, the latest;
  /// `logged_points` has the others, for MLflow keeps them all.
  static let version8 = """
    CREATE TABLE logged_experiments (
      experiment INTEGER PRIMARY KEY REFERENCES experiments (id) ON DELETE CASCADE,
      name TEXT NOT NULL UNIQUE,
      sweep INTEGER REFERENCES sweeps (id) ON DELETE SET NULL,
      artifacts TEXT,
      deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX logged_experiments_sweep ON logged_experiments (sweep);

    CREATE TABLE experiment_tags (
      experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (experiment, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logged_runs (
      run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      user TEXT NOT NULL,
      started INTEGER,
      ended INTEGER,
      deleted_at INTEGER,
      seed_name TEXT,
      artifacts TEXT NOT NULL
    ) STRICT;

    CREATE TABLE logged_tags (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logged_points (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric INTEGER NOT NULL REFERENCES metrics (id),
      step INTEGER NOT NULL,
      time INTEGER NOT NULL,
      value REAL
    ) STRICT;
    CREATE UNIQUE INDEX logged_points_place
      ON logged_points (run, metric, step, time, COALESCE(value, 'nan'));

    ALTER TABLE parameters ADD COLUMN text TEXT;
    CREATE INDEX runs_begun ON runs (sweep, current, started_at DESC, run);

    CREATE VIEW run_names AS
      SELECT runs.run AS run, logged_runs.name AS name, logged_runs.user AS user
      FROM logged_runs JOIN runs ON runs.id = logged_runs.run;

    CREATE VIEW run_labels AS
      SELECT runs.run AS run, logged_tags.key AS key, logged_tags.value AS value
      FROM logged_tags JOIN runs ON runs.id = logged_tags.run;

    """
}
