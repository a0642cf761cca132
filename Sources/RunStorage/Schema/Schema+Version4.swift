extension Schema {
  /// Configurations, plans, small files in the store's own pages, runs that a user stopped.
  ///
  /// A configuration is kept once for all of its seeds. The small files of a run lie one after the
  /// other in a pack, which fills pages better than a row each; equal bytes are kept once.
  static let version4 = version4Tables + version4Views

  private static let version4Tables = """
    CREATE TABLE configurations (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      json TEXT NOT NULL,
      data TEXT NOT NULL,
      initial_weights TEXT,
      folder TEXT NOT NULL,
      relation TEXT NOT NULL
    ) STRICT;

    ALTER TABLE runs ADD COLUMN request INTEGER REFERENCES configurations (id);
    ALTER TABLE runs ADD COLUMN halted INTEGER NOT NULL DEFAULT 0 CHECK (halted IN (0, 1));
    CREATE INDEX runs_request ON runs (request);

    CREATE TABLE plans (
      id INTEGER PRIMARY KEY,
      sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
      hash TEXT NOT NULL,
      created_at TEXT NOT NULL,
      UNIQUE (sweep, hash)
    ) STRICT;

    CREATE TABLE plan_runs (
      plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      PRIMARY KEY (plan, run)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX plan_runs_run ON plan_runs (run);

    ALTER TABLE sweeps ADD COLUMN plan INTEGER;

    CREATE TABLE artifact_names (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE packs (
      id INTEGER PRIMARY KEY,
      data BLOB NOT NULL
    ) STRICT;

    CREATE TABLE contents (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      pack INTEGER NOT NULL,
      start INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX contents_pack ON contents (pack);

    CREATE TABLE small_artifacts (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      name INTEGER NOT NULL REFERENCES artifact_names (id),
      content INTEGER NOT NULL,
      PRIMARY KEY (run, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX small_artifacts_content ON small_artifacts (content);

    CREATE TABLE checkpoints (
      run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      data BLOB NOT NULL
    ) STRICT;

    """

  private static let version4Views = """
    DROP VIEW run_table;
    CREATE VIEW run_table AS
      SELECT runs.run AS run, runs.key AS key, experiments.name AS experiment,
        sweeps.name AS sweep, runs.status AS status, runs.current AS current, runs.seed AS seed,
        runs.created_at AS created_at, runs.started_at AS started_at, runs.ended_at AS ended_at,
        runs.duration_s AS duration_s, runs.configuration AS configuration,
        runs.objective AS objective, runs.direction AS direction, runs.step AS last_step,
        runs.epoch AS last_epoch, runs.best_step AS best_step, runs.best_epoch AS best_epoch,
        runs.message AS message, runs.note AS note, configurations.data AS data
      FROM runs JOIN sweeps ON sweeps.id = runs.sweep
        JOIN experiments ON experiments.id = sweeps.experiment
        LEFT JOIN configurations ON configurations.id = runs.request;

    DROP VIEW sweep_runs;
    CREATE VIEW sweep_runs AS
      SELECT experiments.name AS experiment, sweeps.name AS sweep, runs.run AS run,
        CASE WHEN sweeps.plan IS NULL OR EXISTS (SELECT 1 FROM plan_runs
          WHERE plan_runs.plan = sweeps.plan AND plan_runs.run = runs.id)
          THEN 0 ELSE 1 END AS former
      FROM experiments JOIN sweeps ON sweeps.experiment = experiments.id
        JOIN memberships ON memberships.sweep = sweeps.id
        JOIN runs ON runs.id = memberships.run;

    CREATE VIEW run_configurations AS
      SELECT runs.run AS run,
        json_set(configurations.json,
          CASE WHEN json_type(configurations.json, '$.body.network') IS NULL
            THEN '$.body.program._0.seed' ELSE '$.body.network._0.train.seed' END,
          runs.seed) AS configuration,
        configurations.folder AS folder
      FROM runs JOIN configurations ON configurations.id = runs.request;

    DROP VIEW run_params;
    CREATE VIEW run_params AS
      SELECT runs.run AS run, parameter_keys.key AS key, parameter_values.value AS value,
        CASE json_type(parameter_values.value)
          WHEN 'null' THEN 'none'
          WHEN 'text' THEN json_extract(parameter_values.value, '$')
          WHEN 'array' THEN CASE WHEN instr(parameter_values.value, '"') = 0
            THEN replace(replace(parameter_values.value, ',', ', '), 'null', 'none')
            ELSE (SELECT '[' || group_concat(CASE type WHEN 'null' THEN 'none' WHEN 'true'
              THEN 'true' WHEN 'false' THEN 'false' ELSE atom END, ', ') || ']'
              FROM json_each(parameter_values.value)) END
          ELSE parameter_values.value END AS text
      FROM runs JOIN parameters ON parameters.run = runs.id
        JOIN parameter_keys ON parameter_keys.id = parameters.key
        JOIN parameter_values ON parameter_values.id = parameters.value;

    CREATE VIEW run_values AS
      SELECT runs.run AS run, metrics.name AS metric, series.last AS last, series.best AS best
      FROM runs JOIN series ON series.run = runs.id JOIN metrics ON metrics.id = series.metric;

    DROP VIEW run_artifacts;
    CREATE VIEW run_artifacts AS
      SELECT runs.run AS run, artifacts.name AS name, artifacts.path AS path,
        artifacts.bytes AS bytes, artifacts.sha256 AS sha256, NULL AS content
      FROM runs JOIN artifacts ON artifacts.run = runs.id
      UNION ALL
      SELECT runs.run, artifact_names.name, NULL, contents.bytes, lower(hex(contents.digest)),
        COALESCE(substr(packs.data, contents.start + 1, contents.bytes), x'')
      FROM runs JOIN small_artifacts ON small_artifacts.run = runs.id
        JOIN artifact_names ON artifact_names.id = small_artifacts.name
        JOIN contents ON contents.id = small_artifacts.content
        JOIN packs ON packs.id = contents.pack;

    """
}
