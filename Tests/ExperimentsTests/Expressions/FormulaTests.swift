import Experiments
import FileLanguage
import Testing
import Tracking

/// The values that the tests' names have.
private let values: [String: ParameterValue] = [
  "lr": .number(0.01), "epochs": .integer(20), "optimizer": .text("sgd"),
  "shuffle": .flag(true), "clip_norm": .off, "val/accuracy": .number(0.9),
  "hidden": .list([.integer(64), .integer(64)]), "grad_norm": .number(2), "a": .integer(7),
  "b": .integer(2), "models.straight lines.0.linear": .integer(100), "x-y": .integer(5),
  "tags": .list([.text("old"), .text("baseline")]), "broken": .number(.nan),
  "variant": .text("it's"), "layer/0.weight/small": .number(0.25),
]

private func evaluate(_ source: String) throws -> ParameterValue {
  try Formula(source).value(in: FormulaLookup(names: values.keys.sorted()) { values[$0] })
}

@Test(
  "Precedence and association",
  arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("10 - (4 - 3)", 9),
    ("16 / 4 / 2", 2), ("2 * 3 + 4 * 5", 26), ("-2 * 3", -6), ("2 * -3", -6), ("- -2", 2),
    ("-(1 + 2)", -3), ("1-2", -1), ("1e-3 * 1000", 1), (".5 + 2.", 2.5), ("a - b", 5),
    ("a / b", 3.5), ("x-y", 5), ("a -b", 5), ("a- b", 5), ("a*b", 14), ("a+b", 9),
    ("(a)-(b)", 5), ("7 / 2 * 2", 7), ("7 - 2 + 2", 7), ("2 - 3 * 4", -10), ("(2 - 3) * 4", -4),
    ("2 * 3 / 4", 1.5), ("-b - -a", 5), ("a * -b + 1", -13), ("1e2 + 1E-1", 100.1),
    ("lr * epochs", 0.2), ("(a)/b", 3.5), ("1/4", 0.25), ("val/accuracy", 0.9),
    ("layer/0.weight/small", 0.25), ("\"models.straight lines.0.linear\" / 4", 25),
  ])
func arithmetic(source: String, expected: Double) throws {
  #expect(try evaluate(source).asNumber == expected)
}

@Test(
  "Truths",
  arguments: [
    ("lr = 0.01", true), ("lr = 1e-2", true), ("epochs = 20.0", true), ("lr != 0.01", false),
    ("lr < 0.1 or optimizer != 'sgd'", true), ("lr > 0.1 or optimizer != 'sgd'", false),
    ("not lr > 0.1", true), ("not lr < 0.1 or true", true), ("not (lr < 0.1 or true)", false),
    ("not not true", true), ("true or false and false", true), ("(true or false) and false", false),
    ("false and false or true", true), ("not false and false", false),
    ("1 + 1 = 2 and 2 * 2 = 4", true), ("a > b = true", true),
    ("a >= 7", true), ("a <= 6", false), ("shuffle", true), ("shuffle = true", true),
    ("shuffle = 'once'", false), ("shuffle != 'once'", true),
    ("clip_norm < 1", false), ("clip_norm >= 1", false), ("clip_norm = none", true),
    ("clip_norm != none", false), ("lr = none", false), ("optimizer < 1", false),
    ("optimizer < 'tango'", true), ("variant = 'it''s'", true), ("hidden = '[64, 64]'", true),
    ("hidden != '[64]'", true), ("broken = broken", false), ("broken < 1", false),
    ("broken != 1", true), ("lr = 0.0100000000000001", false), ("lr != 0.0100000000000001", true),
    ("0.1 + 0.2 = 0.3", false), ("0.1 + 0.2 > 0.3", true), ("lr <= 0.0099999999999999", false),
    ("lr >= 0.0100000000000001", false), ("epochs = 20.0000001", false), ("a > 7", false),
    ("a < 7", false), ("a >= 7.0000001", false), ("b <= 2", true), ("b < 3", true),
    ("b > 1.9", true), ("-b < -1", true), ("tags = 'baseline'", true), ("'old' = tags", true),
    ("tags = 'base'", false), ("tags != 'base'", true), ("tags = '[old, baseline]'", true),
    ("optimizer = 'SGD'", false), ("optimizer >= 'sgd'", true), ("optimizer > 'sgd'", false),
    ("optimizer <= 'sg'", false), ("clip_norm = 0", false), ("shuffle != false", true),
    ("true and true", true), ("true and false", false), ("false or false", false),
    ("hidden = '[64,64]'", false), ("none = none", true), ("shuffle = 1", false),
    ("grad_norm=2", true), ("grad_norm<=2", true), ("a=7and b=2", true),
  ])
