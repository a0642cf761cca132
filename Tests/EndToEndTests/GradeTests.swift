import Foundation
import Testing

/// `labbook grade`: a row a hand-in, a column an exercise.
struct GradeTests {
  static let notebook = """
    data: {source: spiral, points_per_class: 50, split: {val: 0.2}, seed: 1}
    model: {mlp: {hidden: [8]}}
    train: {batch_size: full, steps: 100, lr: 1e-4}
    open: [train.lr, hidden]
    notebook:
      - sweep: rates
        over: {lr: [1e-4, 1e-3]}
        seeds: 3
      - exercise: At which rate does the loss fall below 0.9?
        id: rate
        of: rates
        that: mean(train/loss, lr > 0) < 0.9
        hints: [A larger one.]
        answer: At 0.1, **for instance**.
      - exercise: What does a network lose that guesses among three classes?
        id: guess
        ask: number
        is: abs(answer - 1.0986) < 0.001
        answer: log 3
        points: 2
      - exercise: How much more than the page's own runs is that, about?
        id: more
        ask: number
        is: abs(answer - (1.0986 - mean(rates, train/loss))) < 0.5

    """

  private static let right = """
    answers:
      rate: {over: {lr: [0.1]}, seeds: 3}
      guess: 1.0986
      more: 0.05

    """

  private func place(_ handIns: [String: String]) throws -> Workplace {
    let place = try Workplace()
    try place.write("teacher.yaml", Self.notebook)
    for (name, text) in handIns { try place.write(name, text) }
    return place
  }

