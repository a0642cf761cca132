public import Experiments
package import Languages
import RunStorage
public import Runs
public import Tracking

extension SweepView {
  /// What `table: compare` compares; `nil` where the cell says nothing to compare.
  ///
  /// - Throws: `LabbookError` where nobody has said which way the metric is better, by which a group's
  ///   configurations rank.
  public func comparison(_ cell: TableCell) throws(LabbookError) -> Comparison? {
    try cell.by.map { key throws(LabbookError) in
      try Comparison(
        self, by: key, against: cell.against?.display, metric: cell.metric ?? objective.metric,
        cell.value, pooled: cell.isPooled)
    }
  }
}

extension Comparison {
  /// Compares the groups of a sweep by a key, by runs of the same seed.
  ///
  /// A group with several configurations stands by the one that ranks first by the metric.
  ///
  /// - Parameters:
  ///   - against: the group the others are compared with; `nil` means the first one.
  ///   - pooled: whether all configurations of a group are taken instead: each seed's mean over them is
  ///     one value.
  /// - Throws: as `comparison(_:)`.
  public init(
    _ view: SweepView, by key: SweepKey, against: String?, metric: Metric, _ which: MetricValue,
    pooled: Bool = false
  ) throws(LabbookError) {
    let found = view.groups(by: key)
    let samples = GroupSamples(view, of: found, metric, which)
    let groups = try found.map { group throws(LabbookError) in
      let sample = pooled ? samples.pooled(group) : try samples.best(group)
      return Group(
        name: group.name, values: sample.values, choice: sample.choice, diverged: sample.diverged)
    }
    self.init(
      label: view.language.key(key.label), metric: metric,
      direction: view.knownDirection(of: metric), groups: groups,
      baseline: against ?? groups.first?.name ?? "", replicate: samples.further.replicate,
      pooled: pooled ? samples.further.names : [])
    language = view.language
    notes = [view.objective.sentence(of: which, language)]
    if let sentence = samples.further.pooledSentence(language) {
      notes.append(
        pooled
          ? sentence
          : language(
            .standsByBestOf, label, language.metric(metric), language.keys(samples.further.names)))
    }
    if replicate != .seed {
      notes.append(language(.countsOf, language.noun(2, replicate.noun)))
    }
    if let adjustment { notes.append(adjustment) }
    if replicate == .fold { notes.append(language(.foldsApproximate)) }
  }
}

extension Objective {
  /// Which of a run's values a figure or table shows, in a sentence.
  package func sentence(of which: MetricValue, _ language: Language) -> String {
    switch which {
    case .last: language(.valuesAreFinal)
    case .best:
      language(
        direction == .minimize ? .valuesOfLeast : .valuesOfGreatest, language.metric(metric))
    }
  }
}
