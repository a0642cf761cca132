package import Experiments
package import FileLanguage
import RunStorage
import Sweeps
package import Tracking

/// The answer of the store to one call.
package struct StoreAnswer {
  /// The call as it was written.
  package let text: String
  package let value: Double
  /// Over what it was taken; `nil` for a count.
  package let statistics: SeedStatistics?
  package let interval: ClosedRange<Double>?
  /// Runs that match and have no value, in words: `1 diverged`; empty where there is none.
  package var without = ""

  /// The answer as a sentence about the call.
  package var line: String {
    guard let statistics else { return "\(text) = \(SeedStatistics.text(value))" }
    let kind = statistics.isOverFolds ? "approximate 95 % interval" : "95 % interval"
    return "\(text) = \(statistics)" + (interval.map { ", \(kind) \($0.inWords)" } ?? "")
      + (without.isEmpty ? "" : ", \(without), left out")
  }
}

/// Answers the calls of expressions from the runs of a plan's sweeps.
package struct StoreAnswers {
  /// The sweeps by name.
  package let sweeps: [String: SweepView]

  /// Makes answers of sweeps by their names.
  package init(sweeps: [String: SweepView]) { self.sweeps = sweeps }

  /// The value of a question with the answers it was made of.
  package func value(of question: Question) throws(FormulaError) -> (
    value: ParameterValue, answers: [StoreAnswer], missing: Int
  ) {
    let context = AnswerContext(answers: self, question: question)
    // Every call is answered, also those that the value does not need.
    for call in question.formula.calls { _ = try context.value(of: call) }
    let value = try question.formula.value(in: context)
    var answers: [StoreAnswer] = []
    for call in question.formula.calls {
      guard let answer = context.known[call]?.answer else { continue }
      // What is asked twice, as for a bound on either side, is said once.
      if !answers.contains(where: { $0.text == answer.text }) { answers.append(answer) }
    }
    if let difference = try difference(question) { answers.append(difference) }
    return (value, answers, context.known.values.map(\.missing).max() ?? 0)
  }

  fileprivate func answer(_ call: FormulaCall, _ question: Question) throws(FormulaError) -> (
    answer: StoreAnswer, missing: Int
  ) {
    let results = try results(call, question)
    let metric = Metric(call.metric.text)
    let text = call.text(in: question.formula.source)
    let matching = try MatchingRuns(results, where: call.conditions.first)
    switch call.function {
    case .count:
      let count = Self.count(matching, metric, isByStatus: call.isByStatus)
      return (
        StoreAnswer(text: text, value: Double(count), statistics: nil, interval: nil),
        matching.missing
      )
    case .mean, .last:
      let values = matching.values(of: metric, .last).map(\.value)
      var found = try answer(text, values, call, matching)
      found.without = Self.without(matching.records, metric, .last)
      return (found, matching.missing)
    case .best:
      let direction: Direction
      do throws(LabbookError) { direction = try results.direction(of: metric) } catch {
        throw FormulaError(column: call.column, error.message, hint: error.hint)
      }
      let group = best(matching, metric, direction)
      let values = group?.replicates(of: metric, .best) ?? []
      var found = try answer(text, values, call, matching)
      found.without = Self.without(group?.runs ?? [], metric, .best)
      return (found, matching.missing)
    case .diff:
      let second = try MatchingRuns(results, where: call.conditions.last)
      let difference = PairedDifference(
        matching.values(of: metric, .last), second.values(of: metric, .last))
      var found = try answer(text, difference.values, call, matching)
      found.without = (matching.records + second.records).badWords
      return (found, matching.missing + second.missing)
    }
  }

  private func results(_ call: FormulaCall, _ question: Question) throws(FormulaError)
    -> SweepView
  {
    let name = call.sweep?.text ?? question.sweep ?? ""
    if let results = sweeps[name] { return results }
    throw FormulaError(column: call.column, "there is no sweep '\(name)'")
  }

  private func answer(
    _ text: String, _ values: [Double], _ call: FormulaCall, _ matching: MatchingRuns
  ) throws(FormulaError) -> StoreAnswer {
    guard let statistics = SeedStatistics(values, isOverFolds: matching.isOverFolds) else {
      let why =
        matching.missing > 0
        ? "not run yet"
        : matching.rows.isEmpty
          ? "no run matches"
          : "no run has a value of \(call.metric.text)"
            + (matching.records.badWords.isEmpty ? "" : ", \(matching.records.badWords)")
      throw FormulaError(column: call.column, "\(text): \(why)")
    }
    return StoreAnswer(
      text: text, value: statistics.mean, statistics: statistics,
      interval: BootstrapInterval.ofMean(values))
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

  /// Those of some runs that have no value, in words.
  private static func without(
    _ runs: [RunRecord], _ metric: Metric, _ which: MetricValue
  ) -> String {
    let others = runs.count { !$0.status.isBad && $0.value(of: metric, which) == nil }
    return [runs.badWords, others > 0 ? "\(others) without a value" : ""]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The configuration that ranks first.
  private func best(
    _ matching: MatchingRuns, _ metric: Metric, _ direction: Direction
  ) -> RunGroup? {
    var best: RunGroup?
    for group in matching.records.groupedByConfiguration() {
      guard group.statistics(of: metric, .best) != nil else { continue }
      if best.map({ group.ranksBefore($0, by: metric, direction, .best) }) ?? true { best = group }
    }
    return best
  }

  /// Two means that are compared differ by so much, run by run of the same seed.
  private func difference(_ question: Question) throws(FormulaError) -> StoreAnswer? {
    guard case .comparison(_, .call(let first), .call(let second), _) = question.formula.root,
      first.metric.text == second.metric.text,
      [first, second].allSatisfy({ $0.function == .mean || $0.function == .last })
    else { return nil }
    let metric = Metric(first.metric.text)
    var sides: [[(seed: Int, value: Double)]] = []
    var isOverFolds = false
    for call in [first, second] {
      let runs = try MatchingRuns(try results(call, question), where: call.conditions.first)
      sides.append(runs.values(of: metric, .last))
      isOverFolds = isOverFolds || runs.isOverFolds
    }
    let difference = PairedDifference(sides[0], sides[1])
    guard difference.values.count > 1, var statistics = difference.statistics else { return nil }
    statistics.isOverFolds = isOverFolds
    return StoreAnswer(
      text: "difference over the same \(isOverFolds ? "folds" : "seeds")",
      value: statistics.mean, statistics: statistics, interval: difference.interval)
  }
}

/// What an expression over results means, with the answers it was given.
private final class AnswerContext: FormulaContext {
  private let answers: StoreAnswers
  private let question: Question
  private(set) var known: [FormulaCall: (answer: StoreAnswer, missing: Int)] = [:]

  init(answers: StoreAnswers, question: Question) {
    self.answers = answers
    self.question = question
  }

  var names: [String] { [] }

  func value(of name: String) -> ParameterValue? { nil }

  func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue {
    if let found = known[call] { return .number(found.answer.value) }
    let found = try answers.answer(call, question)
    known[call] = found
    return .number(found.answer.value)
  }
}

extension FormulaCall {
  /// Whether a condition asks how runs stand.
  fileprivate var isByStatus: Bool {
    conditions.contains { $0.names.contains { $0.text == "status" } }
  }

  /// The call as it stands in an expression: up to its closing bracket.
  fileprivate func text(in source: String) -> String {
    var depth = 0
    var quote: Character?
    var text = ""
    for character in source.dropFirst(column - 1) {
      text.append(character.isNewline ? " " : character)
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "(" {
        depth += 1
      } else if character == ")" {
        depth -= 1
        if depth == 0 { break }
      }
    }
    return text
  }
}
