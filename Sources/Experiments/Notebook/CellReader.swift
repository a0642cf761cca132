import Datasets
import FileLanguage
import Runs
import Tracking

/// What reading a plot and reading a table have in common.
struct CellReader {
  let problems: SpecProblems
  let tree: FileTree
  let facts: [SweepFacts]
  /// The nearest sweep above.
  let above: String?
  let item: SpecNode

  var sections: SectionReader { SectionReader(problems: problems) }

  /// The sweep a cell speaks of; `nil` where there is none, which is reported.
  func sweep() -> SweepFacts? {
    if let node = item["sweep"] {
      guard case .text(let name)? = sections.values.value(node, as: .text, of: "sweep") else {
        return nil
      }
      if let found = facts.first(where: { $0.sweep.name == name }) { return found }
      problems.report(
        node.mark, "there is no sweep \(Words.quoted(name))",
        alternatives(name, among: facts.map(\.sweep.name)))
      return nil
    }
    if let above { return facts.first { $0.sweep.name == above } }
    problems.report(
      item.entries?.first?.keyMark ?? item.mark, "there is no sweep above this cell",
      facts.isEmpty
        ? ["a sweep is a cell too: - {sweep: NAME, over: {...}}"]
        : ["name one: sweep: " + (facts.first?.sweep.name ?? "")])
    return nil
  }

  /// A plain value of the cell by its key; `nil` where it is not written or wrong.
  func value(_ key: Key) -> ParameterValue? {
    guard let node = item[key.name], case .value(let kind) = key.shape else { return nil }
    return sections.values.value(node, as: kind, of: key.name)
  }

  /// The texts of a key that holds one or a list of them, each with its place.
  func texts(_ key: Key) -> [(text: String, mark: Mark)] {
    guard let node = item[key.name], value(key) != nil else { return [] }
    return (node.items ?? [node]).compactMap { item in item.text.map { ($0, item.mark) } }
  }

  /// A metric that some run of the sweep measures; wrong ones are reported.
  func metrics(_ key: Key, _ sweep: SweepFacts) -> [Metric] {
    let found = texts(key)
    if sweep.isStored { return found.map { Metric($0.text) } }
    guard !sweep.hasFailed else {
      for (text, mark) in found { MetricAdvice.reportImpossible(text, mark, problems) }
      return found.map { Metric($0.text) }
    }
    return found.map { text, mark in
      let metric = Metric(text)
      if !sweep.mayMeasure(metric) {
        MetricAdvice.report(
          text, mark, sweep.metrics, "no run of '\(sweep.sweep.name)' measures", problems)
      }
      return metric
    }
  }

  /// A key by which runs are grouped, or several together; `nil` where it is wrong, which is reported.
  func key(_ key: Key, _ sweep: SweepFacts) -> SweepKey? {
    let found = texts(key)
    let keys = found.compactMap { self.key($0.text, $0.mark, sweep) }
    return found.isEmpty || keys.count < found.count ? nil : SweepKey(all: keys)
  }

  /// A key from its text.
  func key(_ text: String, _ mark: Mark, _ sweep: SweepFacts) -> SweepKey? {
    if sweep.isStored { return storedKey(text, mark) }
    if text == "variant" {
      if sweep.sweep.spec.variants.isEmpty {
        problems.report(mark, "the sweep '\(sweep.sweep.name)' has no variants")
        return nil
      }
      return .variant
    }
    if SettingPath(bare: text)?.isFold == true, sweep.hasFolds {
      return .setting(.absolute(["data", SettingPath.foldWord]), written: text)
    }
    let paths = tree.paths(problems)
    guard let path = paths.path(text, at: mark) else { return nil }
    if !sweep.hasFailed,
      !sweep.sweep.members.contains(where: { $0.configuration.value(at: path) != nil })
    {
      problems.report(
        mark, "no run of '\(sweep.sweep.name)' has '\(text)'", UnusedPath.advice(path))
      return nil
    }
    let key = SweepKey.setting(path, written: text)
    return key.isSeed ? seedProblem(mark) : key
  }

  /// A key of runs that the store has: what it means is seen when they are looked at.
  private func storedKey(_ text: String, _ mark: Mark) -> SweepKey? {
    let key =
      text == "variant"
      ? .variant : SweepKey.setting(SettingPath(bare: text) ?? .absolute([text]), written: text)
    return key.isSeed ? seedProblem(mark) : key
  }

  private func seedProblem(_ mark: Mark) -> SweepKey? {
    problems.report(
      mark, "seeds are not told apart here", ["figures and tables show the mean over the seeds"])
    return nil
  }

  /// The values of a key over a sweep's runs, in their order; of the fold all folds.
  func orderedValues(_ key: SweepKey, _ sweep: SweepFacts) -> [ParameterValue] {
    sweep.sweep.members.flatMap { member -> [ParameterValue] in
      guard key.isFold, sweep.hasFolds else { return member.value(key).map { [$0] } ?? [] }
      return member.configuration.eachFold.compactMap { fold in
        key.value(variant: member.variant) { path in
          path.isFold
            ? fold.map(ParameterValue.integer) : member.configuration.value(at: path)
        }
      }
    }
  }

  /// The different values of a key over a sweep's runs.
  func values(_ key: SweepKey, _ sweep: SweepFacts) -> Set<ParameterValue> {
    Set(orderedValues(key, sweep))
  }
}
