import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// A notebook with every kind of cell, and hostile words wherever words may stand.
private let notebook = """
  title: "</title><script>alert(1)</script>"
  tags: ["<b>"]
  data: {source: spiral, points_per_class: 40, split: {val: 0.25}}
  models:
    "<img src=x onerror=y>": [{linear: classes}]
    hidden: {mlp: {hidden: [8]}}
  train: {epochs: 3, lr: 0.01}
  notebook:
    - text: |
        # Own title
        $\\eta$ reaches {{ best(val/accuracy, model = 'hidden') }} <script>x</script>
    - sweep: s
      over: {model: all, lr: [1e-3, 1e-2]}
      seeds: 3
    - plot: final
      title: "]]></svg><script>"
      metric: val/loss
      x: lr
      by: model
    - table: best
    - {table: compare, by: lr, against: 1e-3, metric: val/loss}
    - text: "{{ mean(val/loss) }} {{ count(val/loss, status = 'diverged') }}"
    - claim: "Losses are **small** <i>"
      that: mean(val/loss) < 100
    - claim: They are not
      that: not (mean(val/loss) < 100)
    - sweep: later
      with: {epochs: 4, model: hidden}
      variants: {a: {}, b: {lr: 1e-4}}
      seeds: 2
    - {plot: curves, format: png}
    - table: best
    - text: "{{ mean(val/loss) }}"
    - claim: Nothing is known
      that: mean(val/loss) < 1
  """

struct NotebookPageTests {
  /// The page of the notebook of which only the first sweep was run.
  private func page(_ body: (NotebookPage, [CellProblem], TrainedExperiment) throws -> Void) throws
  {
    let early = try #require(notebook.firstRange(of: "  - text: \"{{ mean(val/loss) }} {{ count"))
    var first = String(notebook[..<early.lowerBound])
    // The text above speaks of the sweep by its name.
    first = first.replacing("best(val/accuracy", with: "best(s, val/accuracy")
    let text = notebook.replacing("best(val/accuracy", with: "best(s, val/accuracy")
    let trained = try TrainedExperiment(first)
    defer { trained.remove() }
    let experiment = try Experiment.parse(text, name: "spirals.yaml", library: trained.library)
    let plan = try RunPlan(experiment, facts: PlanFacts(library: trained.library))
    let pictures = NotebookPictures(experiment, plan, in: trained.store, library: trained.library)
    let builder = try NotebookBuilder(
      experiment, plan, in: trained.store, library: trained.library)
    let drawn = pictures.draw(into: try trained.plots())
    let (page, problems) = builder.page(pictures.pagePictures(drawn))
    try body(page, problems, trained)
  }

