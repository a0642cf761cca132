import FileLanguage
import Tracking

/// Reads mappings with known keys and choices with settings.
struct SectionReader {
  let problems: SpecProblems
  var values: ValueReader { ValueReader(problems: problems) }

  /// Reports every key of a mapping that is not known.
  ///
  /// - Parameters:
  ///   - owner: what has the keys: `train`, `adam`.
  func checkKeys(
    _ entries: [SpecNode.Entry], known: [String], in owner: String,
    _ advice: (String) -> String? = { _ in nil }
  ) {
    for entry in entries where !known.contains(entry.key) {
      problems.report(
        entry.keyMark, "there is no key \(Words.quoted(entry.key)) in \(owner)",
        alternatives(entry.key, among: known) + (advice(entry.key).map { [$0] } ?? []))
    }
  }

  /// Reads a mapping of plain keys; defaults stand in for what is not written.
  ///
  /// - Returns: the values by key, the wrong ones left out; `nil` where the node is no mapping.
  func section(_ node: SpecNode, _ keys: [Key], of name: String) -> [String: ParameterValue]? {
    guard let entries = node.entries else {
      problems.report(
        node.mark, ValueReader.sentence(node, name),
        [
          "expected a mapping with the key\(keys.count == 1 ? "" : "s") "
            + keys.map(\.name).joined(separator: ", ")
        ])
      return nil
    }
    checkKeys(entries, known: keys.map(\.name), in: name)
    var found: [String: ParameterValue] = [:]
    for key in keys {
      guard case .value(let kind) = key.shape else { continue }
      if let entry = node.entry(key.name) {
        found[key.name] = values.value(entry.value, as: kind, of: key.name)
      } else if key.isRequired, !isMisspelt(key.name, in: entries, keys.map(\.name)) {
        problems.report(
          node.mark, "\(name) needs the key '\(key.name)'",
          ["expected \(key.name): \(Words.expected(kind))"])
      }
    }
    return found
  }

  /// Reads a choice: a bare name, or a mapping with its name and settings.
  ///
  /// - Parameter key: the key that holds it, for messages.
  /// - Returns: `nil` where it cannot be known which one is meant, or a setting is wrong.
  func choice(_ node: SpecNode, _ set: ChoiceSet, of key: String) -> Chosen? {
    guard let (nameNode, settings) = parts(node, set, of: key) else { return nil }
    let name = nameNode.text ?? ""
    guard let choice = set.choice(name) else {
      reportUnknown(name, nameNode.mark, set)
      return nil
    }
    let own = choice.settings.map(\.name)
    let known = own + set.common.map(\.name)
    for entry in settings where !known.contains(entry.key) {
      reportForeign(entry, choice, known, set)
    }
    return resolve(choice, settings, at: nameNode.mark)
  }

  /// The name and the settings of a choice; its name must be a word.
  private func parts(
    _ node: SpecNode, _ set: ChoiceSet, of key: String
  ) -> (SpecNode, [SpecNode.Entry])? {
    let expected = "expected one of: " + set.choices.map(\.name).joined(separator: ", ")
    guard let entries = node.entries else {
      if let text = node.text, !text.isEmpty, !node.isNull { return (node, []) }
      problems.report(node.mark, ValueReader.sentence(node, key), [expected])
      return nil
    }
    guard let name = node[set.nameKey] else {
      var notes = [expected, "written {\(set.nameKey): NAME, ...}"]
      let settings = set.choices.flatMap(\.settings).map(\.name) + set.common.map(\.name)
      let near = entries.first {
        !settings.contains($0.key)
          && nearestName(to: $0.key, among: [set.nameKey]) != nil
      }
      if let near {
        problems.report(
          near.keyMark, "there is no key \(Words.quoted(near.key)) in \(key)",
          notes + ["did you mean '\(set.nameKey)'?"])
        return nil
      } else if let first = entries.first(where: { set.choice($0.key) != nil }) {
        notes[1] = "written {\(set.nameKey): \(first.key), ...}"
      }
      problems.report(node.mark, "\(key) has no '\(set.nameKey)'", notes)
      return nil
    }
    guard let text = name.text, !text.isEmpty, !name.isNull else {
      problems.report(name.mark, ValueReader.sentence(name, set.nameKey), [expected])
      return nil
    }
    return (name, entries.filter { $0.key != set.nameKey })
  }

  func reportUnknown(_ name: String, _ mark: Mark, _ set: ChoiceSet) {
    problems.report(
      mark, "there is no \(set.noun) \(Words.quoted(name))",
      alternatives(name, among: set.choices.map(\.name)))
  }

  private func reportForeign(
    _ entry: SpecNode.Entry, _ choice: Choice, _ known: [String], _ set: ChoiceSet
  ) {
    var notes =
      known.isEmpty ? ["\(choice.name) has no settings"] : alternatives(entry.key, among: known)
    let owners = set.choices.filter { $0.settings.contains { $0.name == entry.key } }.map(\.name)
    if !owners.isEmpty {
      notes.append("'\(entry.key)' is a setting of " + owners.joined(separator: ", "))
    }
    problems.report(
      entry.keyMark, "\(choice.name) has no setting \(Words.quoted(entry.key))", notes)
  }

  /// Whether a key seems to be there under a wrong name, which is reported as such.
  private func isMisspelt(_ name: String, in entries: [SpecNode.Entry], _ known: [String]) -> Bool {
    entries.contains { !known.contains($0.key) && meantName($0.key, among: known) == name }
  }

  /// The choice with a value for each of its settings.
  ///
  /// - Parameter mainName: what messages call the main setting, which a file writes under the
  ///   choice's own name.
  func resolve(
    _ choice: Choice, _ entries: [SpecNode.Entry], at mark: Mark, mainName: String? = nil
  ) -> Chosen? {
    var resolved: [String: ParameterValue] = [:]
    for setting in choice.settings {
      if let entry = entries.first(where: { $0.key == setting.name }) {
        let name = setting.name == choice.main ? mainName ?? setting.name : setting.name
        resolved[setting.name] = values.value(entry.value, as: setting.kind, of: name)
      } else if let standard = setting.standard {
        resolved[setting.name] = standard
      } else if !isMisspelt(setting.name, in: entries, choice.settings.map(\.name)) {
        problems.report(
          mark, "\(choice.name) needs the key '\(setting.name)'",
          ["expected \(setting.name): \(Words.expected(setting.kind))"])
      }
    }
    return resolved.count == choice.settings.count ? Chosen(choice.name, resolved) : nil
  }
}
