import Experiments
import Foundation
import Pages
import Results
import RunStorage
import Runs
import TestSupport
import Testing
import Tracking

/// Questions of notebooks about runs whose values were told, so that every answer is known.
struct StoreAnswersTests {
  private static let head = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
    objective: {maximize: val/accuracy}
    train: {epochs: 3}

    """

  /// The accuracies of epochs 1, 2 and 3; epoch 2 is the chosen one, so that best is not last.
  private static let accuracies: [String: [[Double]]] = [
    "lines 0.1": [[0.1, 0.60, 0.50], [0.1, 0.70, 0.60], [0.1, 0.80, 0.70]],
    "lines 0.2": [[0.1, 0.50, 0.90], [0.1, 0.60, 0.80], [0.1, 0.70, 0.10]],
    "hidden 0.1": [[0.1, 0.75, 0.30], [0.1, 0.65, 0.20], [0.1, 0.85, 0.40]],
    // The best of all by its other seeds, but one of three diverged.
    "hidden 0.2": [[0.1, 0.95, 0.95], [0.1, 0.97, 0.97], [0.1, 0.99, 0.99]],
  ]

  private static func tell(_ run: RunConfiguration) -> Told {
    let lr = run.number("train.lr"), seed = run.train.seed
    let accuracies = accuracies["\(run.modelName) \(lr)"]?[seed - 1] ?? []
    let curves = ["val/accuracy": accuracies, "val/loss": accuracies.map { 1 - $0 }]
    let isBad = run.modelName == "hidden" && lr == 0.2 && seed == 2
    return isBad
      ? Told(["val/accuracy": [0.97], "val/loss": [0.03, .nan]], best: 1, .diverged)
      : Told(curves, best: 2)
  }

  private func builder(_ told: ToldExperiment) throws -> NotebookBuilder {
    try NotebookBuilder(told.experiment, told.plan, in: told.store, library: told.library)
  }

  /// What stands in a text for each question.
  private func answers(
    _ questions: [String], _ told: (String) throws -> ToldExperiment
  ) throws -> [String] {
    let cells = questions.map { "  - text: \"{{ \($0) }}\"\n" }.joined()
    let told = try told(cells)
    defer { told.remove() }
    return try builder(told).page([]).page.blocks.compactMap { block in
      if case .prose(let prose) = block { prose.values.first?.text } else { nil }
    }
  }

  @Test func everyFunctionHasItsNumber() throws {
    let expected = [
      // The first by the mean of best: hidden 0.1 with 0.75; hidden 0.2 has a diverged run.
      "best(val/accuracy)": "0.75 ± 0.10 (3)",
      "best(val/accuracy, model = 'lines')": "0.70 ± 0.10 (3)",
      // Losses rank downwards, and the best of a loss is that of the chosen epoch, 1 - accuracy.
      "best(val/loss)": "0.25 ± 0.10 (3)",
      "best(val/loss, model = 'lines')": "0.30 ± 0.10 (3)",
      "mean(val/accuracy, model = 'lines' and lr = 0.1)": "0.60 ± 0.10 (3)",
      "last(val/accuracy, model = 'lines' and lr = 0.1)": "0.60 ± 0.10 (3)",
      // 0.9, 0.8, 0.1: mean 0.6, squares 0.09 + 0.04 + 0.25 = 0.38, deviation sqrt(0.19) = 0.436.
      "mean(val/accuracy, model = 'lines' and lr = 0.2)": "0.6 ± 0.4 (3)",
      // The diverged run has no final value, and no best one that counts.
      "mean(val/accuracy, model = 'hidden' and lr = 0.2)": "0.97 ± 0.03 (2), 1 diverged",
      "mean(val/accuracy, model = 'hidden' and lr = 0.2) - 0.5": "0.47, 1 diverged",
      "best(val/accuracy, model = 'hidden' and lr = 0.2)": "0.97 ± 0.03 (2), 1 diverged",
      "mean(val/accuracy, status != 'diverged' and model = 'hidden' and lr = 0.2)":
        "0.97 ± 0.03 (2)",
      "count(val/accuracy)": "11",
      // It had 0.97 and a loss of 0.03 at last: neither small nor large, whatever is made of it.
      "count(val/accuracy, val/accuracy > 0 or val/accuracy <= 0)": "11",
      "count(val/loss, val/loss - 1 < 100)": "11",
      // Where the condition names statuses it says itself which runs count.
      "count(val/accuracy, status = 'diverged')": "1",
      "count(val/accuracy, val/accuracy > 0.65 and status = 'completed')": "5",
      // By seed: 0.5 - 0.9, 0.6 - 0.8, 0.7 - 0.1.
      "diff(val/accuracy, model = 'lines' and lr = 0.1, model = 'lines' and lr = 0.2)":
        "0.0 ± 0.5 (3)",
      // Only seeds 1 and 3 are common: 0.95 - 0.3 and 0.99 - 0.4.
      "diff(val/accuracy, model = 'hidden' and lr = 0.2, model = 'hidden' and lr = 0.1)":
        "0.62 ± 0.04 (2), 1 diverged",
      "mean(val/accuracy, lr = 0.1 and model = 'lines') - 0.5": "0.1",
      // n counts seeds: (0.5 + 0.9)/2, (0.6 + 0.8)/2, (0.7 + 0.1)/2.
      "mean(val/accuracy, model = 'lines')": "0.60 ± 0.17 (3), pooled over lr",
      "mean(val/accuracy, model = 'lines') - 0.5": "0.1, pooled over lr",
      // 0.4 to 0.8 are its ends: 0.6 ± 4.303 * 0.1 / sqrt(3).
      "high(mean(val/accuracy, lr = 0.1 and model = 'lines')) - 0.6": "0.2484",
      "abs(low(mean(val/accuracy, lr = 0.1 and model = 'lines')) - 0.6)": "0.2484",
      "mean(val/accuracy, status = 'failed')":
        "[mean(val/accuracy, status = 'failed'): no run matches]",
      "mean(val/accuracy, status = 'diverged')":
        "[mean(val/accuracy, status = 'diverged'): no run has a value of val/accuracy, 1 diverged]",
    ]
    let questions = expected.keys.sorted()
    let found = try answers(questions) { cells in
      try ToldExperiment(
        Self.head + "notebook:\n  - {sweep: s, over: {model: all, lr: [0.1, 0.2]}, seeds: 3}\n"
          + cells, tell: Self.tell)
    }
    for (question, answer) in zip(questions, found) {
      #expect(answer == expected[question], "\(question)")
    }
    #expect(found.count == expected.count)
  }

  private func claims(_ sentences: [String], _ told: (String) throws -> ToldExperiment) throws
    -> (claims: [NotebookPage.Claim], problems: [String])
  {
    let cells = sentences.map { "  - {claim: It is so, that: \"\($0)\"}\n" }.joined()
    let told = try told(cells)
    defer { told.remove() }
    let builder = try builder(told)
    return (builder.claims().map(\.claim), builder.page([]).problems.map(\.message))
  }

  /// 0.5, 0.6, 0.7 minus 0.3, 0.2, 0.4: 0.3 ± 0.1, and 0.1 * 4.303 / sqrt(3) = 0.2484.
  @Test func claimsSayWhatTheyWereDecidedBy() throws {
    let (claims, problems) = try claims([
      "mean(val/accuracy, lr = 0.1 and model = 'lines') > mean(val/accuracy, lr = 0.1 and model = "
        + "'hidden')",
      "mean(val/accuracy, lr = 0.1 and model = 'lines') < 0.3",
      "mean(val/loss, lr = 0.2 and model = 'hidden') < 0.1 and count(val/loss) = 11",
      "last(val/accuracy, lr = 0.1 and model = 'lines') > 0.5 and last(val/accuracy, lr = 0.1 and "
        + "model = 'lines') < 0.7",
      "best(val/accuracy) > 0.4",
    ]) { cells in
      try ToldExperiment(
        Self.head + "notebook:\n  - {sweep: s, over: {model: all, lr: [0.1, 0.2]}, seeds: 3}\n"
          + cells, tell: Self.tell)
    }
    #expect(claims.map(\.verdict.words) == ["held", "not held", "undecided", "undecided", "held"])
    let lines = "mean(val/accuracy, lr = 0.1 and model = 'lines') = 0.60 ± 0.10 (3), 95 % interval "
    #expect(
      claims[0].details == [
        lines + "[0.3516, 0.8484]",
        "mean(val/accuracy, lr = 0.1 and model = 'hidden') = 0.30 ± 0.10 (3), 95 % interval "
          + "[0.05159, 0.5484]",
        // 0.5 - 0.3, 0.6 - 0.2, 0.7 - 0.4
        "left - right = 0.30 ± 0.10 (3), 95 % interval [0.05159, 0.5484] (Student's t over 3 "
          + "seeds): held",
      ])
    #expect(
      claims[1].details == [
        lines + "[0.3516, 0.8484]",
        "left - right = 0.30 ± 0.10 (3), 95 % interval [0.05159, 0.5484] (Student's t over 3 "
          + "seeds): not held",
      ])
    let lost =
      "1 diverged in mean(val/loss, lr = 0.2 and model = 'hidden'); a condition such as "
      + "status = 'completed' leaves them out"
    #expect(
      claims[2].details == [
        // 0.01 and 0.05: 0.03 ± 12.71 * 0.02.
        "mean(val/loss, lr = 0.2 and model = 'hidden') = 0.03 ± 0.03 (2), 95 % interval "
          + "[-0.2241, 0.2841], 1 diverged, left out",
        "count(val/loss) = 11",
        "mean(val/loss, lr = 0.2 and model = 'hidden') < 0.1: \(lost)",
      ])
    #expect(claims[3].details.count == 3)
    #expect(
      claims[3].details[1]
        == "last(val/accuracy, lr = 0.1 and model = 'lines') > 0.5: left - right = 0.10 ± 0.10 "
        + "(3), 95 % interval [-0.1484, 0.3484] (Student's t over 3 seeds): undecided, about 7 "
        + "seeds would do if mean and deviation stay")
    #expect(
      claims[4].details[0]
        == "best(val/accuracy) = 0.75 ± 0.10 (3), 95 % interval [0.5016, 0.9984], of model=hidden, "
        + "lr=0.1, the configuration is kept as it was chosen")
    #expect(
      problems == [
        "the claim does not hold: mean(val/accuracy, lr = 0.1 and model = 'lines') < 0.3",
        "the claim is undecided: \(lost)",
        "the claim is undecided: 2 of 2 parts are undecided; about 7 seeds would do if mean and "
          + "deviation stay",
      ])
  }

  /// Two sweeps with seeds of their own: only common seeds make a difference, each by itself.
  @Test func differencesAreBetweenRunsOfTheSameSeed() throws {
    let (claims, _) = try claims(["mean(a, val/loss) < mean(b, val/loss)"]) { cells in
      try ToldExperiment(
        Self.head + """
          notebook:
            - {sweep: a, with: {model: lines}, seeds: [1, 2, 3, 4]}
            - {sweep: b, with: {model: hidden}, seeds: [5, 4, 3, 2]}

