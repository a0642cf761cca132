/// Everything an experiment will run, as far as it is known.
public struct RunPlan: Sendable {
  /// The experiment's name.
  public let experiment: String
  /// The sweeps in the order of the file.
  public let sweeps: [SweepPlan]
  /// The epochs whose weights its figures ask of the runs; they are in no key.
  public let keptEpochs: Set<Int>

  init(experiment: String, sweeps: [SweepPlan], keptEpochs: Set<Int>) {
    self.experiment = experiment
    self.sweeps = sweeps
    self.keptEpochs = keptEpochs
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
