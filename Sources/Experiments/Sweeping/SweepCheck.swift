import Datasets
import FileLanguage
import Runs
import Search
import Tracking

/// A sweep with the configurations of all of its combinations.
struct CheckedSweep {
  let spec: SweepSpec
  let members: [Experiment.Member]
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
  /// Whether some combination is wrong, so that little can be said of the others.
  let hasFailed: Bool

  /// What is wrong with ranking runs by a metric; `nil` where a run says which way it is better.
  func rankingProblem(_ metric: Metric) -> LabbookError? {
    let isKnown = sweep.members.contains {
      let configuration = $0.configuration
      return configuration.objective.direction(of: metric, configuration.directions) != nil
    }
    return isKnown || hasFailed ? nil : MetricDirections.unknown(metric)
  }

  /// Whether some run measures its objective, so that runs can be ranked.
  var measuresObjective: Bool {
    sweep.members.contains { metrics.contains($0.configuration.objective.metric) }
  }
}

/// Decodes every combination of a sweep and reports what is wrong with each.
struct SweepCheck {
  let problems: SpecProblems
  let reader: ConfigurationReader

  /// After so many different errors the rest is not looked at.
  private static let enough = SpecProblems.most

  /// Decodes a sweep.
  ///
  /// - Parameter others: the sweeps above it.
  func check(_ sweep: SweepSpec, below others: [SweepFacts] = []) -> SweepFacts {
    guard sweep.sizeProblem == nil else { return empty(sweep) }
    let origin = OriginCheck(problems: problems, others: others)
    guard let bases = origin.bases(of: sweep) else { return empty(sweep) }
    let combinations = Combinations(sweep, from: sweep.from == nil ? nil : bases)
    let formula = sweep.condition.flatMap { try? Formula(condition: $0) }
    let mark = sweep.condition?.mark ?? sweep.mark
    var members: [Experiment.Member] = []
    var kept: [Combination] = []
    var errors: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    var metrics = Ordered<Metric>()
    var shapes = Ordered<DataShape>()
    for combination in combinations {
      switch reader.configuration(for: combination, where: formula, at: mark) {
      case .success(let configuration?):
        members.append(member(configuration, combination, sweep))
        kept.append(combination)
        if let shape = reader.shape(of: configuration) {
          shapes.insert(shape)
          for metric in configuration.metrics(of: shape) ?? [] { metrics.insert(metric) }
        }
      case .success(nil): break
      case .failure(let found): errors += found.list.filter { seen.insert($0).inserted }
      }
      if errors.count >= Self.enough { break }
    }
    problems.report(errors)
    if errors.isEmpty { checkUse(sweep, isEmpty: members.isEmpty) }
    let facts = SweepFacts(
      sweep: CheckedSweep(spec: sweep, members: members, combinations: kept),
      metrics: metrics.list, shapes: shapes.list, hasFailed: !errors.isEmpty || members.isEmpty)
    if !facts.hasFailed { origin.checkRanking(facts) }
    return facts
  }

  private func empty(_ sweep: SweepSpec) -> SweepFacts {
    SweepFacts(
      sweep: CheckedSweep(spec: sweep, members: [], combinations: []), metrics: [], shapes: [],
      hasFailed: true)
  }

  private func member(
    _ configuration: RunConfiguration, _ combination: Combination, _ sweep: SweepSpec
  ) -> Experiment.Member {
    let seeds = sweep.seeds.values(from: configuration.seed)
    let first = seeds.first ?? configuration.seed
    return Experiment.Member(
      variant: combination.variant,
      configuration: first == configuration.seed
        ? configuration : configuration.with(seed: first),
      seeds: seeds)
  }

  /// Every path of a sweep is one that some combination has.
  private func checkUse(_ sweep: SweepSpec, isEmpty: Bool) {
    let set =
      sweep.with + sweep.variants.flatMap(\.substitutions)
      + sweep.axes.flatMap { $0.substitutions.prefix(1) }
    for substitution in set where !reader.used.contains(substitution.keyMark) {
      problems.report(
        substitution.keyMark, "no run of this sweep can use '\(substitution.written)'",
        UnusedPath.advice(substitution.path))
    }
    guard let condition = sweep.condition, let formula = try? Formula(condition: condition) else {
      return
    }
    let foreign = formula.names.filter { !reader.names.found.contains($0.text) }
    for name in foreign {
      let error = FormulaError(
        column: name.column, width: name.width, "no run of this sweep has '\(name.text)'")
      problems.report([error.diagnostic(in: condition.text, at: condition.mark)])
    }
    let isAdaptive = sweep.strategy.implementation.isAdaptive
    if isEmpty, foreign.isEmpty, !isAdaptive {
      problems.report(condition.mark, "'where' leaves no combination")
    }
  }
}

/// Values in the order they came, each once.
private struct Ordered<Value: Hashable> {
  private(set) var list: [Value] = []
  private var seen: Set<Value> = []

  mutating func insert(_ value: Value) {
    if seen.insert(value).inserted { list.append(value) }
  }
}
