import FileLanguage
import NeuralNet
import Runs
import Search
import Tracking

/// Reads the keys that make a sweep.
struct SweepReader {
  let problems: SpecProblems
  let tree: FileTree
  let overrides: [SweepSpec.Substitution]

  private var paths: PathReader { tree.paths(problems) }
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// Reads a sweep of its mapping; keys that are none of a sweep's are the caller's to check.
  func sweep(_ node: SpecNode, name: String, mark: Mark) -> SweepSpec {
    let before = problems.list.count
    var with = node.entry("with").map { substitutions($0.value, of: "with") } ?? []
    let variants = node.entry("variants").map { self.variants($0.value) } ?? []
    let read = node.entry("over").map { self.axes($0.value) } ?? []
    var strategy = strategy(node["strategy"])
    with += read.compactMap(\.base)
    var axes = read.flatMap(\.axes)
    if !overrides.isEmpty { settle(&axes, &strategy) }
    let sweep = SweepSpec(
      name: name, mark: mark, with: with, variants: variants, axes: axes,
      seeds: seeds(node["seeds"]), condition: condition(node["where"]), strategy: strategy,
      stop: stop(node["stop"]), from: from(node["from"]))
    // Of an axis or a strategy that is wrong nothing follows for the others.
    if problems.list.count == before, let problem = sweep.sizeProblem { problems.report([problem]) }
    SweepConflicts(problems: problems, overrides: overrides).check(sweep)
    return sweep
  }

  // MARK: with and variants

