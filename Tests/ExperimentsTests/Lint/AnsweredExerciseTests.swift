import Experiments
import Testing

struct AnsweredExerciseTests {
  private func found(_ text: String, _ exercise: String) throws -> [String] {
    let file = """
      data: {source: spiral, split: {val: 0.2}, normalize: standard}
      model: {mlp: {hidden: [8]}}
      notebook:
        - text: |
            \(text)
        - {sweep: s, seeds: 3}
        - {exercise: What is it?, id: a, \(exercise)}
      """
    return try advice(file).filter { $0.rule == "answered-exercise" }.map(\.message)
  }

  @Test func aNumberThatStandsOnThePageIsTold() throws {
    let said = "the answer to 'a' stands on the page: "
    #expect(try found("It is 0.25.", "ask: number, is: 0.25") == [said + "'0.25'"])
    #expect(
      try found("It is 0.251.", "ask: number, is: abs(answer - 0.25) < 0.01") == [said + "'0.251'"])
    #expect(try found("There are 283 of them.", "ask: number, is: 283") == [said + "'283'"])
    #expect(try found("It is 0.3.", "ask: number, is: 0.25").isEmpty)
    // Small whole numbers stand everywhere.
    #expect(try found("There are 3 classes.", "ask: number, is: 3").isEmpty)
  }

  @Test func aWordBesideTheQuestionIsTold() throws {
    #expect(try found("Of momentum.", "ask: text, is: momentum").isEmpty)
    #expect(try found("-", "hints: [Momentum helps.], ask: text, is: momentum").count == 1)
    #expect(try found("-", "ask: [relu, tanh], is: tanh").isEmpty)
  }
}
