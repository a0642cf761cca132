import Experiments

extension SweepPlan {
  /// Turns combinations into configurations and runs; equal ones become one.
  init(_ expansion: SweepExpansion, facts: PlanFacts) throws {
    var drafts: [ConfigurationDraft] = []
    var places: [String: Int] = [:]
    for combination in expansion.combinations {
      let configuration = combination.configuration
      let fingerprint = try facts.fingerprint(of: configuration.data)
      let weights = try facts.initialWeights(of: configuration.train)
      let key = RunKey.configuration(
        configuration, fingerprint: fingerprint, initialWeights: weights)
      let place = places[key] ?? drafts.count
      if place == drafts.count {
        places[key] = place
        let lineage = RunKey.lineage(
          configuration, fingerprint: fingerprint, initialWeights: weights)
        drafts.append(
          ConfigurationDraft(key: key, lineage: lineage, configuration: configuration))
      }
      drafts[place].points.append(combination.point)
      for seed in combination.point.seeds where drafts[place].seeds.insert(seed).inserted {
        let key = RunKey.run(
          configuration.with(seed: seed), fingerprint: fingerprint, initialWeights: weights)
        drafts[place].runs.append((key, seed))
      }
    }
    let labels = SweepLabels(expansion.combinations.map(\.point))
    name = expansion.sweep.name
    axes = expansion.sweep.dimensions.map(\.label)
    configurations = drafts.enumerated().map { index, draft in
      draft.planned(index, label: labels.label(of: draft.points[0], draft.configuration))
    }
    counts = Counts(
      combinations: expansion.combinations.count + expansion.excluded,
      excluded: expansion.excluded, merged: expansion.combinations.count - drafts.count)
  }
}

/// A configuration while its combinations and seeds are collected.
private struct ConfigurationDraft {
  let key: String
  let lineage: String?
  let configuration: RunConfiguration
  var points: [SweepPoint] = []
  var seeds: Set<Int> = []
  var runs: [(key: String, seed: Int)] = []

  func planned(_ index: Int, label: String) -> PlannedConfiguration {
    PlannedConfiguration(
      index: index, key: key, label: label,
      configuration: configuration.with(seed: runs.first?.seed ?? configuration.train.seed),
      points: points,
      runs: runs.map {
        PlannedRun(
          key: $0.key, configurationKey: key,
          lineage: RunKey.lineage(of: lineage, seed: $0.seed), seed: $0.seed, label: label,
          base: configuration)
      })
  }
}
