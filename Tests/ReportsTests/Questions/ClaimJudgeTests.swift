import Experiments
import Foundation
import Pages
import Results
import RunStorage
import Runs
import Sweeps
import TensorKernels
import Terminal
import TestSupport
import Testing
import Tracking

/// Claims about told values: every rule, with intervals worked out beside it.
struct ClaimJudgeTests {
  private static let head = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    model: [{linear: classes}]
    train: {epochs: 1}
    notebook:

    """

  /// By rate and seed: 0.1 has the mean 1 and the deviation 0.0790569, so that its interval is
  /// 1 ± 2.776445 * 0.0790569 / sqrt(5) = 1 ± 0.09816; 0.2 is half above with a deviation of 0.0158114 in
  /// the difference; 0.3 is 1 with every seed; at 0.4 one of five diverged.
  private static func tell(_ run: RunConfiguration) -> Told? {
    let seed = run.train.seed
    let base = [1.0, 1.1, 0.9, 1.05, 0.95][(seed - 1) % 5]
    let loss: Double
    switch run.number("train.lr") {
    case 0.1: loss = base
    case 0.2: loss = base + [0.5, 0.52, 0.48, 0.51, 0.49][(seed - 1) % 5]
    case 0.3: loss = 1
    default:
      if seed == 2 { return Told(["val/loss": [.nan]], .diverged) }
      loss = base
    }
    return Told(["val/loss": [loss]], best: 1)
  }

  private func judged(
    _ claims: [(that: String, rule: String)],
    sweeps: String = "  - {sweep: s, over: {lr: [0.1, 0.2, 0.3, 0.4]}, seeds: 5}\n",
    tell: (RunConfiguration) -> Told? = tell
  ) throws -> [NotebookPage.Claim] {
    let cells = claims.map {
      "  - {claim: It is so, that: \"\($0.that)\", decide_by: \($0.rule)}\n"
    }
    let told = try ToldExperiment(Self.head + sweeps + cells.joined(), tell: tell)
    defer { told.remove() }
    return try NotebookBuilder(told.experiment, told.plan, in: told.store, library: told.library)
      .claims().map(\.claim)
  }

  private static let a = "mean(val/loss, lr = 0.1)"
  private static let b = "mean(val/loss, lr = 0.2)"
  private static let c = "mean(val/loss, lr = 0.3)"
  private static let d = "mean(val/loss, lr = 0.4)"

  @Test func everyRuleDecides() throws {
    let (a, b, c, d) = (Self.a, Self.b, Self.c, Self.d)
    let expected: [(String, String)] = [
      ("\(a) < \(b)", "held"), ("\(a) > \(b)", "not held"), ("not \(a) > \(b)", "held"),
      ("\(a) < 1.11", "held"), ("\(a) < 1.09", "undecided"), ("\(a) > 1.11", "not held"),
      // 0.11 / 0.0353553 = 3.11: beyond 2.776 of 95 %, not beyond 3.495 of 97.5 %.
      ("\(a) < 1.11 or \(a) > \(b)", "undecided"), ("\(a) < 1.13 or \(a) > \(b)", "held"),
      ("\(a) < 1.11 and \(a) < \(b)", "held"), ("\(a) > 1.11 and \(a) < \(b)", "undecided"),
      ("\(a) > 1.13 and \(a) < \(b)", "not held"),
      ("not (\(a) > 1.11 and \(a) < \(b))", "undecided"),
      ("\(a) > \(b) or \(a) > 1.2", "not held"),
      // 1 - 5 %/3 makes 3.961 of 2.776: 1 ± 0.14.
      ("each(val/loss, lr, lr < 0.4) > 0.85", "held"),
      ("each(val/loss, lr, lr < 0.4) > 0.88", "undecided"),
      ("each(val/loss, lr, lr < 0.4) < 1.2", "not held"),
      // The interval of the difference from 1 is ± 0.098.
      ("abs(\(a) - 1) < 0.1", "held"), ("abs(\(a) - 1) < 0.09", "undecided"),
      ("abs(\(a) - 1) > 0.1", "not held"), ("abs(\(a) - \(b)) > 0.4", "held"),
      ("abs(\(a) - \(b)) < 0.4", "not held"), ("abs(\(a) - \(b)) < 0.6 * \(a)", "held"),
      // Equal with every seed.
      ("\(c) >= 1", "held"), ("\(c) > 1", "not held"), ("\(c) <= 1", "held"),
      // Ratios, by the jackknife.
      ("\(a) / \(b) < 0.7", "held"), ("\(a) / \(b) > 0.7", "not held"),
      // Ends of intervals and counts are decided as they stand.
      ("low(\(a)) > 0.9", "held"), ("high(\(a)) < 1.098", "not held"),
      ("count(val/loss, lr = 0.1) = 5", "held"), ("count(lr, status = 'diverged') > 1", "not held"),
      // One of five diverged.
      ("\(d) < 100", "undecided"),
      ("mean(val/loss, lr = 0.4 and status = 'completed') < 100", "held"),
      ("diff(val/loss, lr = 0.1, lr = 0.2) < 0", "held"),
      ("2 * \(a) - \(b) / 3 > 1", "held"), ("-(\(a)) < -0.9", "held"),
    ]
    let claims = try judged(expected.map { ($0.0, "interval") })
    for (claim, (that, verdict)) in zip(claims, expected) {
      #expect(claim.verdict.words == verdict, "\(that): \(claim.details)")
    }
  }

  @Test func theMeansAloneDecideWhereTheyAreAskedTo() throws {
    let (a, c, d) = (Self.a, Self.c, Self.d)
    let claims = try judged([
      ("\(a) < 1.001", "mean"), ("\(c) = 1", "mean"), ("\(d) < 2", "mean"),
      ("\(a) > 1.001", "mean"),
      ("each(val/loss, lr) > 0.97", "mean"),
    ])
    #expect(
      claims.map(\.verdict.words) == ["held", "held", "held", "not held", "held"])
    #expect(claims[0].details.last == "decided by the means alone, however sure they are")
    #expect(claims[2].details[0].hasSuffix("1 diverged, left out"))
  }

  @Test func linesSayHowItWasDecided() throws {
    let (a, b, c) = (Self.a, Self.b, Self.c)
    let claims = try judged(
      [
        "\(c) >= 1", "\(a) / \(b) < 0.7", "each(val/loss, lr, lr < 0.3) > 0.85", "\(a) < 1.09",
      ].map { ($0, "interval") })
    #expect(claims[0].details.last == "left - right = 0 ± 0 (5) (no spread in 5 seeds): held")
    let ratio = try #require(claims[1].details.last)
    #expect(
      ratio.hasPrefix("left - right = -0.03333, 95 % interval [")
        && ratio.hasSuffix("] (jackknife over 5 seeds): held"), "\(ratio)")
    #expect(claims[2].judgement.comparisons.map(\.level) == [0.975, 0.975])
    #expect(
      claims[2].judgement.comparisons.map(\.text) == [
        "mean(val/loss, lr = 0.1 and lr < 0.3) > 0.85",
        "mean(val/loss, lr = 0.2 and lr < 0.3) > 0.85",
      ])
    // 0.0790569 t(N - 1) / sqrt(N) < 0.09: 2.571 * 0.03227 = 0.0830 with 6, 0.0982 with 5.
    #expect(claims[3].judgement.comparisons[0].seedsNeeded == 6)
    #expect(
      claims[3].verdict == .undecided("about 6 seeds would do if mean and deviation stay"))
  }

  /// 1 to 5 against 6 to 10: no seed is common, so Welch's interval decides.
  @Test func seedsOfTheirOwnAreComparedByWelch() throws {
    let sweeps = """
        - {sweep: s, with: {lr: 0.1}, seeds: 5}
        - {sweep: t, with: {lr: 0.2}, seeds: [6, 7, 8, 9, 10]}
        - {sweep: u, with: {lr: 0.2}, seeds: [5]}

