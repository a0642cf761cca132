import FileLanguage
import Runs
import Search
import Tracking

/// Checks what a sweep takes from another, and what a ranking by the objective needs.
struct OriginCheck {
  let problems: SpecProblems
  /// The sweeps above.
  let others: [SweepFacts]

  /// So many of another sweep's combinations stand for all of them.
  private static let most = 200

  /// The combinations a sweep may begin with, a few of very many; `nil` where there are none, which is
  /// reported.
  func bases(of sweep: SweepSpec) -> [Combination]? {
    guard let from = sweep.from else { return [] }
    guard let source = others.first(where: { $0.sweep.name == from.sweep }) else {
      let names = others.map(\.sweep.name)
      problems.report(
        from.mark,
        from.sweep == sweep.name
          ? "a sweep cannot begin with its own configurations"
          : "there is no sweep \(Words.quoted(from.sweep)) above this one",
        names.isEmpty
          ? ["a sweep that others begin with stands above them in the notebook"]
          : alternatives(from.sweep, among: names))
      return nil
    }
    let size = source.sweep.spec.size
    if from.best > size, !source.hasFailed {
      problems.report(
        from.mark,
        "the \(from.best) best of '\(from.sweep)' are asked for, and it has "
          + "\(size) configuration\(size == 1 ? "" : "s")")
      return nil
    }
    let all = source.sweep.combinations
    guard !all.isEmpty else { return nil }
    let stride = (all.count + Self.most - 1) / Self.most
    return all.indices.filter { $0 % stride == 0 }.map { all[$0] }
  }

  /// Reports a search, a rule or an origin whose runs measure no objective to be ranked by.
  func checkRanking(_ facts: SweepFacts) {
    let spec = facts.sweep.spec
    if !facts.measuresObjective, spec.strategy.implementation.isAdaptive {
      report(spec.strategy.mark ?? spec.mark, "a search by results", spec.name)
    }
    if !facts.measuresObjective, let stop = spec.stop { report(stop.mark, "stop", spec.name) }
    if let from = spec.from, let source = others.first(where: { $0.sweep.name == from.sweep }),
      !source.measuresObjective, !source.hasFailed
    {
      report(from.mark, "from", source.sweep.name)
    }
    if facts.measuresObjective { checkRungs(spec, facts) }
  }

  /// A rule that no run reaches says nothing.
  private func checkRungs(_ spec: SweepSpec, _ facts: SweepFacts) {
    guard let stop = spec.stop, let rule = stop.implementation else { return }
    let epochs = facts.sweep.members.map { member in
      member.configuration.network?.train.duration.epochs ?? .max
    }
    guard let longest = epochs.max(), longest <= rule.minEpochs else { return }
    problems.report(
      stop.mark,
      "no run of '\(spec.name)' is longer than the \(rule.minEpochs) epochs before the first comparison",
      ["give min_epochs below \(longest)"])
  }

  private func report(_ mark: Mark, _ what: String, _ name: String) {
    problems.report(
      mark, "\(what) ranks by the objective, and no run of '\(name)' measures it",
      ["runs without a loss, such as those of the source cloud, measure none"])
  }
}
