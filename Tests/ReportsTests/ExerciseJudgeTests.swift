import Experiments
import FileLanguage
import Results
import RunStorage
import Runs
import Sweeps
import Testing
import Tracking

/// What runs say of the answers to exercises; the numbers are told.
struct ExerciseJudgeTests {
  /// Losses 1 and 3 of two seeds at the rate 0.1, twice as much at 0.2; at 0.4 a seed diverges.
  private func judgements(_ exercises: String) throws -> [ExerciseJudgement] {
    let text = """
      data: {source: cubic, points: 20}
      model: {mlp: {hidden: [2]}}
      train: {epochs: 2}
      open: [train.lr]
      notebook:
        - sweep: rates
          over: {lr: [0.1, 0.2, 0.4]}
          seeds: 2
      \(exercises)
      """
    let told = try ToldExperiment(text) { run in
      let rate = run.value(at: .absolute(["train", "lr"]))?.asNumber ?? 0
      let loss = (run.seed == 1 ? 10 : 30) * rate
      return Told(
        ["train/loss": [9, loss]], best: 2, rate > 0.3 && run.seed == 2 ? .diverged : .completed)
    }
    defer { told.remove() }
    var sweeps: [String: SweepView] = [:]
    for sweep in told.plan.sweeps { sweeps[sweep.name] = try SweepView(sweep, in: told.store) }
    let answers = StoreAnswers(sweeps: sweeps)
    return told.experiment.exercises.map { exercise in
      switch exercise.task {
      case .runs(let task): ExerciseJudge.judgement(of: task, answers)
      case .value(let task): ExerciseJudge.judgement(of: .number(2.5), task, answers)
      }
    }
  }

  private func runs(_ that: String, _ more: String = "") -> String {
    "  - {exercise: E, id: a, of: rates, that: \"\(that)\"\(more)}"
  }

  @Test func runsAreJudgedAsClaimsAre() throws {
    func verdict(_ that: String, _ more: String = "") throws -> ExerciseJudgement.Verdict? {
      try judgements(runs(that, more)).first?.verdict
    }
    // The mean is 2, and Student's t over two seeds leaves 2 ± 12.7.
    #expect(try verdict("mean(train/loss, lr = 0.1) < 20") == .right)
    #expect(try verdict("mean(train/loss, lr = 0.1) > 20") == .wrong)
    #expect(try verdict("mean(train/loss, lr = 0.1) < 3") == .undecided)
    #expect(try verdict("mean(train/loss, lr = 0.1) < 3", ", decide_by: mean") == .right)
    #expect(try verdict("mean(train/loss, lr = 0.4) < 3") == .undecided)
    #expect(try verdict("mean(train/loss, lr = 7) < 3") == .undecided)
    #expect(try verdict("count(train/loss, lr = 0.1) = 2") == .right)
  }

  @Test func aJudgementSaysWhatItWasDecidedBy() throws {
    let found = try #require(try judgements(runs("mean(train/loss, lr = 7) < 3")).first)
    #expect(found.details == ["mean(train/loss, lr = 7): no run matches"])
    let known = try #require(try judgements(runs("mean(train/loss, lr = 0.1) > 20")).first)
    #expect(known.details.first?.hasPrefix("mean(train/loss, lr = 0.1) = 2.0 ± 1.4 (2)") == true)
  }

  @Test func aValueIsJudgedByResults() throws {
    func verdict(_ solution: String) throws -> ExerciseJudgement.Verdict? {
      let cell = "  - {exercise: E, id: a, ask: number, is: \"\(solution)\"}"
      return try judgements(cell).first?.verdict
    }
    #expect(try verdict("abs(answer - mean(rates, train/loss, lr = 0.1)) < 0.6") == .right)
    #expect(try verdict("abs(answer - mean(rates, train/loss, lr = 0.1)) < 0.4") == .wrong)
    #expect(try verdict("answer > mean(rates, train/loss, lr = 7)") == .undecided)
    #expect(try verdict("answer = 2.5") == .right)
  }
}
