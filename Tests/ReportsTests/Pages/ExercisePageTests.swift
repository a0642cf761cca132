import Experiments
import Foundation
import Pages
import RunStorage
import Runs
import Sweeps
import Testing
import Tracking

/// An exercise on the three kinds of page, with hostile words wherever words may stand.
struct ExercisePageTests {
  private static let notebook = """
    data: {source: cubic, points: 20}
    models:
      "a <b>`": {mlp: {hidden: [2]}}
    train: {epochs: 2}
    open: [train.lr, "models.a <b>`.mlp.hidden"]
    notebook:
      - sweep: rates
        over: {lr: [0.1, 0.2]}
        seeds: 2
      - exercise: |
          How **large**? <script>x</script> {{ mean(train/loss) }} of {{ count(train/loss) }}
        id: how large
        that: mean(train/loss, lr > 1) < 0.5 and mean(train/loss) < 7
        hints:
          - First *step*, $\\eta$.
          - "</details><img src=x> two"
        answer: |
          Very **large**: {{ count(train/loss) }}.
        points: 3
      - exercise: Which?
        id: which
        ask: ["<i>", relu]
        is: relu
        hints: Only one.
        answer: relu, of course
      - {exercise: How much?, id: much, ask: number, is: 0.5}

    """

  private func page(
    answers: Bool, _ body: (NotebookPage, [CellProblem]) throws -> Void
  ) throws {
    let told = try ToldExperiment(Self.notebook) { run in
      Told(["train/loss": [2, run.seed == 1 ? 1 : 3]], best: 2)
    }
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library, showsAnswers: answers)
    let (page, problems) = builder.page([])
    try body(page, problems)
  }

  @Test func thePageHasQuestionHintsAndTheLinesToHandIn() throws {
    try page(answers: false) { page, problems in
      #expect(problems.isEmpty, "\(problems)")
      let html = HTMLPage(page).text
      #expect(html.contains("<section class=\"exercise\" id=\"exercise-how-large\">"))
      #expect(html.contains("Exercise <strong>how large</strong>, 3 points</p>"))
      #expect(
        html.contains("How <strong>large</strong>?")
          && html.contains("2.0 ± 1.4 (2), pooled over lr</span>"))
      #expect(html.contains("<details>\n<summary>Hint 1 of 2</summary>\n<p>First <em>step</em>"))
      #expect(html.contains("<summary>Hint</summary>\n<p>Only one.</p>"))
      #expect(
        html.contains(
          "answers:\n  how large:\n    over: {train.lr: [...]}\n    seeds: ...</code>"))
      #expect(html.contains("Right when <code>mean(train/loss, lr &gt; 1) &lt; 0.5 and"))
      #expect(
        html.contains("One of: &lt;i&gt;, relu</p>") && html.contains("<p class=\"form\">A number"))
      #expect(html.ranges(of: "<section class=\"exercise\"").count == 3)
      #expect(html.ranges(of: "<details>").count == html.ranges(of: "</details>").count)
      for sign in ["<script", "<img", "<i>", "Very", "of course", "class=\"answer\""] {
        #expect(!html.contains(sign), "\(sign)")
      }
    }
  }

  @Test func markdownAndJupyterShowTheSame() throws {
    try page(answers: false) { page, _ in
      for text in [MarkdownPage(page).text, JupyterPage(page).text] {
        #expect(text.contains("**Exercise how large**, 3 points"))
        #expect(text.contains("<summary>Hint 2 of 2</summary>"))
        #expect(text.contains("First *step*, $") && text.contains("over: {train.lr: [...]}"))
        #expect(text.ranges(of: "<details>").count == 3)
        #expect(text.ranges(of: "</details>").count == 3)
        for sign in ["<script", "<img", "<i>", "Very", "of course"] {
          #expect(!text.contains(sign), "\(sign)")
        }
      }
    }
  }

  @Test func answersAreShownWhereTheyAreAskedFor() throws {
    try page(answers: true) { page, _ in
      let html = HTMLPage(page).text
      #expect(
        html.contains("<div class=\"answer\">\n<p class=\"label\">Answer</p>\n<p>Very <strong>"))
      #expect(html.ranges(of: "class=\"answer\"").count == 2)
      #expect(MarkdownPage(page).text.contains("**Answer**\n\nVery **large**: 4."))
      #expect(NotebookJSON(page).value.written.contains("\"answer\": \"Very **large**: 4.\""))
    }
  }

  @Test func programsReadExercisesWithoutWhatIsRight() throws {
    try page(answers: false) { page, _ in
      let data = Data(NotebookJSON(page).value.written.utf8)
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let exercises = try #require(json["exercises"] as? [[String: Any]])
      #expect(exercises.map { $0["id"] as? String } == ["how large", "which", "much"])
      #expect(exercises.map { $0["points"] as? Int } == [3, 1, 1])
      #expect(exercises.map { $0["of"] as? String } == ["rates", nil, nil])
      #expect(exercises.allSatisfy { $0["answer"] is NSNull && $0["is"] == nil })
      let cells = try #require(json["cells"] as? [[String: Any]])
      #expect(cells.last?["exercise"] as? String == "much")
    }
  }
}
