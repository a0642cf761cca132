/// The tables and the public views of the store, as numbered migrations.
///
/// A migration that has been released never changes; a change to the tables is a new one at the
/// end. The tables are ours to change, the views are what other programs read.
enum Schema {
  /// What `PRAGMA application_id` holds in every store: the letters `Labb`.
  static let applicationID: Int32 = 0x4C61_6262

  /// The version this program writes; `PRAGMA user_version` of the file.
  static var version: Int { migrations.count }

  /// The SQL that leads from version `index` to version `index + 1`.
  static let migrations = [
    version1Tables + version1Views, version2, version3, version4, version5, version6, version7,
    version8, version9,
  ]

  /// The points of one step lie in one row, so that what they share is written once and a point
  /// costs 10 to 22 bytes: a layout says which metric each of the row's values is.
  ///
  /// `points` has no foreign keys, which would be looked up at every insertion; a trigger takes the
  /// rows away with their run. `series` keeps the last and the best value of each metric of a run,
  /// by which runs are sorted without reading points.
  private static let version1Tables = """
    CREATE TABLE experiments (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      title TEXT,
      created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sweeps (
      id INTEGER PRIMARY KEY,
      experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      UNIQUE (experiment, name)
    ) STRICT;

    CREATE TABLE environments (
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE environment_values (
      environment INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (environment, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      run TEXT NOT NULL UNIQUE,
      key TEXT NOT NULL,
      configuration TEXT NOT NULL,
      sweep INTEGER NOT NULL REFERENCES sweeps (id),
      status TEXT NOT NULL CHECK (status IN ('planned', 'running', 'completed', 'diverged',
        'stopped', 'interrupted', 'failed')),
      current INTEGER NOT NULL CHECK (current IN (0, 1)),
      seed INTEGER NOT NULL,
      objective TEXT NOT NULL,
      direction TEXT NOT NULL CHECK (direction IN ('minimize', 'maximize')),
      created_at TEXT NOT NULL,
      started_at TEXT,
      ended_at TEXT,
      duration_s REAL,
      step INTEGER,
      epoch INTEGER,
      best_step INTEGER,
      best_epoch INTEGER,
      message TEXT,
      environment INTEGER REFERENCES environments (id)
    ) STRICT;
    CREATE UNIQUE INDEX runs_current ON runs (key) WHERE current = 1;
    CREATE INDEX runs_key ON runs (key);
    CREATE INDEX runs_sweep ON runs (sweep);
    CREATE INDEX runs_configuration ON runs (configuration);
    CREATE INDEX runs_created ON runs (created_at);
    CREATE INDEX runs_environment ON runs (environment);
    CREATE INDEX runs_running ON runs (status) WHERE status = 'running';

    CREATE TABLE memberships (
      sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      PRIMARY KEY (sweep, run)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memberships_run ON memberships (run);

    CREATE TABLE parameter_keys (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE parameter_values (
      id INTEGER PRIMARY KEY,
      value TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE parameters (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      key INTEGER NOT NULL REFERENCES parameter_keys (id),
      value INTEGER NOT NULL REFERENCES parameter_values (id),
      PRIMARY KEY (run, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE metrics (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      metric INTEGER NOT NULL REFERENCES metrics (id),
      last REAL,
      last_step INTEGER NOT NULL,
      best REAL,
      UNIQUE (run, metric)
    ) STRICT;
    CREATE INDEX series_last ON series (metric, last, run);
    CREATE INDEX series_best ON series (metric, best, run);

    CREATE TABLE layouts (
      id INTEGER PRIMARY KEY,
      metrics TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE slots (
      metric INTEGER NOT NULL REFERENCES metrics (id),
      layout INTEGER NOT NULL REFERENCES layouts (id),
      slot INTEGER NOT NULL,
      PRIMARY KEY (metric, layout)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE points (
      run INTEGER NOT NULL,
      layout INTEGER NOT NULL,
      step INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      time INTEGER NOT NULL,
      v0 REAL, v1 REAL, v2 REAL, v3 REAL, v4 REAL, v5 REAL, v6 REAL, v7 REAL,
      PRIMARY KEY (run, layout, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER runs_deleted AFTER DELETE ON runs BEGIN
      DELETE FROM points WHERE run = OLD.id;
    END;

    CREATE TABLE artifacts (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (run, name)
    ) STRICT, WITHOUT ROWID;

    """

  /// The runs whose last state longer ones go on from; a lineage is a run's key without its length.
  private static let version2 = """
    CREATE TABLE states (
      run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      lineage TEXT NOT NULL,
      updates INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX states_lineage ON states (lineage, updates);

    """

  private static let version1Views = """
    CREATE VIEW run_table AS
      SELECT runs.run AS run, runs.key AS key, experiments.name AS experiment,
        sweeps.name AS sweep, runs.status AS status, runs.current AS current, runs.seed AS seed,
        runs.created_at AS created_at, runs.started_at AS started_at, runs.ended_at AS ended_at,
        runs.duration_s AS duration_s, runs.configuration AS configuration,
        runs.objective AS objective, runs.direction AS direction, runs.step AS last_step,
        runs.epoch AS last_epoch, runs.best_step AS best_step, runs.best_epoch AS best_epoch,
        runs.message AS message
      FROM runs JOIN sweeps ON sweeps.id = runs.sweep
        JOIN experiments ON experiments.id = sweeps.experiment;

    CREATE VIEW sweep_runs AS
      SELECT experiments.name AS experiment, sweeps.name AS sweep, runs.run AS run
      FROM experiments JOIN sweeps ON sweeps.experiment = experiments.id
        JOIN memberships ON memberships.sweep = sweeps.id
        JOIN runs ON runs.id = memberships.run;

    CREATE VIEW run_params AS
      SELECT runs.run AS run, parameter_keys.key AS key, parameter_values.value AS value
      FROM runs JOIN parameters ON parameters.run = runs.id
        JOIN parameter_keys ON parameter_keys.id = parameters.key
        JOIN parameter_values ON parameter_values.id = parameters.value;

    CREATE VIEW metric_points AS
      SELECT runs.run AS run, metrics.name AS metric, points.step AS step, points.epoch AS epoch,
        CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3
          WHEN 4 THEN v4 WHEN 5 THEN v5 WHEN 6 THEN v6 ELSE v7 END AS value, points.time AS time
      FROM runs JOIN series ON series.run = runs.id
        JOIN metrics ON metrics.id = series.metric
        JOIN slots ON slots.metric = series.metric
        JOIN points ON points.run = runs.id AND points.layout = slots.layout;

    CREATE VIEW run_artifacts AS
      SELECT runs.run AS run, artifacts.name AS name, artifacts.path AS path,
        artifacts.bytes AS bytes, artifacts.sha256 AS sha256
      FROM runs JOIN artifacts ON artifacts.run = runs.id;

    CREATE VIEW run_environment AS
      SELECT runs.run AS run, environment_values.key AS key, environment_values.value AS value
      FROM runs JOIN environment_values ON environment_values.environment = runs.environment;

    """
}