  @Test func cellsHaveTheirResultsOrSayWhatIsMissing() throws {
    try page { page, problems, _ in
      var claims: [NotebookPage.Claim] = []
      var values: [InlineValue] = []
      for block in page.blocks {
        if case .claim(let claim) = block { claims.append(claim) }
        if case .prose(let prose) = block { values += prose.values }
      }
      #expect(claims.map(\.verdict.words) == ["held", "not held", "undecided"])
      #expect(claims[0].details[0].contains("mean(val/loss) = "))
      #expect(claims[0].details[0].contains("(3), 95 % interval ["))
      #expect(values.map(\.isAnswered) == [true, true, true, false])
      #expect(values[0].text.contains(" ± ") && values[0].text.hasSuffix(" (3)"))
      #expect(values[1].text.hasSuffix(" (3), pooled over model, lr"))
      #expect(values[2].text == "0")
      #expect(values[3].text.contains("not run yet"))
      #expect(
        problems.map(\.message).map { $0.prefix(20) } == [
          "the claim does not h", "the sweep 'later' ha", "the sweep 'later' is",
          "mean(val/loss): not ", "the claim is undecid",
        ])
      #expect(problems.allSatisfy { $0.place.hasPrefix("spirals.yaml:") })
    }
  }

  @Test func runsWithoutAValueAreCounted() throws {
    let trained = try TrainedExperiment(
      """
      data: {source: spiral, points_per_class: 40, split: {val: 0.25}}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 2}
      notebook:
        - sweep: rates
          over: {lr: [1e-3, 1e30]}
          seeds: 3
        - claim: Some runs have a loss
          that: mean(val/loss) < 100
          decide_by: mean
        - claim: Some diverge
          that: count(lr, status = 'diverged') >= 0 and count(val/loss, lr = 1e-3) = 3
      """)
    defer { trained.remove() }
    let builder = try NotebookBuilder(
      trained.experiment, trained.plan, in: trained.store, library: trained.library)
    let claims = builder.claims().map(\.claim)
    #expect(claims[1].verdict == .held)
    #expect(claims[1].details.last == "count(val/loss, lr = 0.001) = 3")
    let line = try #require(claims[0].details.first)
    #expect(line.contains("(3)") && line.hasSuffix("3 diverged, left out"), "\(line)")
  }

  /// What was interrupted was not trained to a result; what diverged was.
  @Test func thePageCountsRunsByWhatHappened() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [8]}}
      notebook: [{sweep: s, seeds: 5}]
      """
    ) { run in
      let seconds = 10 * Double(run.train.seed)
      switch run.train.seed {
      case 1: return Told(["val/loss": [1]], best: 1, seconds: seconds)
      case 2: return Told(["val/loss": [.nan]], best: 1, .diverged, seconds: seconds)
      case 3: return Told(["val/loss": [1]], best: 1, .interrupted, seconds: seconds)
      case 4: return Told([:], best: nil, .planned)
      default: return nil
      }
    }
    defer { told.remove() }
    let page = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library
    ).page([]).page
    let html = PageFormat.html.text(page)
    #expect(html.contains("<dd>1 m 00 s in 2 runs, 1 interrupted</dd>"), "\(html)")
  }

  @Test func theFileIsWholeAndQuiet() throws {
    try page { page, _, _ in
      let html = HTMLPage(page).text
      for sign in [
        "<script", "<img", "<i>", "javascript:", " onerror=y>\"", "http-equiv=\"refresh",
      ] {
        #expect(!html.contains(sign), "\(sign)")
      }
      #expect(!html.contains(/(src|href)="?(https?:)?\/\//))
      #expect(html.contains("&lt;/title&gt;&lt;script&gt;"))
      #expect(html.contains("<mi>η</mi>") && html.contains("<svg") && html.contains("</html>"))
      #expect(html.count { $0 == "<" } > 100)
      #expect(html.ranges(of: "</svg>").count == 1)
      #expect(html.contains("the sweep &#39;later&#39; is not run yet"))
      #expect(html.contains("[mean(val/loss): not run yet]"))
      #expect(html.contains("Losses are <strong>small</strong> &lt;i&gt;"))
    }
  }

  @Test func markdownStandsBesideItsFigures() throws {
    try page { page, _, trained in
      let text = MarkdownPage(page).text
      #expect(text.hasPrefix("# Own title\n\n$\\eta$ reaches 0."))
      #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("<i>"))
      let file = try #require(text.firstMatch(of: /!\[.*\]\((?<file>[^)]+)\)/)).output.file
      #expect(FileManager.default.fileExists(atPath: trained.folder + "/plots/spirals/\(file)"))
      #expect(text.contains("> ✗ **claim not held:** They are not"))
    }
  }

  @Test(.enabled(if: WitnessPython.has("nbformat"), "\(WitnessPython.need)"))
  func jupyterReadsIt() throws {
    try page { page, _, trained in
      let path = try PageFormat.ipynb.write(
        page, into: PlotsFolder(trained.folder, experiment: page.experiment))
      let program = "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], 4))"
      #expect(try WitnessPython.complaint(["-c", program, path]) == "")
    }
  }

  /// A cell that trains for each sweep; the others begin with what they show.
  @Test func jupyterCellsRunWhereLabbookIs() throws {
    try page { page, _, _ in
      let json = try JSONSerialization.jsonObject(with: Data(JupyterPage(page).text.utf8))
      let cells = try #require((json as? [String: Any])?["cells"] as? [[String: Any]])
      let code = cells.filter { $0["cell_type"] as? String == "code" }
      let sweeps = page.blocks.count { if case .sweep = $0 { true } else { false } }
      #expect(sweeps > 0 && code.count == 5 + sweeps && cells.count == 14 + sweeps)
      var trained = 0
      for cell in code {
        let source = try #require(cell["source"] as? [String])
        let outputs = (cell["outputs"] as? [Any])?.count
        if source[0].hasPrefix("!cd . && labbook run ") {
          trained += 1
          #expect(source.count == 1 && outputs == 0)
        } else {
          #expect(source[0].hasPrefix("# ") && outputs == 1)
          #expect(source.count == 1 || source[1] == "from IPython.display import SVG\n")
        }
      }
      #expect(trained == sweeps)
    }
  }
}
