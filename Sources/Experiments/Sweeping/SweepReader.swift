import FileLanguage
import Tracking

/// Reads the keys that make a sweep.
struct SweepReader {
  let problems: SpecProblems
  let tree: FileTree
  let overrides: [SweepSpec.Substitution]

  private var models: [String] { tree.models.map(\.name) }
  private var paths: PathReader { tree.paths(problems) }
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// Reads a sweep of its mapping; keys that are none of a sweep's are the caller's to check.
  func sweep(_ node: SpecNode, name: String, mark: Mark) -> SweepSpec {
    let before = problems.list.count
    let with = node.entry("with").map { substitutions($0.value, of: "with") } ?? []
    let variants = node.entry("variants").map { self.variants($0.value) } ?? []
    let axes = node.entry("over").map { self.axes($0.value) } ?? []
    let strategy = strategy(node["strategy"])
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

  private func axes(_ node: SpecNode) -> [SweepSpec.Axis] {
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
      return AxisReader(problems: problems, models: models).axis(entry, at: path)
    }
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

  private func condition(_ node: SpecNode?) -> SweepSpec.Condition? {
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
