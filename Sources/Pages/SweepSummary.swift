import Experiments
import FileLanguage
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

  init(_ spec: SweepSpec, _ results: SweepView) {
    self.spec = spec
    self.results = results
  }

  var block: NotebookPage.Sweep {
    NotebookPage.Sweep(
      name: spec.name,
      facts: runs + origin + variants + axes + manner + settings + condition + time, notes: notes)
  }

  private var runs: [NotebookPage.Fact] {
    let configurations = results.configurations.count + results.pending
    let all = results.planned
    let words =
      configurations == 1
      ? "1 configuration" : "\(Quantity.count(configurations)) configurations"
    let count = NotebookPage.Fact(
      name: "runs", text: "\(words), \(Quantity.count(all)) \(all == 1 ? "run" : "runs")")
    let seeds = Set(results.members.map(\.seed)).sorted()
    if seeds.isEmpty { return [count] }
    let folds = Set(results.members.compactMap(\.fold)).count
    let fold = folds == 0 ? [] : [NotebookPage.Fact(name: "folds", text: String(folds))]
    let list = seeds.count < 2 || seeds != Array(seeds[0]...seeds[0] + seeds.count - 1)
    let shown =
      list || seeds.count < 3
      ? seeds.prefix(12).map(String.init).joined(separator: ", ") + (seeds.count > 12 ? ", …" : "")
      : "\(seeds[0]) to \(seeds[seeds.count - 1])"
    return [
      count, NotebookPage.Fact(name: seeds.count == 1 ? "seed" : "seeds", text: shown),
    ] + fold
  }

  private var axes: [NotebookPage.Fact] {
    spec.axes.map { axis in
      if let range = axis.range, range.kind != .choice {
        let ends = [range.lower, range.upper].map { ParameterValue.number($0).display }
        return NotebookPage.Fact(
          name: axis.written, text: "\(range.kind.rawValue) from \(ends[0]) to \(ends[1])")
      }
      var values: [String] = []
      for point in results.points {
        for case let value? in point.values where value.axis == axis.written {
          if !values.contains(value.display) { values.append(value.display) }
        }
      }
      return NotebookPage.Fact(name: axis.written, text: values.joined(separator: ", "))
    }
  }

  private var origin: [NotebookPage.Fact] {
    spec.from.map {
      [NotebookPage.Fact(name: "from", text: "the \($0.best) best of \($0.sweep)")]
    } ?? []
  }

  /// How a search goes, and what ends runs early.
  private var manner: [NotebookPage.Fact] {
    var facts: [NotebookPage.Fact] = []
    if !spec.ranges.isEmpty {
      facts.append(
        NotebookPage.Fact(
          name: "strategy", text: Self.text(spec.strategy.chosen.withoutNewSettings)))
    }
    if let stop = spec.stop {
      facts.append(NotebookPage.Fact(name: "stop", text: Self.text(stop.chosen.withoutNewSettings)))
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
        name: "variant \(variant.name)",
        text: variant.substitutions.isEmpty
          ? "as the file says" : Self.text(variant.substitutions))
    }
  }

  private var settings: [NotebookPage.Fact] {
    spec.with.isEmpty
      ? [] : [NotebookPage.Fact(name: "unlike the file", text: Self.text(spec.with))]
  }

  private var condition: [NotebookPage.Fact] {
    spec.condition.map { [NotebookPage.Fact(name: "only where", text: $0.text)] } ?? []
  }

  private var time: [NotebookPage.Fact] {
    let seconds = results.runs.compactMap(\.durationSeconds)
    guard !seconds.isEmpty else { return [] }
    return [
      NotebookPage.Fact(
        name: "training time", text: PageOrigin.duration(seconds.reduce(0, +)) + " in all")
    ]
  }

  private static func text(_ substitutions: [SweepSpec.Substitution]) -> String {
    substitutions.map { "\($0.written) = \($0.value.onOneLine)" }.joined(separator: ", ")
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
        if results.hasFolds { return "\(configuration.label) (\(seeds.count) runs)" }
        let list = seeds.prefix(10).map(String.init).joined(separator: ", ")
        return "\(configuration.label) (\(seeds.count == 1 ? "seed" : "seeds") \(list))"
      }
      if !lines.isEmpty {
        let more = lines.count > 8 ? " and \(lines.count - 8) more" : ""
        notes.append(
          "\(status.rawValue): " + lines.prefix(8).joined(separator: "; ") + more)
      }
    }
    let absent = results.members.count { $0.record == nil }
    if let line = results.growthRemark { notes.append(line) }
    if let line = results.acceptedNote { notes.append(line) }
    if absent == results.members.count {
      notes.append("not run yet")
    } else if absent > 0 {
      notes.append("not run yet: \(absent) of \(results.members.count) runs")
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
