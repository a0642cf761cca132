import Datasets
import FileLanguage
import Runs
import Search
import Tracking

/// A sweep with the configurations of all of its combinations.
struct CheckedSweep {
  let spec: SweepSpec
  let members: [SweepMember]
  /// What each member was decoded from.
  let combinations: [Combination]

  /// Whether its configurations follow from results, so that the members only stand for them.
  var isOpen: Bool { spec.strategy.implementation.isAdaptive || spec.from != nil }

  /// The sweep's name.
  var name: String { spec.name }
}

/// A sweep with what was found by decoding its combinations.
struct SweepFacts {
  let sweep: CheckedSweep
  /// What its runs measure, each metric once.
  let metrics: [Metric]
  /// The data of its runs, each kind once.
  let shapes: [DataShape]
  /// Whether some combination is wrong, so that little can be said of the others, or its runs are the store's.
  let hasFailed: Bool
  /// Whether its runs are those that the store has, of which a file knows nothing.
  var isStored = false

  /// What is wrong with ranking runs by a metric; `nil` where a run says which way it is better.
  func rankingProblem(_ metric: Metric) -> LabbookError? {
    let isKnown = sweep.members.contains {
      let configuration = $0.configuration
      return configuration.objective.direction(of: metric, configuration.directions) != nil
    }
    return isKnown || hasFailed ? nil : MetricDirections.unknown(metric)
  }

  /// Whether outside programs train runs of it, so that what is measured is known when they have said
  /// so.
  var hasPrograms: Bool {
    sweep.members.contains { $0.configuration.network == nil }
  }

  /// Whether some run measures a metric, or may.
  func mayMeasure(_ metric: Metric) -> Bool {
    isStored || hasPrograms || metrics.contains(metric)
  }

  /// Why something that looks into networks cannot be made of the sweep.
  func networkProblem(_ what: String) -> String {
    "\(what) looks into networks, and the runs of '\(sweep.name)' are a program's"
  }

  /// Whether some run measures its objective, so that runs can be ranked.
  var measuresObjective: Bool {
    sweep.members.contains { mayMeasure($0.configuration.objective.metric) }
  }
}

extension SweepFacts {
  /// A sweep of runs that the store has.
  init(_ stored: StoredSweep) {
    self.init(
      sweep: CheckedSweep(spec: stored.spec, members: [], combinations: []), metrics: [],
      shapes: [], hasFailed: true, isStored: true)
  }
}
