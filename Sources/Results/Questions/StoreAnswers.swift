package import Experiments
package import FileLanguage
package import Languages
import RunStorage
import Runs
import Sweeps
package import Tracking

/// Answers the calls of expressions from the runs of a plan's sweeps.
package struct StoreAnswers {
  /// The sweeps by name.
  package let sweeps: [String: SweepView]

  /// In which they speak.
  package var language = Language.english

  /// Makes answers of sweeps by their names.
  package init(sweeps: [String: SweepView]) { self.sweeps = sweeps }

  /// The value of a question with the answers it was made of.
  package func value(of question: Question) throws(FormulaError) -> (
    value: ParameterValue, answers: [StoreAnswer]
  ) {
    let context = AnswerContext(self, sweep: question.sweep)
    // Every call is answered, also those that the value does not need.
    let answers = try context.answers(to: question.formula.calls)
    return (try question.formula.value(in: context), answers)
  }

  /// The answer to a call.
  ///
  /// - Parameter sweep: the one that is meant where the call names none.
  package func answer(_ call: FormulaCall, sweep: String?) throws(FormulaError) -> StoreAnswer {
    let view = try view(of: call, sweep: sweep)
    let metric = Metric(call.metric.text)
    let matching = try MatchingRuns(view, where: call.conditions.first)
    switch call.function {
    case .count:
      let count = Self.count(matching, metric, isByStatus: call.isByStatus)
      return StoreAnswer(
        call: call, value: Double(count), statistics: nil, sample: nil, without: "", bad: "",
        choice: "", missing: matching.missing, language: language)
    case .mean, .last, .each:
      let (values, sample) = Self.pooled(view, matching, metric)
      return try answer(call, values, sample, matching)
    case .best:
      let (values, sample) = try best(call, view, matching, metric)
      return try answer(call, values, sample, matching)
    case .diff:
      let second = try MatchingRuns(view, where: call.conditions.last)
      let sides = [matching, second].map { Self.pooled(view, $0, metric) }
      let common = CommonSeeds(sides.map(\.0))
      var values = SeedSample(axes: sides[0].0.axes, replicate: sides[0].0.replicate)
      for axis in sides[1].0.axes where !values.axes.contains(axis) { values.axes.append(axis) }
      if !common.seeds.isEmpty {
        values.values[""] = common.seeds.enumerated().map { place, seed in
          (seed, common.means[0][place] - common.means[1][place])
        }
      }
      var sample = sides[0].1
      sample.bad += sides[1].1.bad
      sample.without += sides[1].1.without
      return try answer(call, values, sample, matching, second)
    }
  }

  /// The values of a key over the runs that a call asks about.
  func values(of key: FormulaName, in call: FormulaCall, sweep: String?) throws(FormulaError)
    -> [ParameterValue]
  {
    let view = try view(of: call, sweep: sweep)
    var values: [ParameterValue] = []
    for value in MatchingRuns.values(of: key.text, in: view) {
      let matching = try MatchingRuns(view, where: call.mean(with: value).conditions.first)
      if !matching.rows.isEmpty || matching.missing > 0 { values.append(value) }
    }
    return values
  }

  private func view(of call: FormulaCall, sweep: String?) throws(FormulaError) -> SweepView {
    let name = call.sweep?.text ?? sweep ?? ""
    if let view = sweeps[name] { return view }
    throw FormulaError(column: call.column, "there is no sweep '\(name)'")
  }

  /// The final values of all runs that match.
  private static func pooled(
    _ view: SweepView, _ matching: MatchingRuns, _ metric: Metric
  ) -> (SeedSample, GroupSamples.Sample) {
    let group = matching.group
    let samples = GroupSamples(view, of: [group], metric, .last)
    let sample = samples.pooled(group)
    return (
      SeedSample(
        values: sample.values, axes: samples.further.names, replicate: samples.further.replicate),
      sample
    )
  }

  /// The values of the configuration that ranks first.
  private func best(
    _ call: FormulaCall, _ view: SweepView, _ matching: MatchingRuns, _ metric: Metric
  ) throws(FormulaError) -> (SeedSample, GroupSamples.Sample) {
    let group = matching.group
    let samples = GroupSamples(view, of: [group], metric, .best)
    do throws(LabbookError) {
      _ = try view.direction(of: metric)
      let sample = try samples.best(group)
      return (SeedSample(values: sample.values, replicate: samples.further.replicate), sample)
    } catch {
      throw FormulaError(column: call.column, error.message, hint: error.hint)
    }
  }

  private func answer(
    _ call: FormulaCall, _ values: SeedSample, _ sample: GroupSamples.Sample,
    _ matching: MatchingRuns, _ second: MatchingRuns? = nil
  ) throws(FormulaError) -> StoreAnswer {
    let missing = matching.missing + (second?.missing ?? 0)
    guard let statistics = values.statistics else {
      throw FormulaError(column: call.column, "\(call.text): \(why(matching, second, call))")
    }
    return StoreAnswer(
      call: call, value: statistics.mean, statistics: statistics, sample: values,
      without: sample.withoutWords(language), bad: sample.bad.badWords(language),
      choice: sample.choice, missing: missing, language: language)
  }

  /// Why there is no value.
  private func why(
    _ matching: MatchingRuns, _ second: MatchingRuns?, _ call: FormulaCall
  ) -> String {
    let sides = [matching, second].compactMap { $0 }
    if sides.contains(where: { $0.missing > 0 }) { return language(.notRunYet) }
    if sides.contains(where: \.rows.isEmpty) { return language(.noRunMatches) }
    let metric = Metric(call.metric.text)
    let lost = sides.first { side in
      !side.records.contains { !$0.status.isBad && $0.value(of: metric, .last) != nil }
    }
    guard let lost else { return language(.noSeedInCommon) }
    let bad = lost.records.badWords(language)
    return language(.noRunHasValue, call.metric.text) + (bad.isEmpty ? "" : ", \(bad)")
  }

  /// How many runs match and have a final value.
  ///
  /// Where the condition itself asks for statuses, those it names count: the only way to count runs that
  /// diverged.
  private static func count(_ matching: MatchingRuns, _ metric: Metric, isByStatus: Bool) -> Int {
    matching.records.count {
      isByStatus ? $0.metrics[metric] != nil : $0.value(of: metric, .last) != nil
    }
  }
}

extension GroupSamples.Sample {
  /// Those of its runs that have no value, in words.
  fileprivate func withoutWords(_ language: Language) -> String {
    [bad.badWords(language), without > 0 ? language(.withoutValue, without) : ""]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension FormulaCall {
  /// Whether a condition asks how runs stand.
  fileprivate var isByStatus: Bool {
    conditions.contains { $0.names.contains { $0.text == "status" } }
  }
}

extension StoreAnswers {
  /// The same answers, in a language.
  package func speaking(_ language: Language) -> StoreAnswers {
    var answers = StoreAnswers(sweeps: sweeps.mapValues { $0.speaking(language) })
    answers.language = language
    return answers
  }
}
