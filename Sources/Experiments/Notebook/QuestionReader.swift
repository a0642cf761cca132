import FileLanguage
import Languages
import NeuralNet
import Runs
import Tracking

/// Checks what an expression asks of the store against what the file's sweeps will measure.
struct QuestionReader {
  let problems: SpecProblems
  let tree: FileTree
  let facts: [SweepFacts]
  /// The sweep that is meant where none is named.
  var above: String?
  /// What a hand-in may set: which runs there are is not known of these.
  var open = OpenKeys()

  /// The number of a text; `nil` where it is wrong, which is reported at its place.
  func value(_ text: String, at mark: Mark) -> Question? {
    question(text, at: mark) { formula throws(FormulaError) in
      try QuestionForm.checkValue(formula)
    }
  }

  /// What a claim claims; `nil` where it is wrong, which is reported at its place.
  func claim(_ text: String, at mark: Mark, _ rule: DecisionRule) -> Question? {
    question(text, at: mark) { formula throws(FormulaError) in
      try QuestionForm.checkClaim(formula, rule)
    }
  }

  /// What makes a number right, in which it is called `answer`; `nil` where it is wrong, which is reported
  /// at its place.
  func solution(_ text: String, at mark: Mark) -> Question? {
    question(text, at: mark) { formula throws(FormulaError) in
      try QuestionForm.checkSolution(formula)
    }
  }

  private func question(
    _ text: String, at mark: Mark, _ check: (Formula) throws(FormulaError) -> Void
  ) -> Question? {
    do throws(FormulaError) {
      let formula = try Formula(text)
      try check(formula)
      var isRight = true
      for call in formula.calls { if !self.check(call, text, mark) { isRight = false } }
      return isRight ? Question(formula, sweep: above, mark: mark) : nil
    } catch {
      problems.report(error, in: text, at: mark)
      return nil
    }
  }

  // MARK: Calls

  /// Where a name stands in the file.
  private func place(_ column: Int, _ width: Int, _ text: String, _ mark: Mark) -> Mark {
    FormulaError(column: column, width: width, "").diagnostic(in: text, at: mark).mark
  }

  private func check(_ call: FormulaCall, _ text: String, _ mark: Mark) -> Bool {
    let before = problems.list.count
    guard let sweep = sweep(of: call, text, mark) else { return false }
    if sweep.isStored { return true }
    if sweep.hasFailed {
      let name = call.metric
      let mark = place(name.column, name.width, text, mark)
      MetricAdvice.reportImpossible(name.text, mark, problems)
      return problems.list.count == before
    }
    if !sweep.mayMeasure(Metric(call.metric.text)) {
      MetricAdvice.report(
        call.metric.text, place(call.metric.column, call.metric.width, text, mark),
        sweep.metrics, "no run of '\(sweep.sweep.name)' measures", problems)
    }
    if call.function == .best, let problem = sweep.rankingProblem(Metric(call.metric.text)) {
      problems.report(
        place(call.metric.column, call.metric.width, text, mark), problem.message, [problem.hint])
    }
    do throws(FormulaError) {
      if let key = call.key { try checkKey(key, sweep) }
      for condition in call.conditions { try check(condition, sweep) }
    } catch { problems.report(error, in: text, at: mark) }
    if call.function == .diff, sweep.mostSeeds < 2, !sweep.hasDataSeeds {
      problems.report(
        place(call.column, 4, text, mark),
        "'diff' compares runs of the same seed, and each configuration of "
          + "'\(sweep.sweep.name)' has one",
        ["give the sweep more: seeds: 5"])
    }
    return problems.list.count == before
  }

  private func sweep(of call: FormulaCall, _ text: String, _ mark: Mark) -> SweepFacts? {
    let names = facts.map(\.sweep.name)
    if let name = call.sweep {
      if let found = facts.first(where: { $0.sweep.name == name.text }) { return found }
      problems.report(
        place(name.column, name.width, text, mark),
        "there is no sweep \(Words.quoted(name.text))", alternatives(name.text, among: names))
      return nil
    }
    if let above { return facts.first { $0.sweep.name == above } }
    let function = call.function.rawValue
    problems.report(
      place(call.column, function.count, text, mark), "there is no sweep above this cell",
      names.first.map { ["name one: \(function)(\($0), \(call.metric.text))"] } ?? [])
    return nil
  }