      """
    let claims = try judged(
      [
        ("mean(s, val/loss) < mean(t, val/loss)", "interval"),
        ("mean(s, val/loss) < mean(u, val/loss)", "interval"),
      ], sweeps: sweeps)
    #expect(claims[0].verdict == .held)
    let comparison = claims[0].judgement.comparisons[0]
    #expect(comparison.estimate?.method == .welch && comparison.estimate?.counts == [5, 5])
    #expect(claims[0].details.last?.contains("Welch's t, seeds are not common: 5 and 5") == true)
    #expect(
      claims[1].verdict
        == .undecided("mean(u, val/loss) has one seed, which says nothing of its spread"))
  }

  /// Each data seed's mean over two training seeds is one value.
  @Test func dataSeedsAreCounted() throws {
    let sweeps = "  - {sweep: s, over: {lr: [0.1, 0.2], data.seed: [1, 2, 3]}, seeds: 2}\n"
    let claims = try judged([(Self.a + " < " + Self.b, "interval")], sweeps: sweeps) { run in
      let data = run.number("data.seed"), seed = Double(run.train.seed)
      let step = run.number("train.lr") == 0.1 ? 0 : 1 + data / 10
      return Told(["val/loss": [data + seed / 4 + step]], best: 1)
    }
    #expect(claims[0].verdict == .held)
    #expect(claims[0].details[0].contains("= 2.4 ± 1.0 (3 data seeds), 95 %"))
    #expect(claims[0].details[2].contains("Student's t over 3 data seeds"))
  }

  /// Of 30 differences of every size, a table and claims about the same seeds say the same.
  @Test func noClaimHoldsWhatATableDoesNotMeasure() throws {
    let names = (0..<30).map { "v\($0)" }
    let random = CounterRandom(seed: 2, purpose: .bootstrap)
    let variants = names.map { "\($0): {lr: 0.\(100 + (Int($0.dropFirst()) ?? 0))}" }
    let sweeps = """
        - sweep: s
          variants: {\(variants.joined(separator: ", "))}
          seeds: 5
        - {table: compare, against: v0, metric: val/loss}

