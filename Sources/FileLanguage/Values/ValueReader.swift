package import Tracking

/// Reads a node as the kind of value its key wants, or reports what was expected.
package struct ValueReader {
  package let problems: SpecProblems

  /// Makes a reader that reports to `problems`.
  package init(problems: SpecProblems) { self.problems = problems }

  /// The value; `nil` where it does not fit, which is reported.
  ///
  /// - Parameter name: what messages call the key.
  package func value(_ node: SpecNode, as kind: Setting.Kind, of name: String) -> ParameterValue? {
    if let value = Self.fitting(node, kind) { return value }
    report(node, kind, name, isItem: false)
    return nil
  }

  /// The value, where the node fits the kind.
  package static func fitting(_ node: SpecNode, _ kind: Setting.Kind) -> ParameterValue? {
    switch kind {
    case .list(let inner, let count):
      guard let items = node.items, count.contains(items.count) else { return nil }
      let values = items.compactMap { fitting($0, inner) }
      return values.count == items.count ? .list(values) : nil
    case .mapping(let inner):
      guard let entries = node.entries, !entries.isEmpty else { return nil }
      let values = entries.compactMap { entry in
        fitting(entry.value, inner).map { (entry.key, $0) }
      }
      guard values.count == entries.count else { return nil }
      return .mapping(Dictionary(values, uniquingKeysWith: { first, _ in first }))
    case .either(let kinds):
      return kinds.lazy.compactMap { fitting(node, $0) }.first
    case .orOff(let inner):
      return node.isNone ? .off : fitting(node, inner)
    default:
      if case .number(let value) = node.content, let fitting = number(value, kind) {
        return fitting
      }
      if case .word(let words) = kind, words.contains(""), node.text == "", !node.isEmpty {
        return .text("")
      }
      guard let text = node.text, !text.isEmpty, !node.isNull else { return nil }
      return scalar(text, kind, node.mark)
    }
  }

  /// A computed number as a kind that holds numbers.
  private static func number(_ value: Double, _ kind: Setting.Kind) -> ParameterValue? {
    switch kind {
    case .number(let range): range.contains(value) ? .number(value) : nil
    case .integer(let range):
      Int(exactly: value).flatMap { range.contains($0) ? .integer($0) : nil }
    default: nil
    }
  }

  private static func scalar(
    _ text: String, _ kind: Setting.Kind, _ mark: Mark
  ) -> ParameterValue? {
    switch kind {
    case .number(let range):
      Scalars.number(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .integer(let range):
      Scalars.integer(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .flag: Scalars.flag(text).map(ParameterValue.flag)
    case .text: .text(text)
    case .path: .text(mark.source.resolve(text))
    case .word(let words): words.contains(text) ? .text(text) : nil
    case .list, .mapping, .either, .orOff, .layers: nil
    }
  }

  // MARK: Saying what is wrong

  private func report(_ node: SpecNode, _ kind: Setting.Kind, _ name: String, isItem: Bool) {
    if let items = node.items, let (inner, count) = Self.listKind(kind), !isItem {
      return reportList(node, items, inner, count, name)
    }
    if let entries = node.entries, !entries.isEmpty, let inner = Self.mappingKind(kind) {
      for entry in entries where Self.fitting(entry.value, inner) == nil {
        report(entry.value, inner, "\(name).\(entry.key)", isItem: false)
      }
      return
    }
    problems.report(
      node.mark, Self.sentence(node, name, isItem: isItem), Self.notes(node, kind))
  }

  private func reportList(
    _ node: SpecNode, _ items: [SpecNode], _ inner: Setting.Kind, _ count: ClosedRange<Int>,
    _ name: String
  ) {
    let wrong = items.filter { Self.fitting($0, inner) == nil }
    for item in wrong { report(item, inner, name, isItem: true) }
    guard wrong.isEmpty else { return }
    let sentence =
      items.isEmpty ? "\(name) is an empty list" : "\(name) has \(items.count) values"
    let values = Words.several(inner)
    let expected =
      if count.lowerBound == count.upperBound {
        "\(count.lowerBound) \(values)"
      } else if items.count < count.lowerBound {
        "\(values), at least \(count.lowerBound) of them"
      } else {
        "\(values), at most \(count.upperBound) of them"
      }
    problems.report(node.mark, sentence, ["expected " + expected])
  }

  /// The first sentence of an error: what was found where.
  package static func sentence(_ node: SpecNode, _ name: String, isItem: Bool = false) -> String {
    if node.isEmpty { return isItem ? "a value is missing in \(name)" : "\(name) has no value" }
    return "\(name) cannot \(isItem ? "hold" : "be") \(Words.found(node))"
  }

  private static func notes(_ node: SpecNode, _ kind: Setting.Kind) -> [String] {
    var notes = ["expected " + finite(node) + Words.expected(kind)]
    if let text = node.text, let near = nearestName(to: text, among: words(kind)), near != text {
      notes.append("did you mean '\(near)'?")
    }
    if case .orOff = kind, let text = node.text, Self.offWords.contains(text.lowercased()) {
      notes.append("did you mean none?")
    }
    if case .list(let inner, _) = kind, fitting(node, inner) != nil, let text = node.text {
      notes.append("did you mean [\(text)]?")
    }
    if node.items != nil, listKind(kind) == nil {
      notes.append("several values are tried one by one under 'over:'")
    }
    return notes
  }

  /// Words by which other tools switch something off.
  private static let offWords: Set = ["off", "no", "false", "null", "nil", "~"]

  private static func finite(_ node: SpecNode) -> String {
    guard let text = node.text else { return "" }
    let isBeyond = Scalars.number(text).map { $0.isInfinite } ?? Scalars.isNotFinite(text)
    return isBeyond ? "something finite: " : ""
  }

  private static func listKind(_ kind: Setting.Kind) -> (Setting.Kind, ClosedRange<Int>)? {
    switch kind {
    case .list(let inner, let count): (inner, count)
    case .either(let kinds): kinds.lazy.compactMap { listKind($0) }.first
    case .orOff(let inner): listKind(inner)
    default: nil
    }
  }

  private static func mappingKind(_ kind: Setting.Kind) -> Setting.Kind? {
    switch kind {
    case .mapping(let inner): inner
    case .either(let kinds): kinds.lazy.compactMap { mappingKind($0) }.first
    case .orOff(let inner): mappingKind(inner)
    default: nil
    }
  }

  private static func words(_ kind: Setting.Kind) -> [String] {
    switch kind {
    case .word(let words): words
    case .flag: ["true", "false"]
    case .either(let kinds): kinds.flatMap(words)
    case .orOff(let inner): words(inner) + ["none"]
    default: []
    }
  }
}
