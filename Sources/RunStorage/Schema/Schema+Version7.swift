extension Schema {
  /// Which variants of a sweep a run is, so that figures drawn from the store tell them apart.
  static let version7 = """
    CREATE TABLE variants (
      sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE,
      run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      variant TEXT NOT NULL,
      PRIMARY KEY (sweep, run, variant)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX variants_run ON variants (run);

    CREATE VIEW run_variants AS
      SELECT experiments.name AS experiment, sweeps.name AS sweep, runs.run AS run,
        variants.variant AS variant
      FROM variants JOIN runs ON runs.id = variants.run
        JOIN sweeps ON sweeps.id = variants.sweep
        JOIN experiments ON experiments.id = sweeps.experiment;

    """
}