  // MARK: Keys and conditions

  /// The key of `each` is one that the sweep's runs have.
  private func checkKey(_ key: FormulaName, _ sweep: SweepFacts) throws(FormulaError) {
    let path = key.text == "variant" ? nil : SettingPath(bare: key.text)
    if path.map({ SweepKey.setting($0, written: key.text).isSeed }) == true {
      throw FormulaError(
        column: key.column, width: key.width, "'each' goes over a setting, and seeds are none",
        hint: "means and intervals are over the seeds already")
    }
    guard try checkName(key, sweep) else {
      throw FormulaError(
        column: key.column, width: key.width,
        "'each' goes over the values of a setting, and '\(key.text)' is measured",
        hint: "as in each(val/accuracy, lr) > 0.9")
    }
  }

  /// A condition's names are known, and where they are all values of the file some run fulfils it.
  private func check(_ condition: FormulaNode, _ sweep: SweepFacts) throws(FormulaError) {
    var isOfTheFile = true
    for name in condition.names where try !checkName(name, sweep) { isOfTheFile = false }
    guard isOfTheFile, !sweep.sweep.isOpen else { return }
    let isOpen = condition.names.contains { name in
      SettingPath(bare: name.text).map { path in open.keys.contains { $0.path.meets(path) } }
        == true
    }
    if isOpen { return }
    for member in sweep.sweep.members {
      for fold in member.configuration.eachFold {
        let context = FormulaLookup { value(of: $0, member, fold) ?? .off }
        if try condition.truth(in: context, "the condition") { return }
      }
    }
    throw FormulaError(
      column: condition.column, width: 1, "no run of '\(sweep.sweep.name)' fulfils this",
      hint: hint(condition, sweep))
  }

  /// Whether the file says what the name means; `false` where only the store will.
  private func checkName(_ name: FormulaName, _ sweep: SweepFacts) throws(FormulaError) -> Bool {
    if name.text == "variant", !sweep.sweep.spec.variants.isEmpty { return true }
    if TableReader.columns.contains(name.text) { return false }
    if sweep.sweep.members.contains(where: { value(of: name.text, $0) != nil }) { return true }
    if sweep.mayMeasure(Metric(name.text)) { return false }
    var known = TrainKeys.all.map(\.name) + SettingPath.modelKeys + TableReader.columns
    known += sweep.metrics.map(\.name)
    var error = FormulaError.unknownName(name, among: known)
    if name.text == "variant" {
      error = FormulaError(
        column: name.column, width: name.width,
        "the sweep '\(sweep.sweep.name)' has no variants")
    }
    throw error
  }

  private func value(
    of name: String, _ member: SweepMember, _ fold: Int? = nil
  ) -> ParameterValue? {
    if SettingPath(bare: name)?.isFold == true, let fold = fold ?? member.configuration.eachFold[0]
    {
      return .integer(fold)
    }
    if name == "variant" { return member.variant.map(ParameterValue.text) }
    return SettingPath(bare: name).flatMap { member.configuration.value(at: $0) }
  }

  /// The values that a name compared with one really has.
  private func hint(_ condition: FormulaNode, _ sweep: SweepFacts) -> String {
    guard case .comparison(.equal, .name(let name), let other, _) = condition else { return "" }
    var values: [String] = []
    for member in sweep.sweep.members {
      for fold in member.configuration.eachFold {
        if let value = value(of: name.text, member, fold)?.display, !values.contains(value) {
          values.append(value)
        }
      }
    }
    if case .literal(.text(let text), _, _) = other, let near = nearestName(to: text, among: values)
    {
      // A setting that is off reads as the text, and is none.
      return near == text
        ? "\(text) without quotes is a setting that is off" : "did you mean '\(near)'?"
    }
    return "\(name.text) is one of: " + values.prefix(20).joined(separator: ", ")
  }
}

extension SweepFacts {
  /// Whether runs of the sweep are judged by folds of their data.
  var hasFolds: Bool { sweep.members.contains { $0.configuration.eachFold.count > 1 } }

  /// The most seeds, or folds, that a configuration of the sweep has.
  var mostSeeds: Int {
    sweep.members.map { member in
      let folds = member.configuration.eachFold.count
      return folds > 1 ? folds : Set(member.seeds).count
    }.max() ?? 0
  }
}
