package import Experiments
package import FileLanguage
package import Runs
import Tracking

/// What a combination stands for: `nil` where the sweep's `where` does not hold.
package typealias CombinationDecoder =
  (Combination, Formula?) -> Result<RunConfiguration?, Diagnostics>

/// The combinations of a sweep that are known so far, decoded and filtered, with everything that is
/// wrong with them.
struct SweepExpansion {
  let sweep: SweepSpec
  /// Those that `where` keeps, in order.
  private(set) var combinations: [Member] = []
  /// How many `where` left out.
  private(set) var excluded = 0
  let problems = SpecProblems()
  private var condition: Formula?
  /// The keys that are set, and those that some combination uses.
  private var asked: [Mark: SweepSpec.Substitution] = [:]
  private var used: Set<Mark> = []

  /// One combination that may run.
  struct Member {
    let combination: Combination
    /// What the axes set, those of the sweep it begins with first.
    let axes: [SweepSpec.Substitution]
    var point: SweepPoint
    let configuration: RunConfiguration

    /// What another sweep begins with that takes this one.
    var origin: Origin { Origin(combination: combination, axes: axes) }
  }

  /// A combination of another sweep, with what its axes set.
  struct Origin {
    let combination: Combination
    let axes: [SweepSpec.Substitution]
  }

  init(_ sweep: SweepSpec) {
    self.sweep = sweep
    if let problem = sweep.sizeProblem {
      problems.report([problem])
    } else {
      condition = sweep.condition?.formula(problems)
    }
  }

  /// Decodes one combination; its place among those that are kept, `nil` where it is not.
  mutating func add(
    _ combination: Combination, from origin: Origin?, decode: CombinationDecoder
  ) -> Int? {
    // After so many different errors the rest of a sweep is not looked at.
    guard problems.list.count <= SpecProblems.most else { return nil }
    switch decode(combination, condition) {
    case .success(let configuration?):
      keep(combination, origin, configuration)
      return combinations.count - 1
    case .success(nil): excluded += 1
    case .failure(let wrong):
      problems.reportOnce(wrong.list)
    }
    return nil
  }

  /// Looks at what only all combinations together show.
  ///
  /// - Parameter isFromFile: whether all that is set stands in the sweep itself, so that some
  ///   combination must use it.
  mutating func close(isFromFile: Bool) {
    if combinations.isEmpty, problems.list.isEmpty, let condition = sweep.condition {
      problems.report(
        condition.mark, "'where' keeps none of the \(excluded) combinations of this sweep")
    }
    guard problems.list.isEmpty else { return }
    if isFromFile { reportUnused() }
    tellDisplaysApart()
  }

  /// Lets go of the combinations; what is wrong with them stays.
  mutating func forget() { combinations = [] }

  private mutating func keep(
    _ combination: Combination, _ origin: Origin?, _ configuration: RunConfiguration
  ) {
    for substitution in combination.substitutions where !used.contains(substitution.keyMark) {
      asked[substitution.keyMark] = substitution
      if configuration.uses(substitution.path) { used.insert(substitution.keyMark) }
    }
    let own = combination.substitutions.suffix(sweep.axes.count)
    let axes = (origin?.axes ?? []).filter { axis in !own.contains { $0.path == axis.path } } + own
    let point = SweepPoint(
      variant: combination.variant,
      values: axes.map { SweepPoint.AxisValue($0, configuration) },
      seeds: sweep.seeds.values(from: configuration.seed))
    combinations.append(
      Member(combination: combination, axes: axes, point: point, configuration: configuration))
  }

  /// Where two different values of an axis have one display, as two settings of one optimizer have,
  /// both are shown as they were written.
  private mutating func tellDisplaysApart() {
    for axis in combinations.first?.axes.indices ?? 0..<0 {
      var forms: [String: Set<String>] = [:]
      for case let value? in combinations.map({ $0.point.values[axis] }) {
        forms[value.display, default: []].insert(value.written ?? value.display)
      }
      guard forms.values.contains(where: { $0.count > 1 }) else { continue }
      for index in combinations.indices {
        guard let value = combinations[index].point.values[axis], let written = value.written,
          let others = forms[value.display], others.count > 1
        else { continue }
        combinations[index].point.values[axis]?.display = written
      }
    }
  }

  /// A path that no combination has is an error at its key.
  private func reportUnused() {
    for (mark, substitution) in asked where !used.contains(mark) {
      problems.report(mark, "no combination of this sweep uses '\(substitution.written)'")
    }
  }
}

extension SweepPoint.AxisValue {
  /// The value of an axis in a configuration; `nil` where that has no such key.
  fileprivate init?(_ substitution: SweepSpec.Substitution, _ configuration: RunConfiguration) {
    guard configuration.uses(substitution.path) else { return nil }
    axis = substitution.written
    value = configuration.value(at: substitution.path)
    written = substitution.value.text == nil ? substitution.value.written : nil
    display = value?.display ?? substitution.value.written
  }
}

extension SpecNode {
  /// The value on one line, as YAML's flow style writes it.
  fileprivate var written: String {
    switch content {
    case .scalar, .number: text ?? ""
    case .list(let items): "[" + items.map(\.written).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \($0.value.written)" }.joined(separator: ", ") + "}"
    }
  }
}
