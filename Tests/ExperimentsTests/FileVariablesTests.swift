import Experiments
import Foundation
import Runs
import Testing
import Tracking

/// `${NAME}` in a file: the value of an environment variable where a value stands, an error elsewhere.
@Suite(.serialized) struct FileVariablesTests {
  /// The variables of one test, taken away in the end.
  private func with<Result>(
    _ variables: [String: String], _ body: () throws -> Result
  ) rethrows -> Result {
    for (name, value) in variables { setenv(name, value, 1) }
    defer { for name in variables.keys { unsetenv(name) } }
    return try body()
  }

  private let file = """
    data: {source: moons, points_per_class: "${LABBOOK_T_ROWS}", split: {val: 0.5}}
    models: {wide: {mlp: {hidden: [16]}}, narrow: {mlp: {hidden: [2]}}}
    train:
      model: ${LABBOOK_T_MODEL}
      epochs: ${LABBOOK_T_EPOCHS}0
    over: {lr: [1e-3, "${LABBOOK_T_RATE}"]}

    """

  @Test func valuesAreThoseOfTheEnvironment() throws {
    let set = [
      "LABBOOK_T_ROWS": "40", "LABBOOK_T_MODEL": "narrow", "LABBOOK_T_EPOCHS": "3",
      "LABBOOK_T_RATE": "0.5",
    ]
    let runs = try with(set) { try configurations(file) }
    let written =
      file
      .replacingOccurrences(of: "\"${LABBOOK_T_ROWS}\"", with: "40")
      .replacingOccurrences(of: "${LABBOOK_T_MODEL}", with: "narrow")
      .replacingOccurrences(of: "${LABBOOK_T_EPOCHS}", with: "3")
      .replacingOccurrences(of: "\"${LABBOOK_T_RATE}\"", with: "0.5")
    #expect(!written.contains("$"))
    // What stands in a key is the value: a file that says it outright has the same runs.
    #expect(runs == (try configurations(written)))
    #expect(runs.map { $0.value(at: "train.lr") } == [.number(0.001), .number(0.5)])
    #expect(runs[0].value(at: "train.epochs") == .integer(30))
  }

  /// All at once, each at its place, and nothing further of a value that nobody knows.
  @Test func anUnsetVariableIsAnErrorAtItsPlace() {
    let found = with(["LABBOOK_T_ROWS": "40"]) { complaints(file) }
    #expect(
      found == [
        "test.yaml:4:10: the environment variable LABBOOK_T_MODEL is not set",
        "test.yaml:5:11: the environment variable LABBOOK_T_EPOCHS is not set",
        "test.yaml:6:19: the environment variable LABBOOK_T_RATE is not set",
      ])
  }

  @Test func aWrongValueIsToldAsIfTheFileSaidIt() {
    let set = ["LABBOOK_T_RATE": "fast"]
    let text = smallest + "train: {lr: \"${LABBOOK_T_RATE}\"}\n"
    #expect(with(set) { complaints(text) } == ["test.yaml:3:13: lr cannot be 'fast'"])
  }

  @Test(arguments: [
    ("title: at ${HOME}\n", "test.yaml:3:8", "in what people read"),
    ("experiment: ${HOME}\n", "test.yaml:3:13", "in a name"),
    ("tags: [\"${HOME}\"]\n", "test.yaml:3:8", "in a name"),
    ("models: {\"${HOME}\": {mlp: {hidden: [2]}}}\n", "test.yaml:3:10", "in a name"),
    ("where: lr < ${HOME}\n", "test.yaml:3:8", "in an expression"),
    ("notebook:\n  - text: ${HOME}\n", "test.yaml:4:11", "in what people read"),
    ("notebook:\n  - sweep: ${HOME}\n", "test.yaml:4:12", "in a name"),
    ("notebook:\n  - {sweep: a, over: {\"${HOME}\": [1]}}\n", "test.yaml:4:23", "in a name"),
    ("train: {command: echo, env: {A: \"${HOME}\"}}\n", "test.yaml:3:33", "in 'env'"),
    ("variants: {a: {env: {A: \"${HOME}\"}}}\n", "test.yaml:3:25", "in 'env'"),
  ])
  func elsewhereItIsAnError(_ line: String, _ place: String, _ words: String) {
    let wanted = "\(place): an environment variable, ${HOME}, cannot stand \(words)"
    #expect(
      complaints(smallest + line).contains { $0.hasPrefix(wanted) },
      "\(complaints(smallest + line))")
  }

  /// Mathematics of a text, letters by `$${`, the words of a command.
  @Test func whatIsNoVariableStaysAsItIs() throws {
    let text =
      smallest + """
        title: from ${n}$ to $${HOME}
        notebook:
          - text: The loss is ${x}^2$, ${}^{3}$ or $\\frac{1}{2}$.
          - {sweep: a}

        """
    #expect(try read(text).title == "from ${n}$ to $${HOME}")
    let path = smallest.replacing(
      "spiral, points_per_class: 100", with: "csv, target: y, path: 'a$${B}'")
    #expect(complaints(path)[0].contains("a${B}"))
  }
}
