import Experiments
import FileLanguage
import Languages
import Results
import RunStorage
import Search
import Sweeps
import Terminal
import Tracking

/// What a sweep varies and what became of it, in lines.
struct SweepSummary {
  private let spec: SweepSpec
  private let results: SweepView
  private var language: Language { results.language }

  /// Where the store has its runs; `nil` where they are made.
  private var source: String?

  init(_ spec: SweepSpec, _ results: SweepView) {
    self.spec = spec
    self.results = results
  }

  init(_ stored: StoredSweep, _ results: SweepView) {
    self.init(
      SweepSpec(name: stored.name, mark: stored.mark, condition: stored.condition), results)
    source = stored.source
  }

  var block: NotebookPage.Sweep {
    NotebookPage.Sweep(
      name: spec.name,
      facts: runs + origin + variants + axes + manner + settings + condition + time, notes: notes)
  }

  private var runs: [NotebookPage.Fact] {
    let configurations = results.configurations.count + results.pending
    let all = results.planned
    let words = [
      language.counted(configurations, .nounConfiguration), language.counted(all, .nounRun),
    ]
    let count = NotebookPage.Fact(
      name: language(.runsFact), text: words.joined(separator: ", "))
    let seeds = Set(results.members.map(\.seed)).sorted()
    if seeds.isEmpty { return [count] }
    let folds = Set(results.members.compactMap(\.fold)).count
    let fold =
      folds == 0 ? [] : [NotebookPage.Fact(name: language(.foldsFact), text: String(folds))]
    let list = seeds.count < 2 || seeds != Array(seeds[0]...seeds[0] + seeds.count - 1)
    let shown =
      list || seeds.count < 3
      ? seeds.prefix(12).map(String.init).joined(separator: ", ") + (seeds.count > 12 ? ", …" : "")
      : language(.range, seeds[0], seeds[seeds.count - 1])
    return [
      count, NotebookPage.Fact(name: language(.seedsFact, seeds.count), text: shown),
    ] + fold
  }

  private var axes: [NotebookPage.Fact] {
    spec.axes.map { axis in
      if let range = axis.range, range.kind != .choice {
        let ends = [range.lower, range.upper].map { ParameterValue.number($0).display }
        return NotebookPage.Fact(
          name: language.key(axis.written),
          text: language(.searchedRange, language.rangeKind(range.kind.rawValue), ends[0], ends[1]))
      }
      var values: [String] = []
      for point in results.points {
        for case let value? in point.values where value.axis == axis.written {
          if !values.contains(value.display) { values.append(value.display) }
        }
      }
      return NotebookPage.Fact(
        name: language.key(axis.written), text: language.listed(values))
    }
  }

  private var origin: [NotebookPage.Fact] {
    if let source { return [NotebookPage.Fact(name: language(.storedFact), text: source)] }
    return from
  }

  private var from: [NotebookPage.Fact] {
    spec.from.map {
      [
        NotebookPage.Fact(
          name: language(.fromFact), text: language(.bestOfSweep, $0.best, $0.sweep))
      ]
    } ?? []
  }

  /// How a search goes, and what ends runs early.
  private var manner: [NotebookPage.Fact] {
    var facts: [NotebookPage.Fact] = []
    if !spec.ranges.isEmpty {
      facts.append(
        NotebookPage.Fact(
          name: language(.strategyFact), text: Self.text(spec.strategy.chosen.withoutNewSettings)))
    }
    if let stop = spec.stop {
      facts.append(
        NotebookPage.Fact(
          name: language(.stopFact), text: Self.text(stop.chosen.withoutNewSettings)))
    }
    return facts
  }

  private static func text(_ chosen: Chosen) -> String {
    let settings = chosen.values.sorted { $0.key < $1.key }
    return ([chosen.name] + settings.map { "\($0.key) \($0.value.display)" })
      .joined(separator: ", ")
  }

  private var variants: [NotebookPage.Fact] {
    spec.variants.map { variant in
      NotebookPage.Fact(
        name: "\(language.key("variant")) \(variant.name)",
        text: variant.substitutions.isEmpty
          ? language(.asTheFileSays) : text(variant.substitutions))
    }
  }

  private var settings: [NotebookPage.Fact] {
    spec.with.isEmpty
      ? [] : [NotebookPage.Fact(name: language(.unlikeTheFile), text: text(spec.with))]
  }

  private var condition: [NotebookPage.Fact] {
    spec.condition.map {
      [NotebookPage.Fact(name: language(.onlyWhere), text: $0.text, isCode: true)]
    } ?? []
  }

  private var time: [NotebookPage.Fact] {
    let seconds = results.runs.compactMap(\.durationSeconds)
    guard !seconds.isEmpty else { return [] }
    return [
      NotebookPage.Fact(
        name: language(.trainingTime),
        text: language(.inAll, PageOrigin.duration(seconds.reduce(0, +), language)))
    ]
  }

  private func text(_ substitutions: [SweepSpec.Substitution]) -> String {
    substitutions.map { "\(language.key($0.written)) = \($0.value.onOneLine)" }.joined(
      separator: ", ")
  }

  /// Runs without a whole result, each configuration once.
  private var notes: [String] {
    var notes: [String] = []
    let statuses: [RunStatus] = [.diverged, .failed, .stopped, .interrupted, .running, .planned]
    for status in statuses {
      let lines = results.configurations.compactMap { configuration -> String? in
        let seeds = configuration.runs.filter { $0.status == status }
          .map(\.seed)
        guard !seeds.isEmpty else { return nil }
        if results.hasFolds {
          return "\(configuration.label) (\(language.counted(seeds.count, .nounRun)))"
        }
        let list = seeds.prefix(10).map(String.init).joined(separator: ", ")
        return "\(configuration.label) (\(language(.seedsFact, seeds.count)) \(list))"
      }
      if !lines.isEmpty {
        let more = lines.count > 8 ? " " + language(.andMore, lines.count - 8) : ""
        notes.append(
          "\(language.status(status)): " + lines.prefix(8).joined(separator: "; ") + more)
      }
    }
    let absent = results.members.count { $0.record == nil }
    if let line = results.growthRemark { notes.append(line) }
    if let line = results.acceptedNote { notes.append(line) }
    if absent == results.members.count {
      notes.append(language(.notRunYet))
    } else if absent > 0 {
      notes.append(language(.notRunYetOf, absent, results.members.count))
    }
    return notes
  }
}

extension SpecNode {
  /// The value as it could be written on one line.
  fileprivate var onOneLine: String {
    switch content {
    case .scalar, .number: text ?? ""
    case .list(let items): "[" + items.map(\.onOneLine).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \($0.value.onOneLine)" }.joined(separator: ", ") + "}"
    }
  }
}