      """
    var claims: [(that: String, rule: String)] = []
    for name in names.dropFirst() {
      for sign in ["<", ">"] {
        claims.append(
          (
            "mean(val/loss, variant = '\(name)') \(sign) mean(val/loss, variant = 'v0')",
            "interval"
          ))
      }
    }
    let cells = claims.map { "  - {claim: It is so, that: \"\($0.that)\"}\n" }.joined()
    let told = try ToldExperiment(Self.head + sweeps + cells) { run in
      let lr = Int((run.number("train.lr") * 1000).rounded()) - 100
      let noise = random.normal(lr, run.train.seed)
      return Told(["val/loss": [noise + Double(lr % 5)]], best: 1)
    }
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library)
    let table = try #require(builder.tables().first?.table.table)
    let verdicts = builder.claims().map(\.claim.verdict.words)
    var measured = 0
    for (index, name) in names.dropFirst().enumerated() {
      let row = try #require(table.rows.first { $0[0].text == name })
      let words = row.last?.text ?? ""
      let own = [verdicts[2 * index], verdicts[2 * index + 1]]
      if words.hasPrefix("no difference measured") {
        #expect(own == ["undecided", "undecided"], "\(name)")
      } else {
        measured += 1
        #expect(own == (words.hasPrefix("better") ? ["held", "not held"] : ["not held", "held"]))
      }
    }
    #expect(measured > 3 && measured < 29)
    #expect(table.rows.contains { $0.last?.text.contains("not sure among 29") == true })
    #expect(builder.tables()[0].table.note?.contains("adjusted by Holm") == true)
  }
}
