import RunStorage
import Tracking

/// All that the page of a run shows, read once.
struct RunDetails {
  let run: RunRecord
  /// The shortest beginning of its id that no other has.
  let name: String
  let environment: [String: String]
  let artifacts: [ArtifactRecord]
  let memberships: [(sweep: SweepName, isFormer: Bool)]
  /// How many current runs have its configuration, itself among them.
  let siblings: Int
  /// Least and greatest values of its metrics.
  let reduced: [ReducedMetric: Double]
  let differences: RunDifferences
  let log: RunLogTail?
  /// Where the objective of a logged run comes from.
  let origin: ObjectiveOrigin?
  /// What its program has told through MLflow.
  let logging: RunLogging?

  /// So many metrics are looked through for their least and greatest point.
  static let mostReduced = 200

  /// - Throws: `LabbookError` where the store cannot be read.
  init(_ run: RunRecord, _ store: RunStore, _ cache: TableCache) throws {
    self.run = run
    name = try store.beginnings(of: [run.id])[run.id] ?? run.id.description
    environment = try store.environment(of: run.id)
    artifacts = try store.artifacts(of: run.id)
    memberships = try store.memberships(of: run.id)
    var query = RunQuery()
    query.configurations = [run.configuration]
    siblings = try store.count(query)
    let metrics = run.metrics.keys.sorted { $0.name < $1.name }.prefix(Self.mostReduced)
    reduced =
      try store.values(
        metrics.flatMap { [ReducedMetric($0, .min), ReducedMetric($0, .max)] }, of: [run.id])[
        run.id] ?? [:]
    differences = try RunDifferences(run, cache)
    origin = try store.objectiveOrigin(of: run)
    logging = try RunLogging(run, store)
    log = try RunLogTail(run, artifacts, in: store)
  }
}
