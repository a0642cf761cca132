import Datasets
import FileLanguage
import Languages
import Runs
import Tracking

/// Reads the keys of a plot cell, or the options of `labbook plot KIND`, and reports what is wrong.
///
/// A key that is not written is `nil` without a report, unless it is required; so is one that is
/// wrong, with a report.
public struct PlotKeyReader {
  /// The sweep the figure speaks of.
  public let sweep: PlotSubject
  let kind: String
  let item: SpecNode
  /// The place of the kind's name.
  let mark: Mark
  let problems: SpecProblems

  private var values: ValueReader { ValueReader(problems: problems) }

  // MARK: Places

  /// Whether the cell has the key.
  func isWritten(_ key: Key) -> Bool { item[key.name] != nil }

  /// The place of a key's value; of the kind's name where the key is not written.
  func place(of key: Key) -> Mark { item[key.name]?.mark ?? mark }

  /// The key as the user writes it: `'x'` in a file, `--x` as an option.
  func spelling(_ key: Key) -> String {
    mark.source.kind == .argument ? key.option : "the key '\(key.name)'"
  }

  /// Reports that a key is missing.
  func reportMissing(_ key: Key, _ expected: String) {
    problems.report(
      mark, "the plot \(kind) needs \(spelling(key))", ["expected \(key.name): \(expected)"])
  }

  /// Reports that a figure is to move and has no moments to move through.
  func reportNothingMoves(_ frames: Key) {
    problems.report(
      place(of: PlotKeys.animate),
      "the plot \(kind) has no moments to move through",
      ["expected frames: epochs after which it is drawn, such as [0, 1, 10, 100]"])
  }

  // MARK: Plain values

  /// The value of a key.
  func value(_ key: Key) -> ParameterValue? {
    guard case .value(let shape) = key.shape else { return nil }
    guard let node = item[key.name] else {
      if key.isRequired { reportMissing(key, Words.expected(shape)) }
      return nil
    }
    return values.value(node, as: shape, of: key.name)
  }

