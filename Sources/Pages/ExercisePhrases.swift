import Tracking

/// The words that pages write around an exercise.
enum ExercisePhrases {
  /// What stands above a question.
  static let exercise = "Exercise"
  /// What stands above the lines that a reader hands in.
  static let handIn = "To hand in, in a file of your own:"
  /// What stands before the expression that the results have to hold.
  static let rightWhen = "Right when"
  /// What stands above the answer.
  static let answer = "Answer"
  /// What is asked for by `ask: number`.
  static let number = "A number; one that is not whole is right within a hundredth of it."
  /// What is asked for by a range or an expression.
  static let plainNumber = "A number."
  /// What is asked for by `ask: text`.
  static let text = "A word, or a few."

  /// What is asked for by a list.
  static func oneOf(_ words: [String]) -> String { "One of: " + words.joined(separator: ", ") }

  /// What a right answer counts.
  static func points(_ count: Int) -> String { count == 1 ? "1 point" : "\(count) points" }

  /// What opens a hint; its number is from 1.
  static func hint(_ number: Int, of count: Int) -> String {
    count == 1 ? "Hint" : "Hint \(number) of \(count)"
  }
}
