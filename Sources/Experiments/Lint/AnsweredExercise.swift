import FileLanguage
import Languages
import Tracking

/// An exercise whose answer can be read off the page.
enum AnsweredExercise: LintRule {
  static let name = "answered-exercise"
  static let reason = "a reader copies what stands on the page, and learns nothing by it"

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    let cells = experiment.experiment.cells
    let page = cells.flatMap { cell -> [TextCell] in
      switch cell {
      case .text(let text): [text]
      case .exercise(let exercise): [exercise.question] + exercise.hints
      default: []
      }
    }
    return experiment.experiment.exercises.compactMap { exercise in
      guard case .value(let task) = exercise.task else { return nil }
      let own = [exercise.question] + exercise.hints
      guard let told = task.told(inPage: page, own: own) else { return nil }
      return Finding(
        mark: exercise.mark,
        message: "the answer to '\(exercise.id)' stands on the page: \(Words.quoted(told))",
        fix: "ask for something that has to be worked out or measured")
    }
  }
}

extension ValueTask {
  /// The answer as a text has it; `nil` where none does.
  ///
  /// Small whole numbers and short words stand everywhere and mean nothing. A word that is to be found may
  /// stand in the lesson, not beside the question.
  fileprivate func told(inPage page: [TextCell], own: [TextCell]) -> String? {
    switch (form, solution) {
    case (.choice, _): return nil
    case (.text, .texts(let texts)):
      return texts.first { text in
        text.count > 3
          && own.contains { ValueTask.plain($0.markdown).contains(ValueTask.plain(text)) }
      }
    default:
      guard solution.question == nil else { return nil }
      return page.lazy.flatMap { Self.numbers($0.markdown) }.first { number in
        guard let value = Double(number), abs(value) >= 10 || value != value.rounded() else {
          return false
        }
        return solution.isRight(.number(value))
      }
    }
  }

  /// The decimal numbers of a text, as they are written.
  private static func numbers(_ text: String) -> [String] {
    text.split { !($0.isASCII && $0.isNumber || $0 == "." || $0 == "-") }.map { word in
      var word = word
      while word.last == "." || word.last == "-" { word.removeLast() }
      return String(word)
    }
  }
}

extension Experiment {
  /// Advice on exercises that the runs of the file itself answer; none where the file allows it.
  public func advice(onAnswered exercises: [ExerciseCell]) -> [Advice] {
    let allowed = spec.root["lint"]?["allow"]?.items?.compactMap(\.text) ?? []
    guard !allowed.contains(AnsweredExercise.name) else { return [] }
    return exercises.map { exercise in
      Advice(
        rule: AnsweredExercise.name, mark: exercise.mark,
        message: "the runs of '\(exercise.sweep ?? "")' are the answer to '\(exercise.id)' already",
        reason: AnsweredExercise.reason,
        fix: "ask for something that the sweep as it stands does not show")
    }
  }
}
