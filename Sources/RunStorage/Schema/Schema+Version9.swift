extension Schema {
  /// What MLflow's clients log beside runs: models, which model a run made or took, and data sets.
  ///
  /// The files of a model are those of the run that made it, below `models/`; a model without a run keeps
  /// them in a run of its own, `shelf`. Parameters and tags are objects of JSON.
  static let version9 = """
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
    CREATE INDEX logged_models_experiment ON logged_models (experiment);
    CREATE INDEX logged_models_source ON logged_models (source);
    CREATE INDEX logged_models_shelf ON logged_models (shelf);

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
    CREATE INDEX run_datasets_dataset ON run_datasets (dataset);

    """
}
