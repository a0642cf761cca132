public import FileLanguage

/// A sweep of a notebook whose runs the store has already.
///
/// Programs logged them through MLflow, or they are another experiment's. Nothing of it is trained.
public struct StoredSweep: Hashable, Sendable {
  /// Its name in the notebook.
  public let name: String
  /// The experiment whose runs it shows, as the store calls it.
  public let experiment: String
  /// The sweep of that experiment.
  public let sweep: String
  /// Which of its runs it shows, as `labbook runs --where` takes it; `nil` for all.
  public let condition: SweepSpec.Condition?
  /// The place of its name in the store.
  public let mark: Mark

  /// Its name in the store, `EXPERIMENT/SWEEP`.
  public var source: String { "\(experiment)/\(sweep)" }

  /// What cells that know nothing of its runs see of it.
  var spec: SweepSpec { SweepSpec(name: name, mark: mark, condition: condition) }
}
