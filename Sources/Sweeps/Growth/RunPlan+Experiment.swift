public import Experiments

extension RunPlan {
  /// Plans all sweeps of an experiment, as far as the file alone says what they run.
  ///
  /// - Throws: `Diagnostics` with everything that is wrong in any combination; an error of reading a
  ///   file where the data or initial weights cannot be read.
  public init(_ experiment: Experiment, facts: PlanFacts) throws {
    self = try GrowingPlan(experiment, facts: facts).plan
  }

  package init(
    experiment: String, sweeps: [SweepSpec], facts: PlanFacts,
    decode: @escaping CombinationDecoder
  ) throws {
    self = try GrowingPlan(experiment: experiment, sweeps: sweeps, facts: facts, decode: decode)
      .plan
  }
}
