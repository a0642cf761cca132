import GRDB
public import Tracking

/// How far a run is, as whoever follows many runs asks several times a second.
public struct RunPlace: Hashable, Sendable {
  /// The run.
  public let run: RunID
  /// Where it stands, as the store has it.
  public let status: RunStatus
  /// Updates done.
  public let step: Int?
  /// Epochs done.
  public let epoch: Int?
  /// Whether a user asked it to stop.
  public let isHalted: Bool
  /// The last value of the metric that was asked for, also of a run that diverged or failed.
  public let value: Double?
}

/// What whoever follows a store asks of it.
extension RunStore {
  /// Marks the runs of processes that died as interrupted, as every list of runs does.
  public func lookForAbandonedRuns() throws { try freeAbandonedRuns() }

  /// Some runs as they stand, replaced ones among them, in the order they were registered.
  public func runs(ofIDs runs: [RunID]) throws -> [RunRecord] {
    var query = RunQuery()
    query.runs = runs
    query.includesReplaced = true
    return try self.runs(query)
  }

  /// How far some runs are, those that are there, in the order they were registered.
  ///
  /// - Parameter metric: whose last value is read too; `nil` for none.
  public func places(of runs: [RunID], _ metric: Metric? = nil) throws -> [RunPlace] {
    try places(
      "runs.run IN (SELECT value FROM json_each(?))", [Self.jsonList(runs)], metric)
  }

  /// How far the current runs of a sweep's latest plan are, in the order they were registered.
  ///
  /// - Parameter metric: whose last value is read too; `nil` for none.
  public func places(in sweep: SweepName, _ metric: Metric? = nil) throws -> [RunPlace] {
    try places(
      """
      runs.current = 1 AND runs.id IN (SELECT memberships.run FROM memberships
        JOIN sweeps ON sweeps.id = memberships.sweep
        JOIN experiments ON experiments.id = sweeps.experiment
        WHERE experiments.name = ? AND sweeps.name = ? AND \(RunSelection.isPlanned))
      """, [sweep.experiment, sweep.sweep], metric)
  }

  private func places(
    _ condition: String, _ arguments: [String], _ metric: Metric?
  ) throws -> [RunPlace] {
    try read { db in
      let rows = try RowReader(
        db,
        """
        SELECT runs.run, runs.status, runs.step, runs.epoch, runs.halted, series.last FROM runs
        LEFT JOIN series ON series.run = runs.id
          AND series.metric = (SELECT id FROM metrics WHERE name = ?)
        WHERE \(condition) ORDER BY runs.id
        """, [metric?.name] + arguments)
      var places: [RunPlace] = []
      while try rows.next() {
        guard let run = rows.run(0), let status = RunStatus(rawValue: rows.text(1))
        else { continue }
        places.append(
          RunPlace(
            run: run, status: status, step: rows.optionalInteger(2),
            epoch: rows.optionalInteger(3), isHalted: rows.integer(4) == 1,
            value: rows.optionalNumber(5)))
      }
      return places
    }
  }
}

extension Curve {
  /// The points up to a step.
  public func part(upTo step: Int) -> Curve {
    guard let last = steps.last, last > step else { return self }
    let count = steps.prefix { $0 <= step }.count
    return Curve(
      run: run, metric: metric, steps: Array(steps.prefix(count)),
      epochs: Array(epochs.prefix(count)), values: Array(values.prefix(count)),
      times: Array(times.prefix(count)))
  }
}
