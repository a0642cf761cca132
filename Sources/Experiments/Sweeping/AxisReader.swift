import FileLanguage
import NeuralNet
import Runs
import Search
import Tracking

/// Reads the values of one key of `over`: a list, `all`, or a counted range.
struct AxisReader {
  let problems: SpecProblems
  let models: [String]

  /// The most values of one axis.
  static let mostValues = 100_000

  private static let ranges = CountedRange.Spacing.allCases.map(\.rawValue)

  /// The axis; `nil` where it has no values, which is reported.
  func axis(_ entry: SpecNode.Entry, at path: SettingPath) -> SweepSpec.Axis? {
    let name = entry.key
    if SearchReader.isSearched(entry.value) {
      return SearchReader(problems: problems).axis(entry, at: path)
    }
    guard let values = values(entry.value, of: name, at: path) else { return nil }
    for value in values where value.isNull || value.isEmpty {
      problems.report(value.mark, ValueReader.sentence(value, name, isItem: true))
    }
    return SweepSpec.Axis(path: path, written: name, mark: entry.keyMark, values: values)
  }

  /// The values; `nil` where there are none, which is reported.
  private func values(_ node: SpecNode, of name: String, at path: SettingPath) -> [SpecNode]? {
    switch node.content {
    case .list(let items):
      if items.isEmpty {
        problems.report(node.mark, "\(name) is an empty list", ["expected at least one value"])
        return nil
      }
      return items
    case .mapping(let entries): return range(node, entries, name)
    case .scalar, .number:
      let text = node.text ?? ""
      if text == "all", path == .absolute(["train", "model"]) { return allModels(node) }
      var notes = ["expected a list of values, or a range such as {log: [1e-4, 1e-2], count: 3}"]
      if path == .absolute(["train", "model"]) {
        notes = ["expected a list of models, or all"]
        if let near = meantName(text, among: ["all"]) { notes.append("did you mean '\(near)'?") }
      } else if !text.isEmpty, !node.isNull {
        notes.append("did you mean [\(text)]?")
      }
      if text == "all" { notes = ["'all' is for model alone; expected a list of values"] }
      problems.report(node.mark, ValueReader.sentence(node, name), notes)
      return nil
    }
  }

  private func allModels(_ node: SpecNode) -> [SpecNode]? {
    guard !models.isEmpty else {
      problems.report(node.mark, "the file has no models", ["name them under 'models:'"])
      return nil
    }
    return models.map { SpecNode(.scalar($0, isPlain: false), node.mark) }
  }

  private func range(_ node: SpecNode, _ entries: [SpecNode.Entry], _ name: String) -> [SpecNode]? {
    guard let kind = entries.first(where: { Self.ranges.contains($0.key) }),
      let spacing = CountedRange.Spacing(rawValue: kind.key)
    else {
      problems.report(
        entries.first?.keyMark ?? node.mark, "\(name) is neither a list nor a range",
        [
          "expected a list of values, {log: [a, b], count: n} or {linear: [a, b], count: n}",
          "or for a search one of: "
            + SearchedRange.Kind.allCases.map(\.rawValue).joined(separator: ", "),
        ])
      return nil
    }
    let sections = SectionReader(problems: problems)
    let before = problems.list.count
    sections.checkKeys(entries, known: [kind.key, "count"], in: "a range")
    let limits: NumberRange = spacing == .log ? .positive : .any
    let ends = sections.values.value(
      kind.value, as: .list(.number(limits), count: 2...2), of: kind.key)
    guard let count = entries.first(where: { $0.key == "count" }) else {
      problems.report(
        kind.keyMark, "the range has no count", ["expected {\(kind.key): [a, b], count: n}"])
      return nil
    }
    let number = sections.values.value(
      count.value, as: .integer(1...Self.mostValues), of: "count")
    guard problems.list.count == before, case .list(let pair) = ends, case .integer(let n) = number,
      let first = pair.first?.asNumber, let last = pair.last?.asNumber
    else { return nil }
    return CountedRange(spacing, from: first, to: last, count: n).values.map { value in
      SpecNode(.number(value), kind.value.mark)
    }
  }
}
