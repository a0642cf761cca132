public import Experiments
public import FileLanguage
import Languages
public import Terminal
public import Tracking

/// What became of hand-ins: a row each, a column an exercise.
public struct GradeReport: Sendable {
  /// What became of one hand-in.
  public struct HandInGrade: Sendable {
    /// Its path.
    public let path: String
    /// How far it came.
    public let state: State
    /// A judgement an exercise, in the order of the file.
    public let judgements: [ExerciseJudgement]
    /// How long its runs were predicted to take together; `nil` where none were to be.
    public let predictedSeconds: Double?

    /// Makes the grade of a hand-in.
    public init(
      path: String, state: State, judgements: [ExerciseJudgement], predictedSeconds: Double?
    ) {
      self.path = path
      self.state = state
      self.judgements = judgements
      self.predictedSeconds = predictedSeconds
    }
  }

  /// How far a hand-in came.
  public enum State: Sendable {
    case graded
    /// It is wrong, at these lines.
    case refused(Diagnostics)
    /// It was not run, for this reason.
    case notRun(String)
    /// Its runs could not be made, for this reason.
    case failed(String)

    /// The state in a word.
    public var word: String {
      switch self {
      case .graded: "graded"
      case .refused: "refused"
      case .notRun: "not run"
      case .failed: "failed"
      }
    }
  }

  private let exercises: [ExerciseCell]
  private let experiment: String
  /// The hand-ins in the order in which they were named.
  public let grades: [HandInGrade]

  /// Makes the report of hand-ins for the exercises of an experiment.
  public init(_ experiment: Experiment, _ grades: [HandInGrade]) {
    exercises = experiment.exercises
    self.experiment = experiment.name
    self.grades = grades
  }

  private var mostPoints: Int { exercises.reduce(0) { $0 + $1.points } }

  private func points(_ grade: HandInGrade) -> Int {
    zip(exercises, grade.judgements).reduce(0) { sum, pair in
      sum + (pair.1.verdict == .right ? pair.0.points : 0)
    }
  }

  /// 0 where every exercise of every hand-in is right, 2 where a hand-in is wrong input, else 1.
  public var exitStatus: Int32 {
    let states = grades.map(\.state)
    if states.contains(where: { if case .refused = $0 { true } else { false } }) { return 2 }
    return grades.allSatisfy { points($0) == mostPoints } ? 0 : 1
  }

  /// A row a hand-in.
  public var table: Table {
    var table = Table(
      [Table.Column("hand-in")] + exercises.map { Table.Column($0.id) }
        + [Table.Column("points"), Table.Column("of")])
    for grade in grades {
      let cells = zip(exercises, grade.judgements).map { _, judgement -> Table.Cell in
        switch grade.state {
        case .graded: .words(judgement.verdict.rawValue)
        default: .words(grade.state.word)
        }
      }
      table.append(
        [.words(grade.path)] + cells
          + [Table.Cell(.integer(points(grade))), Table.Cell(.integer(mostPoints))])
    }
    return table
  }

  /// Why exercises are not right, hand-in by hand-in, in lines; errors of hand-ins are not among them.
  public var remarks: [String] {
    grades.flatMap { grade -> [String] in
      switch grade.state {
      case .refused: return []
      case .notRun(let why), .failed(let why): return ["\(grade.path): \(grade.state.word): \(why)"]
      case .graded:
        return zip(exercises, grade.judgements).compactMap { exercise, judgement in
          guard judgement.verdict == .wrong || judgement.verdict == .undecided else { return nil }
          return
            (["\(grade.path): \(exercise.id): \(judgement.verdict.rawValue)"]
            + judgement.details.map { "  " + $0 }).joined(separator: "\n")
        }
      }
    }
  }

  /// For programs: Docs/notebook-json.md has the form.
  public var json: JSONValue {
    .object([
      ("format", .whole(1)), ("version", .text(labbookVersion)),
      ("experiment", .text(experiment)),
      (
        "exercises",
        .list(
          exercises.map { .object([("id", .text($0.id)), ("points", .whole($0.points))]) })
      ),
      ("hand_ins", .list(grades.map(json))),
    ])
  }

  private func json(_ grade: HandInGrade) -> JSONValue {
    var errors: [JSONValue] = []
    var reason: String?
    switch grade.state {
    case .refused(let diagnostics): errors = diagnostics.list.map(Self.json)
    case .notRun(let why), .failed(let why): reason = why
    case .graded: break
    }
    return .object([
      ("hand_in", .text(grade.path)), ("state", .text(grade.state.word)),
      ("reason", .text(of: reason)), ("predicted_s", .number(of: grade.predictedSeconds)),
      ("points", .whole(points(grade))), ("of", .whole(mostPoints)),
      (
        "exercises",
        .list(
          zip(exercises, grade.judgements).map { exercise, judgement in
            .object([
              ("id", .text(exercise.id)), ("verdict", .text(judgement.verdict.rawValue)),
              ("points", .whole(judgement.verdict == .right ? exercise.points : 0)),
              ("details", .texts(judgement.details)),
            ])
          })
      ),
      ("errors", .list(errors)),
    ])
  }

  private static func json(_ error: Diagnostic) -> JSONValue {
    .object([
      ("place", .text(error.mark.place)), ("line", .whole(error.mark.line)),
      ("column", .whole(error.mark.column)), ("message", .text(error.message)),
      ("notes", .texts(error.notes)),
    ])
  }
}
