import Experiments
import Runs

/// The configurations of a sweep while its combinations come; equal ones are one.
struct SweepPlanDraft {
  private let facts: PlanFacts
  private var drafts: [ConfigurationDraft] = []
  private var places: [String: Int] = [:]
  private var keys = RunKeyMaker()

  init(_ facts: PlanFacts) { self.facts = facts }

  /// How many configurations there are.
  var count: Int { drafts.count }

  /// Takes a combination; the place of its configuration.
  mutating func add(_ member: SweepExpansion.Member) throws -> Int {
    let configuration = member.configuration
    let files = try facts.files(of: configuration)
    let key = keys.configuration(configuration, files)
    let place = places[key] ?? drafts.count
    if place == drafts.count {
      places[key] = place
      let lineage = keys.lineage(configuration, files)
      drafts.append(ConfigurationDraft(key: key, lineage: lineage, files: files, first: member))
    }
    drafts[place].points.append(member.point)
    for seed in member.point.seeds where drafts[place].seeds.insert(seed).inserted {
      for fold in configuration.eachFold {
        let key = keys.run(configuration.with(fold: fold), seed: seed, files)
        drafts[place].runs.append((key, seed, fold))
      }
    }
    return place
  }

  /// The combination that a configuration first came from.
  func origin(of place: Int) -> SweepExpansion.Origin { drafts[place].first.origin }

  /// The configuration at a place, as it stands.
  func planned(_ place: Int, _ labels: SweepLabels) -> PlannedConfiguration {
    let draft = drafts[place]
    let label = labels.label(of: draft.points[0], draft.first.configuration)
    return draft.planned(place, label: label)
  }
}

/// A configuration while its combinations and seeds are collected.
private struct ConfigurationDraft {
  let key: String
  let lineage: String?
  let files: FileFingerprints
  let first: SweepExpansion.Member
  var points: [SweepPoint] = []
  var seeds: Set<Int> = []
  var runs: [(key: String, seed: Int, fold: Int?)] = []

  func planned(_ index: Int, label: String) -> PlannedConfiguration {
    let configuration = first.configuration
    return PlannedConfiguration(
      index: index, key: key, label: label,
      configuration: configuration.with(seed: runs.first?.seed ?? configuration.seed),
      points: points,
      runs: runs.map {
        PlannedRun(
          key: $0.key, configurationKey: key,
          lineage: RunKey.lineage(of: lineage, seed: $0.seed, fold: $0.fold), seed: $0.seed,
          fold: $0.fold, label: label, files: files, base: configuration)
      })
  }
}