func truths(source: String, expected: Bool) throws {
  if source == "a > b = true" || source == "a=7and b=2" {
    #expect(throws: FormulaError.self) { try evaluate(source) }
  } else {
    #expect(try evaluate(source) == .flag(expected))
  }
}

@Test("A truth decides before the other side is asked")
func shortCircuit() throws {
  #expect(try evaluate("false and optimizer * 2 = 1") == .flag(false))
  #expect(try evaluate("true or optimizer * 2 = 1") == .flag(true))
  #expect(throws: FormulaError.self) { try evaluate("true and optimizer * 2 = 1") }
}

@Test("Functions are typed: sweep, metric, conditions")
func calls() throws {
  func only(_ source: String) throws -> FormulaCall {
    try #require(try Formula(source).calls.first)
  }
  let plain = try only("best(val/accuracy)")
  #expect(plain.function == .best && plain.sweep == nil && plain.metric.text == "val/accuracy")
  let swept = try only("mean(learning-rates, val/loss)")
  #expect(swept.sweep?.text == "learning-rates" && swept.metric.text == "val/loss")
  let quoted = try only("mean(\"my sweep\", val/loss, lr = 0.1)")
  #expect(quoted.sweep?.text == "my sweep" && quoted.conditions.count == 1)
  let conditioned = try only("1 + count(val/loss, variant = 'sigmoid')")
  #expect(conditioned.sweep == nil && conditioned.conditions.count == 1)
  let diff = try only("diff(val/loss, shuffle, not shuffle)")
  #expect(diff.sweep == nil && diff.conditions.count == 2)
  let diffIn = try only("diff(s, val/loss, variant = 'a', variant = 'b') < 0")
  #expect(diffIn.sweep?.text == "s" && diffIn.conditions.count == 2)
  let two = try only("last(s, val/loss)")
  #expect(two.function == .last && two.sweep?.text == "s" && two.column == 1)
  #expect(two.sweep?.column == 6 && two.metric.column == 9 && two.metric.width == 8)
  let named = try Formula("a + \"b c\" > lr / a")
  #expect(named.names.map(\.text) == ["a", "b c", "lr", "a"])
  #expect(named.names.map(\.column) == [1, 5, 13, 18] && named.names[1].width == 5)
  #expect(named.kind == .truth && named.calls.isEmpty && named.source == "a + \"b c\" > lr / a")
  let kinds = try ["1", "'a'", "none", "a", "not a", "-a", "count(lr)"].map { try Formula($0).kind }
  #expect(kinds == [.number, .text, .off, .unknown, .truth, .number, .number])
  let claim = try Formula(
    "mean(val/loss, variant = 'sigmoid') > mean(val/loss, variant = 'all tricks')")
  #expect(claim.calls.count == 2 && claim.kind == .truth && claim.names.isEmpty)
}

@Test("A context answers functions; without a store they are an error")
func callContext() throws {
  struct Store: FormulaContext {
    var names: [String] { [] }
    func value(of name: String) -> ParameterValue? { nil }
    func value(of call: FormulaCall) throws(FormulaError) -> ParameterValue {
      .number(call.function == .best ? 0.5 : 0.25)
    }
  }
  #expect(try Formula("best(loss) / last(loss)").value(in: Store()) == .number(2))
  #expect(throws: FormulaError.self) { try evaluate("best(loss) = 1") }
}

