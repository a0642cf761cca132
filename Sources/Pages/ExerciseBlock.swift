import Experiments
import FileLanguage
import Languages
import Tracking

extension NotebookPage {
  /// An exercise with what a reader is to hand in.
  public struct Exercise: Sendable {
    /// What a hand-in calls it.
    public let id: String
    /// The question.
    public let question: Prose
    /// What a right answer counts.
    public let points: Int
    /// The sweep whose values a hand-in sets; `nil` where it answers by a value.
    public let sweep: String?
    /// What kind of value is asked for, in words; `nil` where runs are.
    let form: String?
    /// The lines of a hand-in, to be filled in.
    public let handIn: String
    /// What the runs have to hold; `nil` where a value is asked for.
    public let expression: String?
    /// Help in steps.
    public let hints: [Prose]
    /// The answer; `nil` where it is not shown.
    public let answer: Prose?
  }
}

extension NotebookPage.Exercise {
  /// Makes the exercise of a cell.
  ///
  /// - Parameters:
  ///   - axes: what of its sweep a hand-in may set.
  ///   - showsAnswer: whether the answer is shown.
  ///   - language: in which its form is told.
  ///   - prose: a text with its values.
  init(
    _ cell: ExerciseCell, axes: [String], showsAnswer: Bool, _ language: Language,
    _ prose: (TextCell) -> NotebookPage.Prose
  ) {
    id = cell.id
    question = prose(cell.question)
    points = cell.points
    sweep = cell.sweep
    hints = cell.hints.map(prose)
    answer = showsAnswer ? cell.answer.map(prose) : nil
    switch cell.task {
    case .runs(let task):
      expression = task.question.formula.source
      form = nil
      handIn = Self.lines(cell.id, axes: axes)
    case .value(let task):
      expression = nil
      form = Self.words(task, language)
      handIn = "answers:\n  \(Self.key(cell.id)): ..."
    }
  }

  private static func lines(_ id: String, axes: [String]) -> String {
    let over = axes.map { "\(key($0)): [...]" }.joined(separator: ", ")
    return "answers:\n  \(key(id)):\n" + (axes.isEmpty ? "" : "    over: {\(over)}\n")
      + "    seeds: ..."
  }

  private static func words(_ task: ValueTask, _ language: Language) -> String {
    switch (task.form, task.solution) {
    case (.number, .number): language(.asksForNumber)
    case (.number, _): language(.asksForPlainNumber)
    case (.text, _): language(.asksForText)
    case (.choice(let words), _): language(.asksForOneOf, words.joined(separator: ", "))
    }
  }

  /// A key as YAML has it in braces.
  private static func key(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true && text.last != " "
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ._-".contains($0) }
    return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
  }
}