  private func substitutions(_ node: SpecNode, of name: String) -> [SweepSpec.Substitution] {
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, name),
        ["expected a mapping of keys to values, such as {lr: 0.1, optimizer: sgd}"])
      return []
    }
    return entries.compactMap { entry in
      guard let path = paths.path(entry.key, at: entry.keyMark), isValue(entry) else { return nil }
      return SweepSpec.Substitution(
        path, entry.value, keyMark: entry.keyMark, written: entry.key)
    }
  }

  /// A value may be anything but nothing; what fits is checked where it is used.
  private func isValue(_ entry: SpecNode.Entry) -> Bool {
    guard !entry.value.isEmpty, !entry.value.isNull else {
      problems.report(entry.value.mark, ValueReader.sentence(entry.value, entry.key))
      return false
    }
    return true
  }

  private func variants(_ node: SpecNode) -> [SweepSpec.Variant] {
    guard let entries = node.entries, !entries.isEmpty else {
      problems.report(
        node.mark,
        node.entries == nil ? ValueReader.sentence(node, "variants") : "variants is empty",
        [
          "expected a mapping of names to changes, such as {plain: {}, sigmoid: {activation: sigmoid}}"
        ])
      return []
    }
    return entries.map { entry in
      Names.checkFree(entry.key, entry.keyMark, "a variant", problems)
      guard entry.value.entries != nil else {
        problems.report(
          entry.value.mark, "variant '\(entry.key)' is no mapping of changes",
          ["expected keys with values; a variant that changes nothing is written {}"])
        return SweepSpec.Variant(name: entry.key, mark: entry.keyMark, substitutions: [])
      }
      return SweepSpec.Variant(
        name: entry.key, mark: entry.keyMark,
        substitutions: substitutions(entry.value, of: entry.key))
    }
  }

  // MARK: over

  /// What a key of `over` stands for: an axis, or those of single widths over a list that they change.
  private struct ReadAxes {
    var base: SweepSpec.Substitution?
    var axes: [SweepSpec.Axis]
  }

  /// Lets axes that `--set` sets have its value alone; a search that has nothing left to search is a grid.
  private func settle(_ axes: inout [SweepSpec.Axis], _ strategy: inout SweepSpec.Strategy) {
    var isSearch = false
    for (index, axis) in axes.enumerated() {
      guard let override = overrides.first(where: { $0.path == axis.path }) else { continue }
      isSearch = isSearch || axis.range != nil
      // Axes that are gone through together keep their length.
      let count = strategy.chosen.name == SweepSpec.Strategy.zip.chosen.name ? axis.values.count : 1
      axes[index] = SweepSpec.Axis(
        path: axis.path, written: axis.written, mark: override.keyMark,
        values: Array(repeating: override.value, count: count))
    }
    if isSearch, axes.allSatisfy({ $0.range == nil }) { strategy = .grid }
  }

  private func axes(_ node: SpecNode) -> [ReadAxes] {
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, "over"),
        ["expected a mapping of keys to lists or ranges, such as {lr: [1e-3, 1e-2]}"])
      return []
    }
    return entries.compactMap { entry in
      if entry.key == "seed" || entry.key == "train.seed" {
        problems.report(
          entry.keyMark, "seeds do not vary under 'over'",
          ["write seeds: 5, or seeds: [1, 2, 3], beside 'over'"])
        return nil
      }
      if entry.key == "seeds" {
        problems.report(
          entry.keyMark, "seeds stand beside 'over', not in it", ["move the line up one level"])
        return nil
      }
      guard let path = paths.path(entry.key, at: entry.keyMark) else { return nil }
      if let widths = widths(entry, at: path) { return widths }
      return AxisReader(problems: problems, models: tree.modelNames).axis(entry, at: path)
        .map { ReadAxes(axes: [$0]) }
    }
  }

  /// A list of hidden layers in which single widths are searched: `hidden: [{int_uniform: [8, 64]}, 16]`;
  /// `nil` where it is none.
  private func widths(_ entry: SpecNode.Entry, at path: SettingPath) -> ReadAxes? {
    let parts: [String] =
      switch path {
      case .absolute(let parts), .ownModel(let parts): parts
      }
    guard parts.last == MultilayerPerceptron.widths, parts.first != "train",
      let items = entry.value.items, items.contains(where: SearchReader.isSearched)
    else { return nil }
    let before = problems.list.count
    var read = ReadAxes(axes: [])
    let base = items.enumerated().map { index, item -> SpecNode in
      guard SearchReader.isSearched(item) else { return item }
      let key = SpecNode.Entry("\(entry.key).\(index)", entry.keyMark, item)
      let axis = SearchReader(problems: problems).axis(key, at: path.appending(String(index)))
      read.axes += axis.map { [$0] } ?? []
      return axis.map { $0.node($0.range?.lower ?? 1) } ?? item
    }
    guard problems.list.count == before else { return ReadAxes(axes: []) }
    read.base = SweepSpec.Substitution(
      path, SpecNode(.list(base), entry.value.mark), keyMark: entry.keyMark, written: entry.key)
    return read
  }

  // MARK: seeds, where, strategy

  private func seeds(_ node: SpecNode?) -> SweepSpec.Seeds {
    guard let node,
      case .value(let kind)? = SweepKeys.all.first(where: { $0.name == "seeds" })?.shape
    else { return .own }
    switch sections.values.value(node, as: kind, of: "seeds") {
    case .integer(let count): return .count(count)
    case .list(let values):
      var seen: Set<ParameterValue> = []
      for (value, item) in zip(values, node.items ?? []) where !seen.insert(value).inserted {
        problems.report(item.mark, "the seed \(value.display) stands here a second time")
      }
      return .list(
        values.compactMap { if case .integer(let seed) = $0 { seed } else { nil } })
    default: return .own
    }
  }

  /// What keeps runs; `nil` where nothing is written, or something wrong, which is reported.
  func condition(_ node: SpecNode?) -> SweepSpec.Condition? {
    guard let node else { return nil }
    guard let text = node.text, !text.isEmpty else {
      problems.report(
        node.mark, ValueReader.sentence(node, "where"),
        ["expected an expression, such as \"lr < 0.1 or optimizer != 'sgd'\""])
      return nil
    }
    let condition = SweepSpec.Condition(text: text, mark: node.mark)
    return condition.formula(problems) == nil ? nil : condition
  }

  private func strategy(_ node: SpecNode?) -> SweepSpec.Strategy {
    guard let node, let chosen = sections.choice(node, SweepKeys.strategy, of: "strategy") else {
      return .grid
    }
    return SweepSpec.Strategy(chosen, mark: node.mark)
  }

  private func stop(_ node: SpecNode?) -> SweepSpec.Stop? {
    guard let node, let chosen = sections.choice(node, SweepKeys.stop, of: "stop") else {
      return nil
    }
    if let steps = node.entry("min_steps"), node["min_epochs"] != nil {
      problems.report(
        steps.keyMark, "a rule counts epochs or steps: 'min_epochs' or 'min_steps', not both")
    }
    return SweepSpec.Stop(chosen, mark: node.mark)
  }

  private func from(_ node: SpecNode?) -> SweepSpec.From? {
    guard let node, let found = sections.section(node, SweepKeys.from, of: "from"),
      case .integer(let best)? = found["best"], case .text(let name)? = found["of"]
    else { return nil }
    return SweepSpec.From(best: best, of: name, mark: node["of"]?.mark ?? node.mark)
  }
}
