package import Experiments
import FileLanguage
import Languages
import RunStorage
import Tracking

/// Decides claims by the intervals of their comparisons.
///
/// Every comparison is decided by left minus right. At the top its interval is that of 95 %; the k parts
/// of an `or`, of which one is enough, have 1 - 5 %/k each, and so have those of an `and` where one is
/// enough to say that it does not hold: `not` of an `and` is the `or` of what is not.
package struct ClaimJudge {
  private let context: AnswerContext
  private let rule: DecisionRule
  private var comparisons: [JudgedComparison] = []

  /// What the runs of the sweeps say of a claim.
  package static func judgement(of cell: ClaimCell, _ answers: StoreAnswers) -> ClaimJudgement {
    var judge = ClaimJudge(
      context: AnswerContext(answers, sweep: cell.question.sweep), rule: cell.rule)
    let root = cell.question.formula.root
    var verdict: ClaimVerdict
    do throws(FormulaError) {
      verdict = try judge.verdict(root, Shares())
    } catch {
      verdict = .undecided(error.message)
    }
    // What is missing leaves everything open, whatever the runs that are there say.
    let missing = judge.context.given.map(\.missing).max() ?? 0
    if missing > 0 {
      verdict = .undecided(answers.language(.runsWithoutResult, missing))
      judge.comparisons = []
    }
    return ClaimJudgement(
      verdict: verdict, rule: cell.rule, answers: judge.context.given,
      comparisons: judge.comparisons, language: answers.language)
  }

  private var language: Language { context.language }

  private init(context: AnswerContext, rule: DecisionRule) {
    self.context = context
    self.rule = rule
  }

  /// What may be wrong: the share outside of the interval by which something is held, and of that by
  /// which it is not.
  private struct Shares {
    var held = 0.05
    var notHeld = 0.05

    var swapped: Shares { Shares(held: notHeld, notHeld: held) }
  }

  private mutating func verdict(
    _ node: FormulaNode, _ shares: Shares
  ) throws(FormulaError) -> ClaimVerdict {
    switch node {
    case .literal(.flag(let truth), _, _): return truth ? .held : .notHeld
    case .not(let inner, _): return try verdict(inner, shares.swapped).swapped
    case .and:
      let parts = node.parts
      let own = Shares(held: shares.held, notHeld: shares.notHeld / Double(parts.count))
      return try all(parts, own)
    case .or:
      let parts = node.parts
      let own = Shares(held: shares.held / Double(parts.count), notHeld: shares.notHeld)
      var verdicts: [ClaimVerdict] = []
      for part in parts { verdicts.append(try verdict(part, own).swapped) }
      return all(verdicts).swapped
    case .comparison:
      guard let values = try context.values(ofEachIn: node) else {
        return judged(node, shares)
      }
      let count = Double(max(1, values.count))
      let own = Shares(held: shares.held / count, notHeld: shares.notHeld / count)
      return try all(
        values.map { value in
          node.replacing { $0.function == .each ? $0.mean(with: value) : $0 }
        }, own)
    default: return .undecided(language(.neitherTrueNorFalse, node.text))
    }
  }

  private mutating func all(
    _ parts: [FormulaNode], _ shares: Shares
  ) throws(FormulaError) -> ClaimVerdict {
    var verdicts: [ClaimVerdict] = []
    for part in parts { verdicts.append(try verdict(part, shares)) }
    return all(verdicts)
  }

  /// Held where all are, not held where one is not.
  private func all(_ verdicts: [ClaimVerdict]) -> ClaimVerdict {
    if verdicts.contains(.notHeld) { return .notHeld }
    let reasons = verdicts.compactMap(\.reason)
    guard let first = reasons.first else { return .held }
    return .undecided(
      reasons.count == 1
        ? first : language(.partsUndecided, reasons.count, verdicts.count, first))
  }

  // MARK: One comparison

  private mutating func judged(_ node: FormulaNode, _ shares: Shares) -> ClaimVerdict {
    var judged: JudgedComparison
    do throws(FormulaError) {
      judged = try comparison(node, shares)
    } catch {
      judged = JudgedComparison(text: node.text, verdict: .undecided(error.message))
    }
    if !comparisons.contains(where: { $0.text == judged.text }) { comparisons.append(judged) }
    return judged.verdict
  }

  private func comparison(
    _ node: FormulaNode, _ shares: Shares
  ) throws(FormulaError) -> JudgedComparison {
    guard case .comparison(let comparison, let left, let right, let column) = node else {
      return JudgedComparison(text: node.text, verdict: .undecided(language(.noComparison)))
    }
    func decided(_ verdict: ClaimVerdict) -> JudgedComparison {
      JudgedComparison(text: node.text, verdict: verdict)
    }
    let answers = try context.answers(to: node.calls)
    if let wild = answers.first(where: { $0.value.isNaN }) {
      return decided(.undecided(language(.isNotANumber, wild.text)))
    }
    if rule == .interval, let lost = answers.first(where: { !$0.bad.isEmpty }) {
      return decided(.undecided(language(.badInCall, lost.bad, lost.text)))
    }
    guard rule == .interval, !node.measured.isEmpty else {
      return decided(try node.truth(in: context, "the comparison") ? .held : .notHeld)
    }
    let difference = FormulaNode.arithmetic(.subtract, left, right, column: column)
    let estimate = try ExpressionEstimate(difference, in: context)
    return try judged(node.text, comparison, estimate, shares, answers)
  }

  private func judged(
    _ text: String, _ comparison: FormulaComparison, _ estimate: ExpressionEstimate,
    _ shares: Shares, _ answers: [StoreAnswer]
  ) throws(FormulaError) -> JudgedComparison {
    let replicate = answers.compactMap(\.sample?.replicate).first ?? .seed
    guard let held = estimate.interval(outside: shares.held),
      let notHeld = estimate.interval(outside: shares.notHeld)
    else {
      let one = answers.first { $0.statistics?.count == 1 }
      let why =
        one.map { language(.oneSeedNoSpread, $0.text, language.noun(1, replicate.noun)) }
        ?? language(.fewerThanTwoCommon, language.noun(2, replicate.noun))
      return JudgedComparison(text: text, verdict: .undecided(why))
    }
    var judged: JudgedComparison
    let zero = ParameterValue.number(0)
    func isAll(_ interval: ClosedRange<Double>, _ wanted: Bool) -> Bool {
      [interval.lowerBound, interval.upperBound].allSatisfy {
        comparison.holds(.number($0), zero) == wanted
      }
    }
    if isAll(held, true) {
      judged = JudgedComparison(text: text, verdict: .held)
    } else if isAll(notHeld, false) {
      judged = JudgedComparison(text: text, verdict: .notHeld)
      judged.interval = notHeld
    } else {
      // Where one of two intervals leaves 0 out, the other one shows why nothing is decided.
      let share = isAll(held, false) ? shares.notHeld : shares.held
      let needed = estimate.seedsNeeded(outside: share)
      judged = JudgedComparison(
        text: text, verdict: .undecided(undecided(needed, replicate)))
      judged.seedsNeeded = needed
      judged.interval = share == shares.held ? held : notHeld
      judged.level = 1 - share
    }
    if judged.verdict == .held { judged.level = 1 - shares.held }
    if judged.verdict == .notHeld { judged.level = 1 - shares.notHeld }
    judged.interval = judged.interval ?? held
    judged.difference = estimate.value
    judged.statistics = estimate.statistics
    judged.estimate = estimate.estimate
    judged.replicate = replicate.rawValue
    if case .some(let count) = estimate.shared { judged.combinations = count }
    return judged
  }

  private func undecided(_ needed: Int?, _ replicate: Replicate) -> String {
    guard let needed, needed <= 10_000 else {
      return language(.tooManyNeeded, language.noun(2, replicate.noun))
    }
    return language(.aboutNeeded, language.counted(needed, replicate.noun))
  }
}

extension FormulaNode {
  /// The parts of a chain of `and`, or of `or`, in the order of writing.
  fileprivate var parts: [FormulaNode] {
    func list(_ node: FormulaNode) -> [FormulaNode] {
      switch (self, node) {
      case (.and, .and(let left, let right, _)), (.or, .or(let left, let right, _)):
        list(left) + list(right)
      default: [node]
      }
    }
    return list(self)
  }
}