          """ + cells
      ) { run in
        // Seed by seed b is 1 above a; sorted or in order of the file it is not.
        let values = [1: 7.0, 2: 3.0, 3: 9.0, 4: 5.0]
        let base = values[run.train.seed] ?? 100
        return Told(["val/loss": [run.modelName == "lines" ? base : base + 1]], best: 1)
      }
    }
    #expect(claims[0].verdict == .held)
    #expect(
      claims[0].details.last
        == "left - right = -1 ± 0 (3) (no spread in 3 seeds): held"
    )
  }

  @Test func aClaimIsOpenWhileRunsThatMatchAreMissing() throws {
    let (claims, problems) = try claims([
      "mean(val/loss) < 100",
      "mean(val/loss, lr = 0.1) < 100",
      "mean(val/loss, lr = 0.2) < 100 and mean(val/loss) < 100",
      // What is not there may match.
      "count(val/loss, val/loss > 0) >= 0",
      "diff(val/loss, lr = 0.1, lr = 0.2) < 100",
      "mean(val/loss, lr = 0.3) < 100",
      "best(val/loss, lr = 0.2) < 100",
    ]) { cells in
      try ToldExperiment(
        Self.head.replacing("epochs: 3", with: "epochs: 3, model: lines")
          + "notebook:\n  - {sweep: s, over: {lr: [0.1, 0.2, 0.3]}, seeds: 3}\n" + cells
      ) { run in
        let lr = run.number("train.lr"), seed = run.train.seed
        if lr == 0.3 { return nil }
        if lr == 0.2, seed == 2 { return Told(["val/loss": [1]], best: 1, .interrupted) }
        if lr == 0.2, seed == 3 { return Told(["val/loss": [1]], .running) }
        return Told(["val/loss": [Double(seed)]], best: 1)
      }
    }
    let words = claims.map { claim in
      claim.verdict.reason ?? claim.verdict.words
    }
    #expect(
      words == [
        // 1, 2, 3: 2 ± 2.48.
        "5 runs have no result yet", "held", "5 runs have no result yet",
        "5 runs have no result yet", "2 runs have no result yet",
        "mean(val/loss, lr = 0.3): not run yet", "2 runs have no result yet",
      ])
    #expect(problems.count == 6)
    #expect(problems[0] == "the claim is undecided: 5 runs have no result yet")
  }

  @Test func oneMissingRunAndASearchUnderWayKeepClaimsOpen() throws {
    let (claims, _) = try claims(["mean(s, val/loss) < 100", "mean(search, val/loss) < 100"]) {
      cells in
      try ToldExperiment(
        Self.head + """
          notebook:
            - {sweep: s, with: {model: lines}, seeds: 3}
            - sweep: search
              with: {model: lines}
              over: {lr: {log_uniform: [0.001, 0.1]}}
              strategy: {name: tpe, runs: 12}
              seeds: 2

          """ + cells
      ) { run in
        run.number("train.lr") == 1e-3 && run.train.seed == 3
          ? nil : Told(["val/loss": [1]], best: 1)
      }
    }
    #expect(claims[0].verdict == .undecided("1 run has no result yet"))
    // Of the first round every run is there; the rounds after it follow from results.
    guard case .undecided(let why) = claims[1].verdict else {
      Issue.record("a search under way decides nothing: \(claims[1].verdict)")
      return
    }
    #expect(why.hasSuffix(" runs have no result yet"))
  }

  @Test func aValueThatIsNoNumberDecidesNothing() throws {
    let (claims, _) = try claims(["not (mean(val/loss) < 1)"]) { cells in
      try ToldExperiment(
        Self.head.replacing("epochs: 3", with: "epochs: 3, model: lines")
          + "notebook:\n  - {sweep: s, seeds: 2}\n" + cells
      ) { run in Told(["val/loss": [run.train.seed == 1 ? 0.5 : .nan]], best: 1) }
    }
    #expect(claims[0].verdict == .undecided("mean(val/loss) is not a number"))
  }
}
