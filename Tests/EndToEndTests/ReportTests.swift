import Foundation
import Testing

private let file = """
  data: {source: spiral, points_per_class: 40, split: {val: 0.25}}
  model: {mlp: {hidden: [8]}}
  train: {epochs: 2}
  notebook:
    - sweep: s
      over: {lr: [1e-3, 1e-2]}
      seeds: 2
    - plot: curves
    - table: compare
      against: 1e-3
    - text: "Ends at {{ mean(val/loss) }}."
    - claim: "Small; `touch canary`"
      that: mean(val/loss) < 100

  """

struct ReportTests {
  @Test func runWritesThePagesLast() throws {
    let place = try Workplace()
    try place.write("n.yaml", file)
    let outcome = try place.labbook("run", "n.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines.suffix(4) == [
        "plots/n/s-curves.svg", "plots/n/index.html", "plots/n/index.md", "plots/n/index.ipynb",
      ])
    #expect(outcome.output.contains("claim held: Small; `touch canary`"))
    #expect(outcome.output.contains("what the others are compared with"))
    let page = try place.read("plots/n/index.html")
    #expect(page.contains("<svg") && page.contains("class=\"verdict\">claim held"))

    let before = try place.read("plots/n/index.md")
    let again = try place.labbook("report", "n.yaml", "--format", "md")
    #expect(again.status == 0 && again.output == "plots/n/index.md\n", "\(again.errors)")
    #expect(try place.read("plots/n/index.md") == before)
    #expect(!place.files().contains { $0.contains("canary") })
  }

  @Test func severalNotebooksHaveAnIndex() throws {
    let place = try Workplace()
    try place.write("n.yaml", "title: The second\ntags: [a, b]\n" + file)
    try place.write("m.yaml", "title: The first\n" + file.replacing("< 100", with: "> 100"))
    let outcome = try place.labbook("run", "n.yaml", "m.yaml")
    #expect(outcome.status == 1 && outcome.output.hasSuffix("\nplots/index.html\n"))
    let index = try place.read("plots/index.html")
    let links = index.matches(of: /href="(?<link>[^"]+)">(?<title>[^<]+)</).map {
      "\($0.output.link) \($0.output.title)"
    }
    #expect(links == ["m/index.html The first", "n/index.html The second"])
    #expect(index.contains("1 of 2 claims hold") && index.contains("✗ 0 of 1 claim"))
  }

  @Test func aClaimThatDoesNotHoldIsAFailure() throws {
    let place = try Workplace()
    try place.write("n.yaml", file.replacing("< 100", with: "> 100"))
    let outcome = try place.labbook("run", "n.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("claim not held"))
    #expect(outcome.errors.contains("n.yaml:13:11: error: the claim does not hold"))
    #expect(place.exists("plots/n/index.html"))
    #expect(try place.labbook("report", "n.yaml").status == 1)
  }

  /// A grader's input: verdicts, values and intervals, printed; nothing is written.
  @Test func resultsArePrintedAsJSON() throws {
    struct Call: Decodable {
      let value: Double
      let low, high: Double?
      let n: Int?
    }
    struct Claim: Decodable {
      struct Comparison: Decodable {
        let verdict, method: String
        let difference, low, high, level: Double
        let n: [Int]
      }
      let that, verdict, decide_by: String
      let calls: [Call]
      let comparisons: [Comparison]
    }
    struct Report: Decodable {
      struct Cell: Decodable { let cell: String }
      let experiment: String
      let verdicts: [String: Int]
      let claims: [Claim]
      let cells: [Cell]
    }
    let place = try Workplace()
    try place.write("n.yaml", file)
    #expect(try place.labbook("run", "n.yaml").status == 0)
    let before = place.files()
    let outcome = try place.labbook("report", "n.yaml", "--format", "json")
    #expect(outcome.status == 0 && place.files() == before, "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.experiment == "n")
    #expect(report.verdicts == ["held": 1, "not_held": 0, "undecided": 0])
    #expect(report.cells.map(\.cell) == ["sweep", "table", "text", "claim"])
    let claim = try #require(report.claims.first)
    #expect(claim.that == "mean(val/loss) < 100" && claim.verdict == "held")
    #expect(claim.decide_by == "interval" && claim.calls[0].n == 2)
    let (call, comparison) = (claim.calls[0], claim.comparisons[0])
    #expect(comparison.method == "student" && comparison.n == [2] && comparison.level == 0.95)
    #expect(abs(comparison.difference - (call.value - 100)) < 1e-9)
    // Two values and the rates pooled: t is 12.706 with one degree of freedom.
    #expect(abs((call.high ?? 0) + (call.low ?? 0) - 2 * call.value) < 1e-9)
    #expect(abs(comparison.high - ((call.high ?? 0) - 100)) < 1e-9)
    let both = try place.labbook("report", "n.yaml", "--format", "json", "--format", "md")
    #expect(both.status == 2)
  }

  @Test func whatIsNotRunIsSaidInItsPlace() throws {
    let place = try Workplace()
    try place.write("n.yaml", file)
    #expect(try place.labbook("run", "n.yaml").status == 0)
    try place.write("n.yaml", file.replacing("epochs: 2", with: "epochs: 3"))
    let outcome = try place.labbook("report", "n.yaml", "--format", "html")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("not run yet"))
    #expect(try place.read("plots/n/index.html").contains("not run yet"))
  }

  @Test func aWrongQuestionTrainsNothing() throws {
    let place = try Workplace()
    try place.write("n.yaml", file.replacing("{{ mean(val/loss) }}", with: "{{ mean(val/los) }}"))
    let outcome = try place.labbook("run", "n.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("n.yaml:11:28: error:"), "\(outcome.errors)")
    #expect(place.files() == ["n.yaml"])
  }

  @Test func runsAndSweepsAreCompared() throws {
    let place = try Workplace()
    try place.write("n.yaml", file)
    #expect(try place.labbook("run", "n.yaml").status == 0)
    let sweep = try place.labbook("compare", "--sweep", "s", "--by", "lr", "--format", "csv")
    #expect(sweep.status == 0, "\(sweep.errors)")
    #expect(sweep.output.hasPrefix("lr,val/loss_mean,val/loss_std,val/loss_n,difference_mean"))
    let runs = try StoreReader(place.store).texts("SELECT run FROM run_table ORDER BY seed, key")
    let pair = try place.labbook("compare", runs[0], runs[1])
    #expect(pair.status == 0 && pair.output.contains("\nlr "), "\(pair)")
    #expect(try place.labbook("compare", runs[0]).status == 2)
    let wrong = try place.labbook("compare", "--sweep", "s", "--by", "lrr")
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean 'lr'?"))
  }
}
