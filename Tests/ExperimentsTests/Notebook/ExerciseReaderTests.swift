import Datasets
import Experiments
import FileLanguage
import Testing
import Tracking

/// What an exercise says, and which values are right.
struct ExerciseReaderTests {
  private func file(_ cell: String, open: String = "[train.lr]") -> String {
    smallest + "open: \(open)\nnotebook:\n  - {sweep: s, over: {lr: [0.1, 0.2]}, seeds: 3}\n"
      + "  - sweep: t\n" + cell
  }

  private func exercise(_ cell: String) throws -> ExerciseCell {
    try #require(try read(file(cell)).exercises.first)
  }

  @Test func anExerciseOfRuns() throws {
    let found = try exercise(
      """
        - exercise: "How **large**? {{ mean(s, val/loss) }}"
          id: large
          of: s
          that: mean(val/loss, lr > 1) < 0.3
          decide_by: mean
          hints: [One., "Two: {{ count(s, val/loss) }}."]
          answer: Three.
          points: 4
      """)
    #expect(found.id == "large" && found.points == 4 && found.sweep == "s")
    #expect(found.question.parts.count == 2 && found.hints.count == 2)
    #expect(found.hints[1].parts.count == 3 && found.answer?.markdown == "Three.")
    guard case .runs(let task) = found.task else {
      Issue.record("it is answered by runs")
      return
    }
    #expect(task.question.sweep == "s" && task.rule == .mean)
  }

  @Test func withoutOfItIsOfTheNearestSweepAbove() throws {
    #expect(try exercise("  - {exercise: E, id: a, that: mean(val/loss) < 1}\n").sweep == "t")
  }

  /// The value's kind, what is right, an answer that is and one that is not; the margin of a number that is
  /// not whole is a hundredth.
  @Test(arguments: [
    ("number", "3", "3", "3.01"), ("number", "0.5", "0.505", "0.506"),
    ("number", "-2.5", "-2.52", "2.5"),
    ("number", "[1, 2]", "2", "2.001"), ("number", "abs(answer - 1 / 3) < 0.01", "0.34", "0.35"),
    ("number", "answer > 1 and answer < 2", "1.5", "2"),
    ("text", "Over  fitting", "over fitting", "fitting"),
    ("text", "[a, b]", "B", "c"), ("[tanh, ReLU]", "relu", "RELU", "tanh"),
    ("number", "0", "0", "0.001"),
  ])
  func whichValuesAreRight(_ ask: String, _ right: String, _ good: String, _ bad: String) throws {
    let found = try exercise("  - {exercise: E, id: a, ask: \(ask), is: \(right)}\n")
    guard case .value(let task) = found.task else {
      Issue.record("it is answered by a value")
      return
    }
    func value(_ text: String) -> ParameterValue {
      Double(text).map(ParameterValue.number) ?? .text(text)
    }
    #expect(task.solution.isRight(value(good)) && !task.solution.isRight(value(bad)))
  }

  @Test func aConditionMayAskForWhatAHandInWillSet() throws {
    let cell = "  - {exercise: E, id: a, of: s, that: \"mean(val/loss, lr = 7) < 1\"}\n"
    #expect(complaints(file(cell)) == [])
    let closed = complaints(file(cell, open: "[hidden]"))
    #expect(closed.count == 1 && closed[0].contains("no run of 's' fulfils this"))
  }

  @Test(arguments: [
    ("train.command", "says nothing of what is started"), ("command", "says nothing of what"),
    ("env", "says nothing"), ("train.files", "says nothing"), ("inputs", "says nothing"),
    ("params", "says nothing"), ("base", "it is the teacher's"),
    ("notebook", "is the teacher's"),
    ("data", "files among its keys"), ("data.path", "names no file"),
    ("data.test_path", "names no"),
    ("init.path", "names no file"), ("train", "all of 'train'"), ("models", "all of 'models'"),
    ("seeds", "is the teacher's"), ("train.lrr", "no key 'lrr'"),
  ])
  func whatCanNeverBeOpen(_ path: String, _ why: String) {
    let found = complaints(file("", open: "[\(path)]"))
    #expect(found.count == 1 && found[0].contains(why), "\(found)")
    #expect(found.first?.hasPrefix("test.yaml:3:8: ") == true)
  }

  @Test func anExerciseAsksNothingOfPrograms() {
    let text = """
      train: {command: "true {lr}", params: {lr: 1}}
      objective: {minimize: loss}
      notebook:
        - {sweep: s, over: {lr: [1, 2]}}
        - {exercise: E, id: a, of: s, that: mean(loss) < 1}
      """
    let found = complaints(text)
    #expect(found.count == 1 && found[0].contains("are a program's"), "\(found)")
  }
}
