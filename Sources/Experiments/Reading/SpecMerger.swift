import FileLanguage

/// Puts one tree over another: mappings merge, lists and scalars replace, `null` removes, and a
/// choice given anew replaces the old one whole.
struct SpecMerger {
  private let problems: SpecProblems
  private let hasBase: Bool

  /// Makes a merger; without a base every `null` is an error of its own.
  init(_ problems: SpecProblems, hasBase: Bool = true) {
    self.problems = problems
    self.hasBase = hasBase
  }

  /// `node` over `base`, both at `path`.
  func merge(_ node: SpecNode, over base: SpecNode, at path: [String]) -> SpecNode {
    guard case .mapping(let entries) = node.content else { return node }
    guard let below = Self.mapping(base, at: path),
      !ChoiceRule.replaces(node, base, at: path)
    else { return withoutRemovals(node, at: path) }
    let rivals = Set(entries.flatMap { ChoiceRule.rivals(of: $0.key, at: path) })
    var merged = below.filter { !rivals.contains($0.key) }
    for entry in entries { put(entry, into: &merged, at: path) }
    return SpecNode(.mapping(merged), node.mark)
  }

  private func put(_ entry: SpecNode.Entry, into merged: inout [SpecNode.Entry], at path: [String])
  {
    let index = merged.firstIndex { $0.key == entry.key }
    if entry.value.isNull {
      if let index {
        merged.remove(at: index)
      } else {
        reportNull(entry)
      }
      return
    }
    guard let index = merged.firstIndex(where: { $0.key == entry.key }) else {
      var fresh = entry
      fresh.value = withoutRemovals(entry.value, at: path + [entry.key])
      merged.append(fresh)
      return
    }
    let value = merge(entry.value, over: merged[index].value, at: path + [entry.key])
    merged[index] = SpecNode.Entry(entry.key, entry.keyMark, value)
  }

  /// The tree with every `null` that removes nothing told and dropped.
  func withoutRemovals(_ node: SpecNode, at path: [String] = []) -> SpecNode {
    guard case .mapping(let entries) = node.content else { return node }
    let kept = entries.compactMap { entry -> SpecNode.Entry? in
      guard !entry.value.isNull else {
        reportNull(entry)
        return nil
      }
      var copy = entry
      copy.value = withoutRemovals(entry.value, at: path + [entry.key])
      return copy
    }
    return SpecNode(.mapping(kept), node.mark)
  }

  private func reportNull(_ entry: SpecNode.Entry) {
    let message =
      hasBase
      ? "null removes a key of the base, and the base has no '\(entry.key)' here"
      : "\(entry.key) cannot be null"
    problems.report(
      entry.value.mark, message, ["remove the line, or write 'none' for a setting that is off"])
  }

  /// The entries of a mapping, or of a choice by its bare name as the mapping it stands for.
  private static func mapping(_ node: SpecNode, at path: [String]) -> [SpecNode.Entry]? {
    if let entries = node.entries { return entries }
    guard let key = ChoiceRule.nameKey(at: path), let text = node.text, !text.isEmpty else {
      return nil
    }
    return [SpecNode.Entry(key, node.mark, SpecNode(.scalar(text, isPlain: true), node.mark))]
  }
}

/// Which places of a file hold a choice, and when one is given anew.
enum ChoiceRule {
  /// The key under which the choice at a path has its name; `nil` where there is no named choice.
  static func nameKey(at path: [String]) -> String? {
    switch path {
    case ["data"]: "source"
    case ["train", "loss"], ["train", "optimizer"], ["train", "schedule"], ["train", "init"],
      ["strategy"], ["stop"]:
      "name"
    default: nil
    }
  }

  /// Whether `node` names another choice than `base`, so that nothing of `base` stays.
  static func replaces(_ node: SpecNode, _ base: SpecNode, at path: [String]) -> Bool {
    if let key = nameKey(at: path) {
      guard let name = node[key]?.text else { return false }
      return name != (base.text ?? base[key]?.text)
    }
    if isNetwork(path) || isRange(path) {
      guard let new = node.entries, let old = base.entries else { return true }
      return form(new) != form(old)
    }
    return false
  }

  /// The keys that a key replaces beside it.
  static func rivals(of key: String, at path: [String]) -> [String] {
    switch (path, key) {
    case (["train"], "epochs"): ["steps"]
    case (["train"], "steps"): ["epochs"]
    case (["objective"], "maximize"): ["minimize"]
    case (["objective"], "minimize"): ["maximize"]
    default: []
    }
  }

  private static func isNetwork(_ path: [String]) -> Bool {
    path == ["model"] || path == ["train", "model"] || (path.count == 2 && path[0] == "models")
  }

  private static func isRange(_ path: [String]) -> Bool { path.count == 2 && path[0] == "over" }

  /// What kind of network or range a mapping is: `mlp`, `log`, `linear`, ...
  private static func form(_ entries: [SpecNode.Entry]) -> String? {
    entries.map(\.key).first { $0 != "count" }
  }
}
