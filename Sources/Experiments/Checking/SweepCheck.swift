import Datasets
import FileLanguage
import Runs
import Search
import Tracking

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
    // The reader of the sweep has reported a wrong condition, and left it out.
    let formula = sweep.condition?.formula(SpecProblems())
    let mark = sweep.condition?.mark ?? sweep.mark
    var members: [SweepMember] = []
    var kept: [Combination] = []
    let errors = SpecProblems()
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
      case .failure(let found): errors.reportOnce(found.list)
      }
      if errors.list.count >= Self.enough { break }
    }
    problems.report(errors.list)
    if errors.list.isEmpty { checkUse(sweep, formula, isEmpty: members.isEmpty) }
    let facts = SweepFacts(
      sweep: CheckedSweep(spec: sweep, members: members, combinations: kept),
      metrics: metrics.list, shapes: shapes.list, hasFailed: !errors.list.isEmpty || members.isEmpty
    )
    if !facts.hasFailed {
      origin.checkRanking(facts)
      ProgramSweep.check(facts, problems)
    }
    return facts
  }

  private func empty(_ sweep: SweepSpec) -> SweepFacts {
    SweepFacts(
      sweep: CheckedSweep(spec: sweep, members: [], combinations: []), metrics: [], shapes: [],
      hasFailed: true)
  }

  private func member(
    _ configuration: RunConfiguration, _ combination: Combination, _ sweep: SweepSpec
  ) -> SweepMember {
    let seeds = sweep.seeds.values(from: configuration.seed)
    let first = seeds.first ?? configuration.seed
    return SweepMember(
      variant: combination.variant,
      configuration: first == configuration.seed
        ? configuration : configuration.with(seed: first),
      seeds: seeds)
  }

  /// Every path of a sweep is one that some combination has.
  private func checkUse(_ sweep: SweepSpec, _ formula: Formula?, isEmpty: Bool) {
    let set =
      sweep.with + sweep.variants.flatMap(\.substitutions)
      + sweep.axes.flatMap { $0.substitutions.prefix(1) }
    for substitution in set where !reader.used.contains(substitution.keyMark) {
      problems.report(
        substitution.keyMark, "no run of this sweep can use '\(substitution.written)'",
        UnusedPath.advice(substitution.path))
    }
    guard let condition = sweep.condition, let formula else { return }
    let foreign = formula.names.filter { !reader.names.found.contains($0.text) }
    for name in foreign {
      let error = FormulaError(
        column: name.column, width: name.width, "no run of this sweep has '\(name.text)'")
      problems.report(error, in: condition.text, at: condition.mark)
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
