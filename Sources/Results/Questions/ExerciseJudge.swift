package import Experiments
import FileLanguage
import Languages
package import Tracking

/// What became of one exercise of a hand-in.
public struct ExerciseJudgement: Sendable {
  /// Whether it is right.
  public let verdict: Verdict
  /// What it was decided by, in lines.
  public let details: [String]

  /// The ways in which an exercise ends.
  public enum Verdict: String, Sendable, CaseIterable {
    case right, wrong
    /// The runs do not say it.
    case undecided
    /// The hand-in says nothing of it.
    case unanswered = "not answered"
    /// The hand-in was not graded.
    case none = "not graded"
  }

  /// Makes a judgement.
  public init(_ verdict: Verdict, _ details: [String] = []) {
    self.verdict = verdict
    self.details = details
  }
}

/// Judges the answers to exercises by the results of sweeps.
package enum ExerciseJudge {
  /// What the runs of sweeps say of an exercise that is answered by runs.
  package static func judgement(
    of task: RunsTask, _ answers: StoreAnswers
  ) -> ExerciseJudgement {
    let claim = ClaimCell(
      sentence: "", question: task.question, rule: task.rule, mark: task.question.mark)
    let judgement = ClaimJudge.judgement(of: claim, answers)
    let isSaid = judgement.comparisons.contains { $0.verdict.reason != nil }
    let reason = isSaid ? [] : [judgement.verdict.reason].compactMap { $0 }
    let verdict: ExerciseJudgement.Verdict =
      switch judgement.verdict {
      case .held: .right
      case .notHeld: .wrong
      case .undecided: .undecided
      }
    return ExerciseJudgement(verdict, judgement.details + reason)
  }

  /// Whether a value is right.
  package static func judgement(
    of value: ParameterValue, _ task: ValueTask, _ answers: StoreAnswers
  ) -> ExerciseJudgement {
    let given = "answered \(value.display)"
    switch task.solution {
    case .holds(let question):
      let context = AnswerContext(answers, sweep: question.sweep)
      context.name(value, ValueTask.name)
      do throws(FormulaError) {
        let isRight = try question.formula.holds(in: context)
        if let missing = context.given.map(\.missing).max(), missing > 0 {
          return ExerciseJudgement(.undecided, [given, "runs have no result yet"])
        }
        return ExerciseJudgement(isRight ? .right : .wrong, [given])
      } catch { return ExerciseJudgement(.undecided, [given, error.message]) }
    default:
      return ExerciseJudgement(task.solution.isRight(value) ? .right : .wrong, [given])
    }
  }

  /// Whether the runs of the file itself are the answer already; `false` too where they are not all there.
  package static func isAnswered(_ exercise: ExerciseCell, _ answers: StoreAnswers) -> Bool {
    guard case .runs(let task) = exercise.task else { return false }
    return judgement(of: task, answers).verdict == .right
  }
}
