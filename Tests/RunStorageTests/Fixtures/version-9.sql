PRAGMA journal_mode=WAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE experiments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO experiments VALUES(1,'spiral','Spirals','2026-11-29T15:33:28.052Z');
CREATE TABLE sweeps (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name TEXT NOT NULL, plan INTEGER,
  UNIQUE (experiment, name)
) STRICT;
INSERT INTO sweeps VALUES(1,1,'boundaries',NULL);
INSERT INTO sweeps VALUES(2,1,'tricks',NULL);
CREATE TABLE environments (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO environments VALUES(1,'afe2110c3c91100ec61917f11569897fa8f3ed0bdfee8559558400b4e5510687');
CREATE TABLE environment_values (
  environment INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (environment, key)
) STRICT, WITHOUT ROWID;
INSERT INTO environment_values VALUES(1,'version','0.1.0');
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
INSERT INTO runs VALUES(1,'f74227a9130cba943c6ba6909cf5a563','6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,'completed',1,1,'val/loss','minimize','2026-11-29T15:33:28.052Z','2026-11-29T15:33:28.067Z','2026-11-29T15:33:28.068Z',1.25,20,2,10,1,NULL,1,'the first',1,0);
INSERT INTO runs VALUES(2,'89b6a39b505cf3d59e20328508529df5','d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35','2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,'diverged',1,2,'val/loss','minimize','2026-11-29T15:33:28.052Z','2026-11-29T15:33:28.067Z','2026-11-29T15:33:28.069Z',1.25,20,2,10,1,NULL,1,NULL,2,0);
INSERT INTO runs VALUES(3,'112331a8f714fe72733e45de219f0cc8','4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce','2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,'planned',1,3,'val/loss','minimize','2026-11-29T15:33:28.052Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3,0);
CREATE TABLE memberships (
  sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  PRIMARY KEY (sweep, run)
) STRICT, WITHOUT ROWID;
INSERT INTO memberships VALUES(1,1);
INSERT INTO memberships VALUES(2,1);
INSERT INTO memberships VALUES(1,2);
INSERT INTO memberships VALUES(1,3);
CREATE TABLE parameter_keys (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO parameter_keys VALUES(1,'train.lr');
INSERT INTO parameter_keys VALUES(2,'train.model');
INSERT INTO parameter_keys VALUES(3,'models.hidden layer.mlp.hidden');
INSERT INTO parameter_keys VALUES(4,'train.seed');
CREATE TABLE parameter_values (
  id INTEGER PRIMARY KEY,
  value TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO parameter_values VALUES(1,'0.001');
INSERT INTO parameter_values VALUES(2,'"hidden layer"');
INSERT INTO parameter_values VALUES(3,'[100]');
INSERT INTO parameter_values VALUES(4,'1');
INSERT INTO parameter_values VALUES(5,'2');
INSERT INTO parameter_values VALUES(6,'3');
CREATE TABLE parameters (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key INTEGER NOT NULL REFERENCES parameter_keys (id),
  value INTEGER NOT NULL REFERENCES parameter_values (id), text TEXT,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
INSERT INTO parameters VALUES(1,1,1,NULL);
INSERT INTO parameters VALUES(1,2,2,NULL);
INSERT INTO parameters VALUES(1,3,3,NULL);
INSERT INTO parameters VALUES(1,4,4,NULL);
INSERT INTO parameters VALUES(2,1,1,NULL);
INSERT INTO parameters VALUES(2,2,2,NULL);
INSERT INTO parameters VALUES(2,3,3,NULL);
INSERT INTO parameters VALUES(2,4,5,NULL);
INSERT INTO parameters VALUES(3,1,1,NULL);
INSERT INTO parameters VALUES(3,2,2,NULL);
INSERT INTO parameters VALUES(3,3,3,NULL);
INSERT INTO parameters VALUES(3,4,6,NULL);
CREATE TABLE metrics (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO metrics VALUES(1,'val/loss');
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  metric INTEGER NOT NULL REFERENCES metrics (id),
  last REAL,
  last_step INTEGER NOT NULL,
  best REAL,
  UNIQUE (run, metric)
) STRICT;
INSERT INTO series VALUES(1,2,1,NULL,20,0.25);
INSERT INTO series VALUES(2,1,1,0.5,20,0.25);
CREATE TABLE layouts (
  id INTEGER PRIMARY KEY,
  metrics TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO layouts VALUES(1,'[1]');
CREATE TABLE slots (
  metric INTEGER NOT NULL REFERENCES metrics (id),
  layout INTEGER NOT NULL REFERENCES layouts (id),
  slot INTEGER NOT NULL,
  PRIMARY KEY (metric, layout)
) STRICT, WITHOUT ROWID;
INSERT INTO slots VALUES(1,1,0);
CREATE TABLE points (
  run INTEGER NOT NULL,
  layout INTEGER NOT NULL,
  step INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  time INTEGER NOT NULL,
  v0 REAL, v1 REAL, v2 REAL, v3 REAL, v4 REAL, v5 REAL, v6 REAL, v7 REAL,
  PRIMARY KEY (run, layout, step)
) STRICT, WITHOUT ROWID;
INSERT INTO points VALUES(1,1,0,0,1000000,1.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO points VALUES(1,1,10,1,1000010,0.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO points VALUES(1,1,20,2,1000020,0.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO points VALUES(2,1,0,0,1000000,1.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO points VALUES(2,1,10,1,1000010,0.25,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO points VALUES(2,1,20,2,1000020,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE artifacts (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE states (
  run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  lineage TEXT NOT NULL,
  updates INTEGER NOT NULL
) STRICT;
CREATE TABLE tags (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (run, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO tags VALUES(1,'baseline');
CREATE TABLE configurations (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  json TEXT NOT NULL,
  data TEXT NOT NULL,
  initial_weights TEXT,
  folder TEXT NOT NULL,
  relation TEXT NOT NULL
, files TEXT) STRICT;
INSERT INTO configurations VALUES(1,X'6aaf2359b00dada7d08eae67983d553001256b5a4ae0d03c96fb030292dd433a','{"body":{"program":{"_0":{"command":["train","6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"],"environment":{},"files":[],"handling":{"folder":"","graceSeconds":30,"metrics":{"stdout":{}},"passedEnvironment":[],"resumes":false},"parameters":{},"seed":0}}},"hyperparameters":[],"objective":{"direction":"minimize","metric":"val/loss"}}','',NULL,'/home/user/study','../../home/user/study',NULL);
INSERT INTO configurations VALUES(2,X'3f2b7b608719962a32ac82e32b1a48db6ed521360961154381b91efa7fa2794a','{"body":{"program":{"_0":{"command":["train","d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"],"environment":{},"files":[],"handling":{"folder":"","graceSeconds":30,"metrics":{"stdout":{}},"passedEnvironment":[],"resumes":false},"parameters":{},"seed":0}}},"hyperparameters":[],"objective":{"direction":"minimize","metric":"val/loss"}}','',NULL,'/home/user/study','../../home/user/study',NULL);
INSERT INTO configurations VALUES(3,X'baf8feaf590b0ddbf79a373e2b96a7250c369266d65de260286b9e66b71522ad','{"body":{"program":{"_0":{"command":["train","4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"],"environment":{},"files":[],"handling":{"folder":"","graceSeconds":30,"metrics":{"stdout":{}},"passedEnvironment":[],"resumes":false},"parameters":{},"seed":0}}},"hyperparameters":[],"objective":{"direction":"minimize","metric":"val/loss"}}','',NULL,'/home/user/study','../../home/user/study',NULL);
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
CREATE TABLE artifact_names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO artifact_names VALUES(1,'final.safetensors');
CREATE TABLE packs (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
INSERT INTO packs VALUES(1,X'616263');
CREATE TABLE contents (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  pack INTEGER NOT NULL,
  start INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO contents VALUES(1,X'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',1,0,3);
CREATE TABLE small_artifacts (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES artifact_names (id),
  content INTEGER NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
INSERT INTO small_artifacts VALUES(1,1,1);
INSERT INTO small_artifacts VALUES(2,1,1);
CREATE TABLE checkpoints (
  run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE accepted_edits (
  path TEXT NOT NULL,
  contents TEXT NOT NULL,
  counts_as TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  PRIMARY KEY (path, contents)
) STRICT, WITHOUT ROWID;
CREATE TABLE variants (
  sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  variant TEXT NOT NULL,
  PRIMARY KEY (sweep, run, variant)
) STRICT, WITHOUT ROWID;
INSERT INTO variants VALUES(1,1,'plain');
INSERT INTO variants VALUES(1,2,'plain');
INSERT INTO variants VALUES(1,3,'plain');
CREATE TABLE logged_experiments (
  experiment INTEGER PRIMARY KEY REFERENCES experiments (id) ON DELETE CASCADE,
  name TEXT NOT NULL UNIQUE,
  sweep INTEGER REFERENCES sweeps (id) ON DELETE SET NULL,
  artifacts TEXT,
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL
) STRICT;
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
CREATE TABLE logged_models (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  source INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  shelf INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('pending', 'ready', 'failed')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  parameters TEXT NOT NULL,
  tags TEXT NOT NULL
) STRICT;
CREATE TABLE logged_model_metrics (
  model INTEGER NOT NULL REFERENCES logged_models (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  run TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  dataset_digest TEXT NOT NULL,
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (model, name, run, dataset_name, dataset_digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE run_models (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('input', 'output')),
  step INTEGER NOT NULL,
  PRIMARY KEY (run, model, direction)
) STRICT, WITHOUT ROWID;
CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (experiment, name, digest)
) STRICT;
CREATE TABLE run_datasets (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  tags TEXT NOT NULL,
  PRIMARY KEY (run, dataset)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX runs_current ON runs (key) WHERE current = 1;
CREATE INDEX runs_key ON runs (key);
CREATE INDEX runs_sweep ON runs (sweep);
CREATE INDEX runs_configuration ON runs (configuration);
CREATE INDEX runs_created ON runs (created_at);
CREATE INDEX runs_environment ON runs (environment);
CREATE INDEX runs_running ON runs (status) WHERE status = 'running';
CREATE INDEX memberships_run ON memberships (run);
CREATE INDEX series_last ON series (metric, last, run);
CREATE INDEX series_best ON series (metric, best, run);
CREATE TRIGGER runs_deleted AFTER DELETE ON runs BEGIN
  DELETE FROM points WHERE run = OLD.id;
END;
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
CREATE INDEX states_lineage ON states (lineage, updates);
CREATE INDEX tags_tag ON tags (tag, run);
CREATE VIEW run_tags AS
  SELECT runs.run AS run, tags.tag AS tag FROM runs JOIN tags ON tags.run = runs.id;
CREATE INDEX runs_request ON runs (request);
CREATE INDEX plan_runs_run ON plan_runs (run);
CREATE INDEX contents_pack ON contents (pack);
CREATE INDEX small_artifacts_content ON small_artifacts (content);
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
CREATE VIEW run_values AS
  SELECT runs.run AS run, metrics.name AS metric,
    CASE WHEN runs.status NOT IN ('diverged', 'failed') THEN series.last END AS last,
    series.best AS best
  FROM runs JOIN series ON series.run = runs.id JOIN metrics ON metrics.id = series.metric;
CREATE VIEW run_files AS
  SELECT runs.run AS run, json_each.key AS path, json_each.value AS sha256
  FROM runs JOIN configurations ON configurations.id = runs.request
    JOIN json_each(configurations.files);
CREATE INDEX variants_run ON variants (run);
CREATE VIEW run_variants AS
  SELECT experiments.name AS experiment, sweeps.name AS sweep, runs.run AS run,
    variants.variant AS variant
  FROM variants JOIN runs ON runs.id = variants.run
    JOIN sweeps ON sweeps.id = variants.sweep
    JOIN experiments ON experiments.id = sweeps.experiment;
CREATE INDEX logged_experiments_sweep ON logged_experiments (sweep);
CREATE UNIQUE INDEX logged_points_place
  ON logged_points (run, metric, step, time, COALESCE(value, 'nan'));
CREATE INDEX runs_begun ON runs (sweep, current, started_at DESC, run);
CREATE VIEW run_names AS
  SELECT runs.run AS run, logged_runs.name AS name, logged_runs.user AS user
  FROM logged_runs JOIN runs ON runs.id = logged_runs.run;
CREATE VIEW run_labels AS
  SELECT runs.run AS run, logged_tags.key AS key, logged_tags.value AS value
  FROM logged_tags JOIN runs ON runs.id = logged_tags.run;
CREATE INDEX logged_models_experiment ON logged_models (experiment);
CREATE INDEX logged_models_source ON logged_models (source);
CREATE INDEX logged_models_shelf ON logged_models (shelf);
CREATE INDEX run_datasets_dataset ON run_datasets (dataset);
COMMIT;
PRAGMA application_id=1281450594;
PRAGMA user_version=9;
