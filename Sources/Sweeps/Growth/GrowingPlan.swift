public import Experiments
import FileLanguage
public import Runs
import Tracking

/// The plan of an experiment, part of which follows from the results of its runs: a search's rounds,
/// how far a rule lets runs go, the best configurations of another sweep.
///
/// What it comes to depends on the file and on these results alone, not on when they came. It is used
/// by one thread.
public final class GrowingPlan {
  /// The experiment's name.
  public let experiment: String
  private let sweeps: [SweepGrowth]
  private let keptEpochs: Set<Int>
  /// What tells each sweep's plan from that of a changed file, by the sweep's name.
  public let hashes: [String: String]

  /// Plans as much as the file alone says.
  ///
  /// - Throws: `Diagnostics` with everything that is wrong in any combination; an error of reading a
  ///   file where the data or initial weights cannot be read.
  public convenience init(_ experiment: Experiment, facts: PlanFacts) throws {
    let reader = experiment.reader()
    try self.init(
      experiment: experiment.name, sweeps: experiment.sweeps, facts: facts,
      keptEpochs: Set(
        experiment.cells.flatMap { cell -> [Int] in
          guard case .plot(let plot) = cell else { return [] }
          return plot.plot.keptEpochs
        }),
      overrides: experiment.spec.overrides,
      decode: { reader.configuration(for: $0, where: $1) })
  }

  package init(
    experiment: String, sweeps specs: [SweepSpec], facts: PlanFacts,
    keptEpochs: Set<Int> = [], overrides: [SweepSpec.Substitution] = [],
    decode: @escaping CombinationDecoder
  ) throws {
    self.experiment = experiment
    self.keptEpochs = keptEpochs
    sweeps = specs.map { SweepGrowth($0, facts: facts, decode: decode) }
    let sources = Set(specs.compactMap(\.from?.sweep))
    for sweep in sweeps where sources.contains(sweep.spec.name) { sweep.isSource = true }
    for sweep in sweeps { try sweep.begin() }
    let problems = sweeps.flatMap(\.problems)
    if !problems.isEmpty { throw Diagnostics(problems) }
    hashes = Self.hashes(sweeps, overrides)
  }

  /// The hashes of sweeps; one that takes the best of another has that one's in its own.
  private static func hashes(
    _ sweeps: [SweepGrowth], _ overrides: [SweepSpec.Substitution]
  ) -> [String: String] {
    var hashes: [String: String] = [:]
    func hash(of sweep: SweepGrowth) -> String {
      if let known = hashes[sweep.spec.name] { return known }
      let source = sweeps.first { $0.spec.name == sweep.spec.from?.sweep && $0 !== sweep }
      hashes[sweep.spec.name] = ""  // Ends a circle, which the checks have refused.
      let made = PlanHash.of(
        sweep.spec, keys: sweep.plan.runs.map(\.key), source: source.map(hash),
        overrides: overrides)
      hashes[sweep.spec.name] = made
      return made
    }
    for sweep in sweeps { _ = hash(of: sweep) }
    return hashes
  }

  /// What is known of the plan.
  public var plan: RunPlan {
    RunPlan(experiment: experiment, sweeps: sweeps.map(\.plan), keptEpochs: keptEpochs)
  }

  /// Goes on as far as results allow; whether the plan changed.
  ///
  /// - Throws: what keeps results from being read; `Diagnostics` where a configuration that came of
  ///   them is wrong.
  @discardableResult
  public func grow(_ results: some RunResults) throws -> Bool {
    var hasGrown = false
    for sweep in sweeps {
      let source = sweeps.first { $0.spec.name == sweep.spec.from?.sweep }
      try sweep.recover(results, plan: hashes[sweep.spec.name] ?? "")
      if try sweep.grow(results, from: source) { hasGrown = true }
    }
    return hasGrown
  }

  /// The sweeps that propose when there is time for a run.
  public var asynchronous: Set<String> {
    Set(sweeps.filter(\.isAsynchronous).map(\.spec.name))
  }

  /// Makes one proposal for the first of some sweeps that has any left, while other runs are at work; whether
  /// there was one.
  ///
  /// - Throws: as `grow`.
  public func propose(_ results: some RunResults, among names: Set<String>) throws -> Bool {
    for sweep in sweeps where sweep.isAsynchronous && names.contains(sweep.spec.name) {
      try sweep.recover(results, plan: hashes[sweep.spec.name] ?? "")
      if try sweep.proposeOnArrival(results) { return true }
    }
    return false
  }
}
