import GRDB

extension RunStore {
  /// The sweeps of the store in the order they were first asked for; their runs are not counted.
  public func sweepNames() throws -> [SweepName] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT experiments.name, sweeps.name FROM sweeps
          JOIN experiments ON experiments.id = sweeps.experiment
          ORDER BY sweeps.experiment, sweeps.id
          """
      ).map { SweepName(experiment: try $0.value(0), sweep: try $0.value(1)) }
    }
  }

  /// Every parameter's path and every metric's name that some run of the store has, sorted.
  public func names() throws -> (parameters: [String], metrics: [String]) {
    try read { db in
      (
        try String.fetchAll(db, sql: "SELECT key FROM parameter_keys ORDER BY key"),
        try String.fetchAll(db, sql: "SELECT name FROM metrics ORDER BY name")
      )
    }
  }
}
