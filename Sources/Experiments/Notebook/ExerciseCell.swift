public import FileLanguage
import Languages
public import Tracking

/// A question that a hand-in answers: by runs that it asks for, or by a value.
public struct ExerciseCell: Hashable, Sendable {
  /// What a hand-in calls it.
  public let id: String
  /// The question.
  public let question: TextCell
  /// What is asked for, and what is right.
  public let task: Task
  /// Help in steps.
  public let hints: [TextCell]
  /// What a teacher shows afterwards; `nil` where the file says nothing.
  public let answer: TextCell?
  /// What a right answer counts.
  public let points: Int
  /// The cell's place in the file.
  public let mark: Mark

  /// Makes an exercise.
  public init(
    id: String, question: TextCell, task: Task, hints: [TextCell] = [], answer: TextCell? = nil,
    points: Int = 1, mark: Mark
  ) {
    self.id = id
    self.question = question
    self.task = task
    self.hints = hints
    self.answer = answer
    self.points = points
    self.mark = mark
  }

  /// What answers an exercise.
  public enum Task: Hashable, Sendable {
    /// Runs of a sweep whose values the hand-in sets.
    case runs(RunsTask)
    /// A value.
    case value(ValueTask)
  }

  /// The sweep whose values a hand-in sets; `nil` where it answers by a value.
  public var sweep: String? {
    if case .runs(let task) = task { task.sweep } else { nil }
  }

  /// What is asked of results; `nil` where the right value is known without any.
  public var results: Question? {
    switch task {
    case .runs(let task): task.question
    case .value(let task): task.solution.question
    }
  }
}

/// An exercise that is answered by runs: a hand-in sets what a sweep varies, and the results are asked.
public struct RunsTask: Hashable, Sendable {
  /// The sweep whose values are set.
  public let sweep: String
  /// What its results have to hold.
  public let question: Question
  /// By what that is decided.
  public let rule: DecisionRule

  /// Makes a task.
  public init(sweep: String, question: Question, rule: DecisionRule = .interval) {
    self.sweep = sweep
    self.question = question
    self.rule = rule
  }
}

/// An exercise that is answered by a value.
public struct ValueTask: Hashable, Sendable {
  /// What kind of value is asked for.
  public let form: Form
  /// What is right.
  public let solution: Solution

  /// Makes a task.
  public init(form: Form, solution: Solution) {
    self.form = form
    self.solution = solution
  }

  /// The kinds of value that can be asked for.
  public enum Form: Hashable, Sendable {
    case number
    case text
    /// One of some texts.
    case choice([String])

    /// The kinds that are asked for by a word.
    static let words = ["number", "text"]
  }

  /// What makes a value right.
  public enum Solution: Hashable, Sendable {
    /// A number: a whole one exactly, another one within a hundredth of it.
    case number(Double)
    /// A number from the first to the second, both included.
    case range(Double, Double)
    /// Any of these texts, whatever the case of their letters and the blanks in them.
    case texts([String])
    /// A number for which an expression holds, in which `answer` is its name.
    case holds(Question)

    /// What is asked of results; `nil` where nothing is.
    public var question: Question? {
      if case .holds(let question) = self, !question.formula.calls.isEmpty { question } else { nil }
    }

    /// Whether a value is right, as far as that is known without results.
    public func isRight(_ value: ParameterValue) -> Bool {
      switch self {
      case .number(let right):
        guard let given = value.asNumber else { return false }
        let margin = right == right.rounded() ? 0 : Self.margin * abs(right)
        // A decimal number has no exact margin in binary.
        return abs(given - right) <= margin * (1 + 1e-9)
      case .range(let low, let high): return value.asNumber.map { (low...high) ~= $0 } ?? false
      case .texts(let texts):
        return texts.contains { ValueTask.plain($0) == ValueTask.plain(value.display) }
      case .holds(let question):
        let names = FormulaLookup { $0 == ValueTask.name ? value : nil }
        return (try? question.formula.holds(in: names)) ?? false
      }
    }

    /// How far from a number that is not whole an answer may be, as a share of it.
    public static let margin = 0.01
  }

  /// The name of the value in the expression that says what is right.
  public static let name = "answer"
}
