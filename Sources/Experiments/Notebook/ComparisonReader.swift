import FileLanguage
import Runs
import Tracking

/// Reads what `table: compare` compares.
struct ComparisonReader {
  private let cell: CellReader
  private let mark: Mark
  private var problems: SpecProblems { cell.problems }

  init(_ cell: CellReader, _ mark: Mark) {
    self.cell = cell
    self.mark = mark
  }

  /// The key whose values are compared, and the value they are compared with; `nil` where something
  /// is wrong, which is reported.
  func read(_ sweep: SweepFacts) -> (SweepKey?, ParameterValue?) {
    if !sweep.hasFailed, sweep.mostSeeds < 2, !sweep.hasDataSeeds {
      problems.report(
        mark, "a comparison needs several seeds, and 'seeds' of '\(sweep.sweep.name)' gives one",
        ["give the sweep more: seeds: 5"])
    }
    guard let key = key(sweep) else { return (nil, nil) }
    guard let node = cell.item["against"] else {
      problems.report(
        mark, "the table compare needs the key 'against'",
        ["expected against: one of " + names(key, sweep).joined(separator: ", ")])
      return (key, nil)
    }
    guard let text = node.text, !text.isEmpty else {
      problems.report(node.mark, ValueReader.sentence(node, "against"))
      return (key, nil)
    }
    if sweep.isStored {
      return (key, Scalars.number(text).map(ParameterValue.number) ?? .text(text))
    }
    if sweep.hasFailed { return (key, nil) }
    let values = cell.values(key, sweep)
    let number = Scalars.number(text)
    let found = values.first { $0.display == text || (number != nil && $0.asNumber == number) }
    if found == nil {
      problems.report(
        node.mark, "no run of '\(sweep.sweep.name)' has \(key.label) \(Words.quoted(text))",
        alternatives(text, among: names(key, sweep)))
    } else if values.count < 2 {
      problems.report(
        node.mark, "'\(key.label)' has one value in the sweep '\(sweep.sweep.name)'",
        ["there is nothing to compare it with"])
    }
    return (key, found)
  }

  private func key(_ sweep: SweepFacts) -> SweepKey? {
    if cell.item["by"] != nil { return cell.key(CellKeys.by, sweep) }
    let spec = sweep.sweep.spec
    if !spec.variants.isEmpty { return .variant }
    if spec.axes.count == 1, let axis = spec.axes.first {
      return .setting(axis.path, written: axis.written)
    }
    problems.report(
      mark, "the table compare needs the key 'by'",
      sweep.isStored
        ? ["expected a key of its runs, such as by: lr"]
        : spec.axes.isEmpty
          ? ["nothing varies in the sweep '\(spec.name)'"]
          : ["expected one of: " + spec.axes.map(\.written).joined(separator: ", ")])
    return nil
  }

  /// The values of a key in the order of the sweep.
  private func names(_ key: SweepKey, _ sweep: SweepFacts) -> [String] {
    var names: [String] = []
    for value in cell.orderedValues(key, sweep) where !names.contains(value.display) {
      names.append(value.display)
    }
    return names
  }
}

extension SweepFacts {
  /// Whether the data's own seed varies, which then is what a comparison counts.
  var hasDataSeeds: Bool {
    sweep.spec.axes.contains { $0.path == .absolute(["data", "seed"]) }
  }
}