@Test(
  "Errors stand at their place and name the cure",
  arguments: [
    ("", 1, "the expression is empty"),
    ("lr <", 5, "the expression ends where a value should follow"),
    ("lr < 0.1 or", 12, "the expression ends where a value should follow"),
    ("(lr < 0.1", 1, "this bracket is not closed"),
    ("lr < 0.1)", 9, "this bracket closes none"),
    ("lr == 0.1", 4, "'==' is not an operator here; write ="),
    ("lr < 0.1 && a = 1", 10, "'&&' is not an operator here; write and"),
    ("!shuffle", 1, "'!' is not an operator here; write not"),
    ("lr <> 1", 4, "'<>' is not an operator here; write !="),
    ("lr ≤ 1", 4, "'≤' is not an operator here; write <="),
    ("1 < lr < 2", 8, "comparisons do not chain"),
    ("lr < 0.1 AND a = 1", 10, "'AND' is written 'and'"),
    ("lr 3", 4, "an operator is missing before '3'"),
    ("straight lines = 1", 10, "an operator is missing before 'lines'"),
    ("optimizer = 'sgd", 13, "this text has no closing '"),
    ("\"lr < 1", 1, "this name has no closing \""),
    ("\"\" = 1", 1, "the name between the quotes is empty"),
    ("lr < 3x", 6, "'3x' is neither a number nor a name"),
    ("lr < 1e999", 6, "'1e999' is too large for a number"),
    ("lr # 1", 4, "'#' has no meaning in an expression"),
    ("lr < '0.1'", 6, "'0.1' in quotes is text, not a number"),
    ("1 + 'a'", 5, "'+' needs numbers, this is text"),
    ("not 3", 5, "'not' needs true or false, this is a number"),
    ("lr + 1 and a = 1", 1, "'and' needs true or false, this is a number"),
    ("'a' = 3", 7, "text and a number are never equal"),
    ("lr < none", 6, "'<' orders numbers or texts, this is none"),
    ("lr < true", 6, "'<' orders numbers or texts, this is true or false"),
    ("maen(val/loss)", 1, "there is no function 'maen'; did you mean 'mean'?"),
    ("best()", 1, "'best' has the wrong number of arguments"),
    ("best(a, b, a = 1, b = 2)", 1, "'best' has the wrong number of arguments"),
    ("diff(a, b = 1)", 1, "'diff' has the wrong number of arguments"),
    ("best(1, a = 2)", 6, "'best' needs the name of a metric here"),
    ("best('s', loss)", 6, "names stand bare or in double quotes: \"s\""),
    ("mean(loss, mean(loss) > 1)", 12, "a condition cannot hold a function"),
    ("mean(loss, a + 1)", 12, "the condition of 'mean' needs true or false"),
    ("= 3", 1, "'=' does not fit here, a value should stand before it"),
    ("lr < 1,", 7, "',' does not fit here"),
    ("\u{1}", 1, "'U+0001' has no meaning"),
  ])
func parseErrors(source: String, column: Int, message: String) {
  let error = #expect(throws: FormulaError.self) { try Formula(source) }
  #expect(error?.column == column)
  #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
}

@Test(
  "Evaluation errors stand at their place and name the cure",
  arguments: [
    ("lrr < 1", 1, "there is no value called 'lrr' here; did you mean 'lr'?"),
    ("a = 1 or optimizer = adam", 22, "text stands in single quotes: 'adam'"),
    ("lr/2 < 1", 1, "to divide, write spaces around '/'"),
    ("a-1 < 1", 1, "to subtract, write spaces around '-'"),
    ("1 + optimizer", 5, "'+' needs numbers, this is the text 'sgd'"),
    ("-clip_norm", 2, "'-' needs numbers, this is none"),
    ("not lr", 5, "'not' needs true or false, this is the number 0.01"),
  ])
func evaluationErrors(source: String, column: Int, message: String) {
  let error = #expect(throws: FormulaError.self) { try evaluate(source) }
  #expect(error?.column == column)
  #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
}

@Test("Hostile nesting and length end in an error, never in a crash")
func hostileNesting() throws {
  let deep = 4_000
  let hostile = [
    String(repeating: "(", count: deep) + "1" + String(repeating: ")", count: deep),
    String(repeating: "(", count: 9_999), String(repeating: "-", count: 9_000) + "1",
    String(repeating: "not ", count: 2_400) + "true", "1" + String(repeating: " + 1", count: 2_400),
    "true" + String(repeating: " or true", count: 1_200),
    String(repeating: "(", count: 190) + "1" + String(repeating: "+1+1+1+1)", count: 190),
    String(repeating: "best(", count: 1_900), String(repeating: "x", count: 10_001),
    String(repeating: "'", count: 9_999), String(repeating: "e\u{301}\u{301}", count: 20_000),
  ]
  for source in hostile { #expect(throws: FormulaError.self) { try Formula(source) } }
  let allowed = String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)
  #expect(try Formula(allowed).value { _ in nil } == .integer(1))
  let chain = "1" + String(repeating: " + 1", count: 150)
  #expect(try Formula(chain).value { _ in nil } == .number(151))
}

@Test("Random words never crash the parser")
func randomWords() {
  let words = [
    "(", ")", ",", "+", "-", "*", "/", "=", "!=", "<", "<=", "and", "or", "not", "lr", "'a'",
    "\"b c\"", "1", "1e5", "best", "diff", "true", "none", "val/loss", "'", "\"", "é", "\n", "\0",
  ]
  // Linear congruences (Knuth's MMIX), so that a crash comes again.
  struct Words: RandomNumberGenerator {
    var state: UInt64 = 1
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }
  var generator = Words()
  var parsed = 0
  for _ in 0..<20_000 {
    let count = Int.random(in: 0...12, using: &generator)
    let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
    guard let formula = try? Formula(source) else { continue }
    parsed += 1
    _ = try? formula.value { _ in .integer(1) }
  }
  #expect(parsed > 0)
}
