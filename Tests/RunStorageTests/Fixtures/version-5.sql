PRAGMA application_id = 1281450594;
PRAGMA user_version = 5;
CREATE TABLE experiments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE sweeps (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name TEXT NOT NULL, plan INTEGER,
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
, note TEXT, request INTEGER REFERENCES configurations (id), halted INTEGER NOT NULL DEFAULT 0 CHECK (halted IN (0, 1))) STRICT;
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
CREATE VIEW metric_points AS
  SELECT runs.run AS run, metrics.name AS metric, points.step AS step, points.epoch AS epoch,
    CASE slots.slot WHEN 0 THEN v0 WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3
      WHEN 4 THEN v4 WHEN 5 THEN v5 WHEN 6 THEN v6 ELSE v7 END AS value, points.time AS time
  FROM runs JOIN series ON series.run = runs.id
    JOIN metrics ON metrics.id = series.metric
    JOIN slots ON slots.metric = series.metric
    JOIN points ON points.run = runs.id AND points.layout = slots.layout;
CREATE VIEW run_environment AS
  SELECT runs.run AS run, environment_values.key AS key, environment_values.value AS value
  FROM runs JOIN environment_values ON environment_values.environment = runs.environment;
CREATE TABLE states (
  run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  lineage TEXT NOT NULL,
  updates INTEGER NOT NULL
) STRICT;
CREATE INDEX states_lineage ON states (lineage, updates);
CREATE TABLE tags (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (run, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, run);
CREATE VIEW run_tags AS
  SELECT runs.run AS run, tags.tag AS tag FROM runs JOIN tags ON tags.run = runs.id;
CREATE TABLE configurations (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  json TEXT NOT NULL,
  data TEXT NOT NULL,
  initial_weights TEXT,
  folder TEXT NOT NULL,
  relation TEXT NOT NULL
) STRICT;
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
  SELECT runs.run AS run, metrics.name AS metric,
    CASE WHEN runs.status NOT IN ('diverged', 'failed') THEN series.last END AS last,
    series.best AS best
  FROM runs JOIN series ON series.run = runs.id JOIN metrics ON metrics.id = series.metric;
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
