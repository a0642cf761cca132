import Runs
import Testing
import Tracking

struct CommandTemplateTests {
  static let context = CommandContext(
    runDirectory: "/runs/a b", checkpoint: "/runs/a b/checkpoint", parametersPath: "/runs/p.json",
    seed: 7, gpu: "0,1", cpus: 4, attempt: 2)

  private func words(
    _ text: String, _ parameters: [String: ParameterValue] = [:],
    _ context: CommandContext = context
  ) throws -> [String] {
    try CommandTemplate(text: text).words(parameters: parameters, context: context)
  }

  @Test func valuesArePutIntoWordsAndNeverSplit() throws {
    let values: [String: ParameterValue] = [
      "text": .text("a b' {seed} \"$x\n"), "lr": .number(0.1),
    ]
    #expect(
      try words("p '{text}' x{text}y --lr={lr} {lr}", values)
        == ["p", "a b' {seed} \"$x\n", "xa b' {seed} \"$x\ny", "--lr=0.1", "0.1"])
    #expect(try words("p {text} {lr}", ["text": .text(""), "lr": .number(1)]) == ["p", "", "1"])
  }

  @Test(arguments: [
    (ParameterValue.number(0.1), "0.1"), (.number(1), "1"), (.integer(64), "64"),
    (.number(1e-5), "1e-05"), (.number(1e20), "1e+20"), (.number(0.1 + 0.2), "0.30000000000000004"),
    (.integer(9_007_199_254_740_993), "9007199254740993"), (.number(-.infinity), "-inf"),
    (.number(.nan), "nan"), (.flag(true), "true"), (.off, "null"), (.text("x"), "x"),
    (.list([.integer(1), .number(0.5), .text("a")]), "1,0.5,a"),
    (.list([.list([.integer(1)]), .off]), "[1],null"), (.list([]), ""),
    (.mapping(["b": .integer(1), "a": .text("q")]), #"{"a":"q","b":1}"#),
  ])
  func aValueInsideAWord(_ value: ParameterValue, _ text: String) throws {
    #expect(try words("p {x}", ["x": value]) == ["p", text])
    #expect(try words("p a{x}b", ["x": value]) == ["p", "a" + text + "b"])
  }

  @Test(arguments: [
    (ParameterValue.number(0.1), ["--x=0.1"], ["--x", "0.1"], ["0.1"]),
    (.flag(true), ["--x"], ["--x"], ["true"]), (.flag(false), [], [], ["false"]),
    (.off, [], [], []), (.text(""), ["--x="], ["--x", ""], [""]),
    (.text("a b"), ["--x=a b"], ["--x", "a b"], ["a b"]),
    (.list([.integer(1), .integer(2)]), ["--x=1,2"], ["--x", "1", "2"], ["1", "2"]),
    (.list([]), ["--x="], ["--x"], []),
    (
      .mapping(["b": .integer(1), "a": .flag(true)]), ["--x.a", "--x.b=1"],
      ["--x.a", "--x.b", "1"],
      [#"{"a":true,"b":1}"#]
    ),
  ])
  func aValueAsAnOption(
    _ value: ParameterValue, _ joined: [String], _ spread: [String], _ items: [String]
  ) throws {
    #expect(try words("p {--x} e", ["x": value]) == ["p"] + joined + ["e"])
    #expect(try words("p {--x...} e", ["x": value]) == ["p"] + spread + ["e"])
    #expect(try words("p {x...} e", ["x": value]) == ["p"] + items + ["e"])
    #expect(try words("p {args} e", ["x": value]) == ["p"] + joined + ["e"])
    #expect(try words("p {args...} e", ["x": value]) == ["p"] + spread + ["e"])
  }

  @Test func optionsMayHaveOneDashAndOtherDashesThanTheParameter() throws {
    let values: [String: ParameterValue] = ["weight_decay": .number(0.5), "n": .integer(3)]
    #expect(
      try words("p {--weight-decay} {-n...}", values) == ["p", "--weight-decay=0.5", "-n", "3"])
    // Where both are there, each is itself.
    let both: [String: ParameterValue] = ["a-b": .integer(1), "a_b": .integer(2)]
    #expect(try words("p {--a-b} {--a_b}", both) == ["p", "--a-b=1", "--a_b=2"])
  }

  @Test func aBooleanChoosesBetweenTwoOptions() throws {
    for (value, word) in [
      (ParameterValue.flag(true), ["--amp"]), (.flag(false), ["--no-amp"]), (.off, []),
    ] {
      #expect(try words("p {--amp|--no-amp}", ["amp": value]) == ["p"] + word)
    }
    let problem = try #require(throws: CommandProblems.self) {
      try words("p {--amp|--no-amp}", ["amp": .integer(1)])
    }
    #expect(
      problem.all.map(\.message) == ["'amp' is 1, but {--amp|--no-amp} chooses by true or false"])
  }

  @Test func theRestIsWhatNothingElseNames() throws {
    let values: [String: ParameterValue] = [
      "lr": .number(0.1), "amp": .flag(false), "width": .integer(64), "x": .off,
      "model": .mapping(["depth": .integer(2), "name": .text("a b")]), "w": .list([.integer(1)]),
    ]
    #expect(
      try words("p {args} {width}", values)
        == ["p", "--lr=0.1", "--model.depth=2", "--model.name=a b", "--w=1", "64"])
    #expect(
      try words("p {args:hydra} {model.depth}", values)
        == ["p", "amp=false", "lr=0.1", "model.name='a b'", "w=[1]", "width=64", "x=null", "2"])
    #expect(
      try words("p {args} {model}", values)
        == ["p", "--lr=0.1", "--w=1", "--width=64", #"{"depth":2,"name":"a b"}"#])
  }

  @Test func labbooksOwnWords() throws {
    #expect(
      try words("p {run_dir} {checkpoint} s{seed} {gpu} {cpus} {attempt} {params}")
        == ["p", "/runs/a b", "/runs/a b/checkpoint", "s7", "0,1", "4", "2", "/runs/p.json"])
    #expect(
      try words("p {--seed} {--run-dir} {--gpu}") == [
        "p", "--seed=7", "--run-dir=/runs/a b", "--gpu=0,1",
      ])
    var none = Self.context
    none.gpu = ""
    #expect(try words("p '{gpu}' {--gpu}", [:], none) == ["p", ""])
    #expect(try CommandTemplate(text: "p {--seed}").usesSeed)
    #expect(try !CommandTemplate(text: "p {{seed}}").usesSeed)
    #expect(try CommandTemplate(text: "p x{checkpoint}").usesCheckpoint)
  }

  @Test func bracesAreWrittenTwice() throws {
    #expect(
      try words("p '{{\"a\": {x}}}' {{{x}}} {{{{", ["x": .integer(1)]) == [
        "p", "{\"a\": 1}", "{1}", "{{",
      ])
  }

  @Test func wordsOfAListAreTakenAsTheyAre() throws {
    let template = try CommandTemplate(words: ["my program", "a 'b", "{--x}", ""])
    #expect(template.words == ["my program", "a 'b", "{--x}", ""])
    #expect(
      try template.words(parameters: ["x": .integer(1)], context: Self.context)
        == ["my program", "a 'b", "--x=1", ""])
    // What a key holds is read back as the same template.
    #expect(
      try CommandTemplate(words: CommandTemplate(text: "a \"b c\" {--x}").words).words == [
        "a", "b c", "{--x}",
      ])
  }

  @Test(arguments: [
    ("p {}", "{} names nothing", 3, 2), ("p {lr", "this '{' is not closed within its word", 3, 1),
    ("p { lr }", "this '{' is not closed within its word", 3, 1),
    ("p lr}", "a '}' stands alone", 5, 1),
    ("p '{ lr }'", "a placeholder has no blanks: { lr }", 4, 6),
    (
      "p \"é\"x{--lr}",
      "a placeholder of this kind makes whole words, so nothing can stand beside it", 7, 6
    ),
    ("p {args} {args:hydra}", "all parameters are handed over twice", 10, 12),
    ("p {args:json}", "{args:json} is no way of writing all parameters", 3, 11),
    ("p {--a|b|c}", "{--a|b|c} is no choice between two options", 3, 9),
    ("p {a|--b}", "{a|--b} is no choice between two options", 3, 7),
    ("p {--}", "{--} names no parameter", 3, 4), ("p {seed...}", "{seed...} is no list", 3, 9),
    ("'' a", "the command names no program", 1, 1),
  ])
  func aWrongCommandIsToldWithItsPlace(
    _ text: String, _ message: String, _ column: Int, _ width: Int
  ) throws {
    let problems = try #require(throws: CommandProblems.self) { try CommandTemplate(text: text) }
    let problem = try #require(problems.all.first)
    #expect(problem.message == message)
    #expect(problem.place?.column == column && problem.place?.width == width)
  }

  @Test func allProblemsAreToldTogether() throws {
    let problems = try #require(throws: CommandProblems.self) {
      try CommandTemplate(words: ["p", "a}{", "{x y}"])
    }
    #expect(
      problems.all.map(\.place) == [
        .init(word: 1, column: 2, width: 1), .init(word: 1, column: 3, width: 1),
        .init(word: 2, column: 1, width: 5),
      ])
    #expect(throws: CommandProblems.self) { try CommandTemplate(text: " ") }
    #expect(throws: CommandProblems.self) { try CommandTemplate(words: ["p", "\0"]) }
  }

  @Test(arguments: [
    (
      "p {width} {rl}",
      ["there is no parameter 'rl'", "the parameter 'lr' never reaches the program"]
    ),
    (
      "p {lr} {--widht}",
      ["there is no parameter 'widht'", "the parameter 'width' never reaches the program"]
    ),
    ("p", ["2 parameters never reach the program: lr, width"]),
    ("p {args}", []), ("p {params}", []), ("p {lr} {--width}", []),
    ("p {lr} {args:hydra}", []), ("p {sed} {args}", ["there is no parameter 'sed'"]),
  ])
  func parametersAreCheckedAgainstTheCommand(_ text: String, _ messages: [String]) throws {
    let template = try CommandTemplate(text: text)
    let problems = template.problems(with: ["lr": .number(0.1), "width": .integer(1)])
    #expect(problems.map(\.message) == messages)
  }

  @Test func theNearestNameIsTheWayOut() throws {
    let problems = try CommandTemplate(text: "p {widht} {sed} {args}")
      .problems(with: ["width": .integer(1)])
    #expect(problems.map(\.hint) == ["did you mean 'width'?", "did you mean 'seed'?"])
    let none = try CommandTemplate(text: "p {qqqqqqqq} {args}").problems(with: ["width": .off])
    #expect(none.map(\.hint) == ["its parameters are width; write {{ for a brace"])
  }

  @Test func namesThatCannotBeAreTold() throws {
    let template = try CommandTemplate(text: "p {args}")
    for name in [
      "seed", "gpu", "args", "run-dir", "a b", "", "-x", "a=b", "a{", "a...", "a|b", "\u{202E}x",
    ] {
      #expect(template.problems(with: [name: .integer(1)]).count == 1, "\(name)")
    }
    for name in ["Seed", "a.b", "weight-decay", "größe", "x:y", "data.seed"] {
      #expect(template.problems(with: [name: .integer(1)]).isEmpty, "\(name)")
    }
    #expect(
      template.problems(with: ["a.b": .integer(1), "a": .mapping(["b": .off])]).map(\.message)
        == ["two parameters are called 'a.b'"])
    #expect(template.problems(with: ["a": .list([.text("\0")])]).count == 1)
  }

  private struct Case: Decodable {
    let text: String
    let values: [String: String]
    let words: [String]
  }

  /// Fixtures/make_templates.py: words of Python's shlex with values put in by one pass of Python's re.
  @Test func randomCommandsHaveTheWordsOfPython() throws {
    let cases = try Fixture.json("templates.json", [Case].self)
    try #require(cases.count == 400)
    for item in cases {
      // `{params}` reaches all, so that no parameter is missed.
      let template = try CommandTemplate(text: item.text + " {params}")
      let words = try template.words(
        parameters: item.values.mapValues(ParameterValue.text), context: Self.context)
      #expect(words == item.words + ["/runs/p.json"], "\(item.text.debugDescription)")
    }
  }

  @Test(.enabled(if: Fixture.long != nil)) func randomCommandsOfAnyNumber() throws {
    let cases = try Fixture.long("templates.json", [Case].self)
    let wrong = try cases.filter { item in
      try CommandTemplate(text: item.text + " {params}").words(
        parameters: item.values.mapValues(ParameterValue.text), context: Self.context)
        != item.words + ["/runs/p.json"]
    }
    #expect(wrong.isEmpty, "\(wrong.first?.text.debugDescription ?? "")")
    print("\(cases.count) commands")
  }

  @Test func signsOfAShellAreNoticed() throws {
    func noticed(_ text: String) throws -> [Int?] {
      try CommandTemplate(text: text).wordsForShells.map(\.place?.word)
    }
    #expect(
      try noticed("A=1 p | tee ~/x > log $HOME '$(date)' a$ $1 2>&1") == [0, 2, 4, 5, 7, 8, 11])
    #expect(try noticed("python train.py a=b --x=$ ./~").isEmpty)
    #expect(try noticed("sh -c 'echo $HOME | cat'").isEmpty)
  }

  @Test func theFileOfParameters() {
    #expect(
      ParameterFile.text([
        "b": .number(0.1), "a": .list([.number(.infinity), .number(.nan), .off]),
        "c": .mapping(["x": .text("é\"")]),
      ]) == #"{"a": [Infinity, NaN, null], "b": 0.1, "c": {"x": "é\""}}"# + "\n")
  }
}
