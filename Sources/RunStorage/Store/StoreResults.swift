public import Runs
public import Tracking

/// The results that a plan grows from, as a store has them.
public struct StoreResults: RunResults {
  private let store: RunStore
  private let counts: (_ key: String, RunStatus) -> Bool

  /// Reads results of a store.
  ///
  /// - Parameter counts: whether the run of a key that stands so is looked at; one that is not counts as
  ///   still to be trained.
  public init(
    _ store: RunStore, counts: @escaping (_ key: String, RunStatus) -> Bool = { _, _ in true }
  ) {
    self.store = store
    self.counts = counts
  }

  /// The configurations that a plan has asked for, in the order in which it did.
  public func configurations(ofPlan hash: String) throws -> [KnownConfiguration] {
    let runs = try store.firstRuns(ofPlan: hash)
    if runs.isEmpty { return [] }
    var query = RunQuery()
    query.runs = runs
    query.includesReplaced = true
    let records = Dictionary(try store.runs(query).map { ($0.id, $0) }) { first, _ in first }
    return runs.compactMap { records[$0] }
      .map { KnownConfiguration(key: $0.configuration, parameters: $0.parameters.dictionary) }
  }

  /// The current run of each key that has one.
  public func results(ofKeys keys: [String], curves: Bool) throws -> [String: RunResult] {
    let found = try store.objectives(ofKeys: keys).filter { counts($0, $1.status) }
    guard curves else {
      return found.mapValues { RunResult(status: $0.status, best: $0.best, isHalted: $0.isHalted) }
    }
    var points: [RunID: [RunResult.EpochValue]] = [:]
    for metric in Set(found.values.map(\.metric)) {
      let runs = found.values.filter { $0.metric == metric }.map(\.run)
      for curve in try store.curves(of: runs, [metric]) {
        points[curve.run] = curve.steps.indices.map {
          RunResult.EpochValue(
            epoch: curve.epochs[$0], value: curve.values[$0], step: curve.steps[$0])
        }
      }
    }
    return found.mapValues {
      RunResult(
        status: $0.status, best: $0.best, curve: points[$0.run] ?? [], isHalted: $0.isHalted)
    }
  }
}
