extension Schema {
  /// Tags and notes that people give to runs.
  static let version3 = """
    CREATE TABLE tags (
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_tag ON tags (tag, run);

    ALTER TABLE runs ADD COLUMN note TEXT;

    DROP VIEW run_table;
    CREATE VIEW run_table AS
      SELECT runs.run AS run, runs.key AS key, experiments.name AS experiment,
        sweeps.name AS sweep, runs.status AS status, runs.current AS current, runs.seed AS seed,
        runs.created_at AS created_at, runs.started_at AS started_at, runs.ended_at AS ended_at,
        runs.duration_s AS duration_s, runs.configuration AS configuration,
        runs.objective AS objective, runs.direction AS direction, runs.step AS last_step,
        runs.epoch AS last_epoch, runs.best_step AS best_step, runs.best_epoch AS best_epoch,
        runs.message AS message, runs.note AS note
      FROM runs JOIN sweeps ON sweeps.id = runs.sweep
        JOIN experiments ON experiments.id = sweeps.experiment;

    CREATE VIEW run_tags AS
      SELECT runs.run AS run, tags.tag AS tag FROM runs JOIN tags ON tags.run = runs.id;

    """
}
