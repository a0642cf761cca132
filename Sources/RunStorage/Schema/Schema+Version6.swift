extension Schema {
  /// What the files of outside programs held, and the edits of them that change no number.
  static let version6 = """
    ALTER TABLE configurations ADD COLUMN files TEXT;

    CREATE TABLE accepted_edits (
      path TEXT NOT NULL,
      contents TEXT NOT NULL,
      counts_as TEXT NOT NULL,
      accepted_at TEXT NOT NULL,
      PRIMARY KEY (path, contents)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW run_files AS
      SELECT runs.run AS run, json_each.key AS path, json_each.value AS sha256
      FROM runs JOIN configurations ON configurations.id = runs.request
        JOIN json_each(configurations.files);

    """
}
