import Runs
import Testing
import Tracking

struct ParameterVariablesTests {
  @Test func everyParameterIsAVariable() {
    #expect(
      ParameterVariables.values([
        "lr": .number(0.1), "weight-decay": .integer(1), "amp": .flag(false), "none": .off,
        "m": .mapping(["a b": .list([.integer(1), .integer(2)])]), "größe": .text("x y"),
      ]) == [
        "LABBOOK_PARAM_lr": "0.1", "LABBOOK_PARAM_weight_decay": "1", "LABBOOK_PARAM_amp": "false",
        "LABBOOK_PARAM_m_a_b": "1,2", "LABBOOK_PARAM_gr__e": "x y",
      ])
  }

  @Test func twoThatMeetAreAnError() {
    let problems = ParameterVariables.problems(with: [
      "a-b": .integer(1), "a_b": .integer(2), "c": .off, "A_b": .off,
    ])
    #expect(
      problems.map(\.message) == [
        "the parameters 'a-b' and 'a_b' would both be the variable LABBOOK_PARAM_a_b"
      ])
    #expect(ParameterVariables.problems(with: ["a": .off, "b": .off]).isEmpty)
  }
}
