public import Experiments

/// Everything an experiment will run.
public struct RunPlan: Sendable {
  /// The experiment's name.
  public let experiment: String
  /// The sweeps in the order of the file.
  public let sweeps: [SweepPlan]
  /// The epochs whose weights its figures ask of the runs; they are in no key.
  public private(set) var keptEpochs: Set<Int> = []

  /// Plans all sweeps of an experiment.
  ///
  /// - Throws: `Diagnostics` with everything that is wrong in any combination; an error of reading a
  ///   file where the data or initial weights cannot be read.
  public init(_ experiment: Experiment, facts: PlanFacts) throws {
    let reader = experiment.reader()
    try self.init(
      experiment: experiment.name, sweeps: experiment.sweeps, facts: facts,
      decode: { reader.configuration(for: $0, where: $1) })
    keptEpochs = Set(
      experiment.cells.flatMap { cell -> [Int] in
        guard case .plot(let plot) = cell else { return [] }
        return plot.plot.keptEpochs
      })
  }

  package init(
    experiment: String, sweeps: [SweepSpec], facts: PlanFacts,
    decode: CombinationDecoder
  ) throws {
    var expansions: [SweepExpansion] = []
    var problems: [Diagnostic] = []
    for sweep in sweeps {
      let expansion = SweepExpansion(sweep, decode: decode)
      problems += expansion.problems
      expansions.append(expansion)
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    self.experiment = experiment
    self.sweeps = try expansions.map { try SweepPlan($0, facts: facts) }
  }

  /// The runs of all sweeps, each once, with the names of the sweeps that ask for it.
  public var runs: [(run: PlannedRun, sweeps: [String])] {
    var result: [(run: PlannedRun, sweeps: [String])] = []
    var places: [String: Int] = [:]
    for sweep in sweeps {
      for run in sweep.runs {
        if let place = places[run.key] {
          result[place].sweeps.append(sweep.name)
        } else {
          places[run.key] = result.count
          result.append((run, [sweep.name]))
        }
      }
    }
    return result
  }

  /// A sweep by its name.
  public subscript(_ name: String) -> SweepPlan? { sweeps.first { $0.name == name } }
}
