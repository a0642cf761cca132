import FileLanguage
import Languages
import Tracking

/// What an expression over results means, with the answers it was given.
final class AnswerContext: FormulaContext {
  private let answers: StoreAnswers
  private let sweep: String?
  private var known: [String: StoreAnswer] = [:]
  /// The answers in the order in which they were first asked for.
  private(set) var given: [StoreAnswer] = []

  init(_ answers: StoreAnswers, sweep: String?) {
    self.answers = answers
    self.sweep = sweep
  }

  private var values: [String: ParameterValue] = [:]

  var language: Language { answers.language }

  var names: [String] { values.keys.sorted() }

  func value(of name: String) -> ParameterValue? { values[name] }

  /// Lets a name stand for a value.
  func name(_ value: ParameterValue, _ name: String) { values[name] = value }

  func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue {
    .number(try answer(to: call).value)
  }

  /// The answer to a call; what is asked twice, as for a bound on either side, is answered once.
  func answer(to call: FormulaCall) throws(FormulaError) -> StoreAnswer {
    let text = call.text
    if let found = known[text] { return found }
    let found = try answers.answer(call, sweep: sweep)
    known[text] = found
    given.append(found)
    return found
  }

  /// The answers to some calls, each once.
  func answers(to calls: [FormulaCall]) throws(FormulaError) -> [StoreAnswer] {
    var list: [StoreAnswer] = []
    for call in calls {
      let answer = try answer(to: call)
      if !list.contains(where: { $0.text == answer.text }) { list.append(answer) }
    }
    return list
  }

  /// The values over which the `each` of a comparison goes; `nil` where it has none.
  func values(ofEachIn comparison: FormulaNode) throws(FormulaError) -> [ParameterValue]? {
    var values: [ParameterValue]?
    for call in comparison.calls {
      guard let key = call.key else { continue }
      let own = try answers.values(of: key, in: call, sweep: sweep)
      values = (values ?? []) + own.filter { value in values?.contains(value) != true }
    }
    return values
  }

  func end(
    _ function: FormulaFunction, of inner: FormulaNode, column: Int
  ) throws(FormulaError) -> Double {
    let interval = try ExpressionEstimate(inner, in: self).interval(outside: 0.05)
    guard let interval else {
      throw FormulaError(
        column: column,
        "\(function.rawValue)(\(inner.text)): " + language(.oneSeedNoInterval))
    }
    return function == .low ? interval.lowerBound : interval.upperBound
  }
}