  /// A text or word.
  func text(_ key: Key) -> String? {
    if case .text(let text)? = value(key) { text } else { nil }
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable>(_ key: Key, as _: Word.Type = Word.self) -> Word?
  where Word.RawValue == String {
    text(key).flatMap(Word.init)
  }

  /// True or false; false where it is not written.
  func flag(_ key: Key) -> Bool { value(key) == .flag(true) }

  /// A real number.
  func number(_ key: Key) -> Double? { value(key)?.asNumber }

  /// A whole number.
  func integer(_ key: Key) -> Int? {
    if case .integer(let value)? = value(key) { value } else { nil }
  }

  /// Whole numbers; one stands for a list of itself.
  func integers(_ key: Key) -> [Int] {
    switch value(key) {
    case .integer(let value): [value]
    case .list(let items):
      items.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    default: []
    }
  }

  /// The texts of a key that holds one or a list of them, each with its place.
  func texts(_ key: Key) -> [(text: String, mark: Mark)] {
    guard value(key) != nil, let node = item[key.name] else { return [] }
    return (node.items ?? [node]).compactMap { item in item.text.map { ($0, item.mark) } }
  }

  /// An interval `[low, high]`.
  func interval(_ key: Key) -> ClosedRange<Double>? {
    guard case .list(let ends)? = value(key), let low = ends.first?.asNumber,
      let high = ends.last?.asNumber
    else { return nil }
    guard low < high else {
      problems.report(
        place(of: key), "the interval \(key.name) ends before it begins",
        ["expected [low, high], as [-4, 4]"])
      return nil
    }
    return low...high
  }

  /// Which axes are logarithmic.
  func logAxes() -> LogAxes {
    switch value(PlotKeys.log) {
    case .off, .flag(false): LogAxes(x: false, y: false)
    case .flag(true): LogAxes(y: true)
    case .text(let axes): LogAxes(x: axes.contains("x"), y: axes.contains("y"))
    case .list(let axes): LogAxes(x: axes.contains(.text("x")), y: axes.contains(.text("y")))
    default: LogAxes()
    }
  }

  // MARK: What a sweep knows

  /// The one metric of a figure, which some run of the sweep measures.
  func metric(_ key: Key = PlotKeys.metric) -> Metric? {
    guard let node = item[key.name] else {
      if key.isRequired {
        let known = sweep.metrics ?? []
        reportMissing(
          key,
          known.isEmpty
            ? "a metric, such as val/loss"
            : "one of " + known.map(\.name).joined(separator: ", "))
      }
      return nil
    }
    guard node.items == nil else {
      problems.report(
        node.mark, "the plot \(kind) takes one metric", ["write metric: val/loss"])
      return nil
    }
    return metrics(key).first
  }

  /// Metrics that some run of the sweep measures.
  func metrics(_ key: Key) -> [Metric] {
    let found = texts(key)
    if sweep.isStored { return found.map { Metric($0.text) } }
    guard !sweep.hasFailed else {
      for (text, mark) in found { MetricAdvice.reportImpossible(text, mark, problems) }
      return found.map { Metric($0.text) }
    }
    return found.map { text, mark in
      let metric = Metric(text)
      if let known = sweep.metrics, !known.contains(metric) {
        MetricAdvice.report(
          text, mark, known, "no run of '\(sweep.name)' measures", problems)
      }
      return metric
    }
  }

  /// A key by which runs are grouped or placed, or several together.
  func key(_ key: Key) -> SweepKey? {
    let found = texts(key)
    let keys = found.compactMap { sweep.key($0.text, $0.mark, problems) }
    return found.isEmpty || keys.count < found.count ? nil : SweepKey(all: keys)
  }

  /// The key of an axis, which must be written; its values must differ, or the axis would be a point.
  func axis(_ key: Key) -> SweepKey? {
    guard isWritten(key) else {
      reportMissing(
        key, "a key of the sweep" + (sweep.axes.first.map { ", such as \($0.label)" } ?? ""))
      return nil
    }
    guard let found = self.key(key) else { return nil }
    if sweep.isStored { return found }
    guard !sweep.hasFailed else { return nil }
    let isAxis = found == .variant || sweep.axes.contains { $0.isSame(as: found) }
    if !isAxis, Set(sweep.values(found)).count < 2 {
      problems.report(
        place(of: key), "'\(found.label)' has one value in the sweep '\(sweep.name)'",
        sweep.axes.isEmpty
          ? [] : ["what varies: " + sweep.axes.map(\.label).joined(separator: ", ")])
    }
    return found
  }

  /// The keys that vary in the sweep; none is an error at the kind's name, but of runs that the store has, of
  /// which their figure finds what varies.
  func varyingKeys() -> [SweepKey] {
    let keys = (sweep.hasVariants ? [SweepKey.variant] : []) + sweep.axes
    if keys.isEmpty, !sweep.hasFailed, !sweep.isStored {
      problems.report(
        mark, "nothing varies in the sweep '\(sweep.name)'",
        ["the plot \(kind) needs a sweep with 'over:' or 'variants:'"])
    }
    return keys
  }

  /// Reports what is wrong with the data of the sweep's runs, at the kind's name.
  ///
  /// - Parameter problem: what is wrong with data of a shape, and the way out.
  func checkData(_ problem: (DataShape) -> (message: String, notes: [String])?) {
    guard !sweep.hasFailed else { return }
    for shape in sweep.shapes {
      if let found = problem(shape) { problems.report(mark, found.message, found.notes) }
    }
  }
}

extension Key {
  /// The option of a command for it.
  var option: String { "--" + name.replacing("_", with: "-") }
}

extension SweepKey {
  /// Whether two keys mean the same, however they were written.
  func isSame(as other: SweepKey) -> Bool {
    switch (self, other) {
    case (.variant, .variant): true
    case (.setting(let a, _), .setting(let b, _)): a == b
    case (.several(let a), .several(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    default: false
    }
  }
}