  private func rows(_ outcome: Outcome) -> [[String]] {
    outcome.output.components(separatedBy: "\n\n")[0].split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    }
  }

  @Test func rightAndWrongAreToldApart() throws {
    let place = try place([
      "right.yaml": Self.right,
      "wrong.yaml": "answers: {rate: {over: {lr: [1e-5]}}, guess: 3, more: 9}\n",
      "some.yaml": "answers: {guess: 1.0986}\n",
    ])
    let outcome = try place.labbook(
      "grade", "teacher.yaml", "right.yaml", "wrong.yaml", "some.yaml")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(
      rows(outcome) == [
        ["hand-in", "rate", "guess", "more", "points", "of"],
        ["right.yaml", "right", "right", "right", "4", "4"],
        ["wrong.yaml", "wrong", "wrong", "wrong", "0", "4"],
        ["some.yaml", "not", "answered", "right", "not", "answered", "2", "4"],
      ])
    #expect(outcome.output.contains("wrong.yaml: rate: wrong\n  mean(train/loss, lr > 0) = 1."))
    #expect(try place.labbook("grade", "teacher.yaml", "right.yaml").status == 0)
  }

  /// Sixty hand-ins, of which one is broken, one names no file and one would train too long.
  @Test func oneCommandGradesAClass() throws {
    var handIns: [String: String] = [:]
    for number in 10..<67 {
      handIns["s\(number).yaml"] =
        "answers: {rate: {over: {lr: [\(number % 2 == 0 ? "0.1" : "0.05")]}}, guess: \(number)}\n"
    }
    handIns["s67.yaml"] = "answers: {rate: {over: {lr: [0.1]}, that: 1 < 2}}\n"
    handIns["s68.yaml"] =
      "answers: {rate: {over: {lr: [0.1], hidden: [[3000, 3000]]}, seeds: 60}}\n"
    let place = try place(handIns)
    let names = (10..<70).map { "s\($0).yaml" }
    let outcome = try place.labbook(["grade", "teacher.yaml"] + names + ["--limit", "20s"])
    #expect(outcome.status == 2)
    let rows = rows(outcome)
    #expect(rows.count == 61 && rows.dropFirst().map { $0[0] } == names)
    #expect(rows[1..<58].allSatisfy { $0[1] == "right" && $0[2] == "wrong" })
    #expect(rows[58][1] == "refused" && rows[60][1] == "refused")
    #expect(rows[59][1...2] == ["not", "run"])
    #expect(outcome.errors.contains("s67.yaml:1:37: error: an answer cannot set 'that'"))
    #expect(outcome.errors.contains("                                      ^~~~"))
    #expect(outcome.errors.contains("s69.yaml: error: there is no such file"))
    #expect(
      outcome.output.contains(
        try Regex("s68.yaml: not run: predicted .* on [0-9]+ cores?, above the limit of 20 s")))
    // Two rates, three seeds: what hand-ins have in common was trained once.
    let store = try StoreReader(place.store)
    #expect(
      try store.number(
        "SELECT count(*) FROM run_table WHERE experiment = 'teacher hand-ins'") == 6)
    // Where an exercise asks about the notebook's own runs, they are there too.
    #expect(
      try store.number("SELECT count(*) FROM run_table WHERE experiment = 'teacher'") == 6)
    let again = try place.labbook(["grade", "teacher.yaml"] + names + ["--limit", "20s"])
    #expect(again.output == outcome.output)
    #expect(try store.number("SELECT count(*) FROM run_table") == 12)
  }

  @Test func programsReadTheSame() throws {
    let place = try place(["right.yaml": Self.right, "bad.yaml": "data: {seed: 2}\n"])
    let outcome = try place.labbook(
      "grade", "teacher.yaml", "right.yaml", "bad.yaml", "--format", "json")
    #expect(outcome.status == 2)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let handIns = try #require(json["hand_ins"] as? [[String: Any]])
    #expect(handIns.map { $0["state"] as? String } == ["graded", "refused"])
    #expect(handIns.map { $0["points"] as? Int } == [4, 0])
    let exercises = try #require(handIns[0]["exercises"] as? [[String: Any]])
    #expect(exercises.map { $0["id"] as? String } == ["rate", "guess", "more"])
    #expect(exercises.map { $0["verdict"] as? String } == ["right", "right", "right"])
    #expect(exercises.map { $0["points"] as? Int } == [1, 2, 1])
    #expect((handIns[0]["predicted_s"] as? Double).map { $0 > 0 } == true)
    let error = try #require((handIns[1]["errors"] as? [[String: Any]])?.first)
    #expect(error["line"] as? Int == 1 && error["column"] as? Int == 8)
    #expect(error["place"] as? String == "bad.yaml:1:8")
  }

  /// A hand-in may set what is open for all sweeps; the page's own runs, which others ask about, stay.
  @Test func aValueOfTheFileIsAnAnswerToo() throws {
    let file = Self.notebook.replacing("over: {lr: [1e-4, 1e-3]}", with: "with: {weight_decay: 0}")
      .replacing("lr > 0", with: "steps > 0")
    let place = try place(["set.yaml": "train: {lr: 0.1}\nanswers: {more: 0.05}\n"])
    try place.write("teacher.yaml", file)
    let outcome = try place.labbook("grade", "teacher.yaml", "set.yaml", "--format", "csv")
    #expect(outcome.output.hasSuffix("set.yaml,right,not answered,right,2,4\r\n"), "\(outcome)")
  }

  @Test func whatIsWrongWithTheNotebookIsWrongInput() throws {
    let place = try place(["right.yaml": Self.right])
    try place.write("none.yaml", "data: {source: spiral}\nmodel: [{linear: classes}]\n")
    try place.write("bad.yaml", Self.notebook.replacing("[train.lr, hidden]", with: "[base]"))
    for arguments in [
      ["none.yaml", "right.yaml"], ["bad.yaml", "right.yaml"], ["gone.yaml", "right.yaml"],
      ["teacher.yaml"], ["teacher.yaml", "right.yaml", "right.yaml"],
      ["teacher.yaml", "right.yaml", "--limit", "soon"],
    ] {
      let outcome = try place.labbook(["grade"] + arguments)
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(arguments): \(outcome)")
    }
    #expect(!place.exists("labbook.sqlite"))
  }

  @Test func answersAreShownWhereTheyAreAskedFor() throws {
    let place = try place([:])
    let run = try place.labbook("run", "teacher.yaml")
    #expect(run.status == 0, "\(run.errors)")
    func pages() throws -> [String] {
      try ["html", "md", "ipynb"].map { try place.read("plots/teacher/index.\($0)") }
    }
    for page in try pages() {
      #expect(page.contains("A larger one.") && page.contains("<details>"))
      #expect(!page.contains("for instance") && !page.contains("1.0986"))
    }
    let json = try place.labbook("report", "teacher.yaml", "--format", "json").output
    #expect(json.contains("\"answer\": null") && !json.contains("for instance"))
    #expect(try place.labbook("report", "teacher.yaml", "--answers").status == 0)
    for page in try pages() { #expect(page.contains("for instance")) }
    let told = try place.labbook("report", "teacher.yaml", "--answers", "--format", "json").output
    #expect(told.contains("\"answer\": \"At 0.1, **for instance**.\""))
  }

  /// The runs that the notebook itself has are no answer.
  @Test func checkSaysWhereThePageAnswersByItself() throws {
    let place = try place([:])
    try place.write("teacher.yaml", Self.notebook.replacing("< 0.9", with: "< 9"))
    _ = try place.labbook("run", "teacher.yaml")
    let check = try place.labbook("check", "teacher.yaml")
    #expect(check.status == 0)
    #expect(
      check.output.contains(
        "advice: the runs of 'rates' are the answer to 'rate' already [answered-exercise]"))
  }
}
