import FileLanguage
import Runs
import Search
import Tracking

/// Reads a range that is searched: `{log_uniform: [1e-4, 1e-1]}`, `{choice: [sgd, adam]}`.
struct SearchReader {
  let problems: SpecProblems

  private var values: ValueReader { ValueReader(problems: problems) }

  /// Whether a value of `over` is meant as one.
  static func isSearched(_ node: SpecNode) -> Bool { kind(node) != nil }

  private static func kind(_ node: SpecNode) -> (SearchedRange.Kind, SpecNode.Entry)? {
    for entry in node.entries ?? [] {
      if let kind = SearchedRange.Kind(rawValue: entry.key) { return (kind, entry) }
    }
    return nil
  }

  /// The axis of a key of `over`; `nil` where its range is wrong, which is reported.
  func axis(_ key: SpecNode.Entry, at path: SettingPath) -> SweepSpec.Axis? {
    let (node, name) = (key.value, key.key)
    guard let (kind, entry) = Self.kind(node) else { return nil }
    for other in node.entries ?? [] where other.key != kind.rawValue {
      problems.report(
        other.keyMark, "a range that is searched has no key \(Words.quoted(other.key))",
        [
          other.key == "count"
            ? "how many values there are is said by strategy: {name: random, runs: 20}, which counts configurations"
            : "expected {\(kind.rawValue): [...]} alone"
        ])
    }
    let choices = kind == .choice ? choices(entry.value, name) : []
    let range =
      kind == .choice
      ? choices.map { SearchedRange(choices: $0.count) } : numbers(entry.value, kind)
    return range.map {
      SweepSpec.Axis(
        path: path, written: name, mark: key.keyMark, range: $0, rangeMark: entry.value.mark,
        choices: choices ?? [])
    }
  }

  private func choices(_ node: SpecNode, _ name: String) -> [SpecNode]? {
    guard let items = node.items, !items.isEmpty else {
      problems.report(
        node.mark,
        node.items == nil ? ValueReader.sentence(node, "choice") : "choice is an empty list",
        ["expected a list of values, as {choice: [sgd, adam]}"])
      return nil
    }
    for item in items where item.isNull || item.isEmpty {
      problems.report(item.mark, ValueReader.sentence(item, name, isItem: true))
    }
    return items
  }

  private func numbers(_ node: SpecNode, _ kind: SearchedRange.Kind) -> SearchedRange? {
    let inner: Setting.Kind =
      switch kind {
      case .logUniform: .number(.positive)
      case .intUniform: .integer(-Self.greatest...Self.greatest)
      case .uniform, .choice: .number(.any)
      }
    let found = values.value(node, as: .list(inner, count: 2...2), of: kind.rawValue)
    guard case .list(let ends)? = found, let lower = ends.first?.asNumber,
      let upper = ends.last?.asNumber
    else { return nil }
    guard lower < upper else {
      problems.report(
        node.mark,
        lower == upper
          ? "the ends of the range are the same" : "the range ends before it begins",
        [
          "expected [least, greatest]",
          lower == upper
            ? "a single value is a list: [\(ends[0].display)]"
            : "did you mean [\(ends[1].display), \(ends[0].display)]?",
        ])
      return nil
    }
    return SearchedRange(kind, from: lower, to: upper)
  }

  /// Whole numbers that a double holds exactly.
  private static let greatest = 1 << 53
}
