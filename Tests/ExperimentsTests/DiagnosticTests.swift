import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

struct DiagnosticTests {
  private let first = SpecSource(name: "a.yaml", folder: "", text: "one: 1\ntwo: 2\n")
  private let second = SpecSource(name: "b.yaml", folder: "", text: "three: 3\n")

  @Test func errorsComeByFileLineAndColumnEachOnce() {
    func error(_ source: SpecSource, _ line: Int, _ column: Int, _ text: String) -> Diagnostic {
      Diagnostic(Mark(source, line: line, column: column), text)
    }
    let errors = Diagnostics([
      error(first, 2, 5, "d"), error(second, 1, 1, "e"), error(first, 2, 1, "c"),
      error(first, 1, 9, "b"), error(first, 1, 9, "a"), error(first, 2, 1, "c"),
    ])
    #expect(errors.list.map(\.message) == ["b", "a", "c", "d", "e"])
  }

  @Test func aPlaceIsShownWithItsWidth() {
    let mark = Mark(first, line: 2, column: 6, width: 1)
    #expect(
      Diagnostic(mark, "no", notes: ["x", "y"]).description
        == "a.yaml:2:6: error: no\n  two: 2\n       ^\n  x\n  y")
    #expect(
      Diagnostic(Mark(first, line: 1, column: 1, width: 3), "no").description
        == "a.yaml:1:1: error: no\n  one: 1\n  ^~~")
    #expect(
      Diagnostic(Mark(first, line: 1, column: 6, width: 30), "no").description
        == "a.yaml:1:6: error: no\n  one: 1\n       ^")
    #expect(Diagnostic(Mark(first, line: 0, column: 4), "no").description == "a.yaml: error: no")
    let argument = SpecSource(name: "--set lr=x", folder: "", kind: .argument, text: "lr=x")
    #expect(
      Diagnostic(Mark(argument, line: 1, column: 4), "no").description
        == "--set lr=x: error: no\n  lr=x\n     ^")
    #expect(mark.within(offset: 2, width: 0) == Mark(first, line: 2, column: 8))
  }

  /// Columns of the terminal are counted below the line, characters in the place.
  @Test func wideLettersMoveTheCaret() {
    let source = SpecSource(name: "a", folder: "", text: "\t網路\u{202E}e\u{301}: no\n")
    #expect(
      Diagnostic(Mark(source, line: 1, column: 8, width: 2), "no\nerror: x", notes: ["a\nb"])
        .description == "a:1:8: error: no\n  error: x\n   網路\u{FFFD}e\u{301}: no\n"
        + "  " + String(repeating: " ", count: 9) + "^~\n  a\n  b")
  }

  /// Of a line of 150 letters the 100 around the caret.
  @Test func ofLongLinesThePartAroundTheCaretIsShown() {
    let letters = String((0..<150).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    let source = SpecSource(name: "a", folder: "", text: letters)
    func shown(_ column: Int) -> [String] {
      Diagnostic(Mark(source, line: 1, column: column, width: 2), "no").description
        .split(separator: "\n").dropFirst().map(String.init)
    }
    let all = Array(letters)
    #expect(shown(1) == ["  " + String(all[..<100]) + "...", "  ^~"])
    #expect(
      shown(81)
        == [
          "  ..." + String(all[30..<130]) + "...", "  " + String(repeating: " ", count: 53) + "^~",
        ])
    #expect(
      shown(150)
        == ["  ..." + String(all[50...]), "  " + String(repeating: " ", count: 102) + "^"])
  }

  @Test func pathsAreRelativeToTheirSource() {
    let source = SpecSource(name: "d/a.yaml", folder: "d", text: "")
    #expect(source.resolve("x.csv") == "d/x.csv" && source.resolve("/x.csv") == "/x.csv")
    #expect(first.resolve("x.csv") == "x.csv" && first.line(2) == "two: 2" && first.line(9) == "")
  }

  @Test func overridesAreSetOnce() {
    #expect(
      complaints(smallest, set: ["lr=1", "train.lr=2"]).first
        == "--set train.lr=2: 'train.lr' is set twice")
  }

  /// A batch of one row cannot be normalised, nor can the last one.
  @Test(arguments: [
    ("batch_size: 33", true), ("batch_size: 32", false), ("batch_size: 1", true),
    ("batch_size: full", false), ("batch_size: 50", false), ("batch_size: 49", false),
    ("batch_size: 33, epochs: 0", false), ("batch_size: 99", true),
  ])
  func batchNormNeedsTwoRows(train: String, isWrong: Bool) {
    let found = complaints(
      "data: {source: moons, points_per_class: 50}\nmodel: [batch-norm, {linear: classes}]\n"
        + "train: {\(train)}\n")
    #expect(found.isEmpty != isWrong, "\(found)")
  }

  @Test func namesHaveAtMostAHundredCharacters() {
    func problems(_ count: Int) -> [String] {
      complaints(smallest + "experiment: \(String(repeating: "x", count: count))\n")
    }
    #expect(problems(100) == [])
    #expect(problems(101) == ["test.yaml:3:13: the name of the experiment has 101 characters"])
  }

  @Test func bareNamesArePaths() {
    #expect(SettingPath(bare: "lr") == .absolute(["train", "lr"]))
    #expect(SettingPath(bare: "hidden") == .ownModel(["mlp", "hidden"]))
    #expect(SettingPath(bare: "data.noise") == .absolute(["data", "noise"]))
    #expect(
      SettingPath(bare: "optimizer.momentum") == .absolute(["train", "optimizer", "momentum"]))
    #expect(SettingPath(bare: "models.a.0.linear") == .absolute(["models", "a", "0", "linear"]))
    #expect(SettingPath(bare: "a..b") == nil && SettingPath(bare: "") == nil)
    #expect(
      SettingPath.ownModel(["mlp", "hidden"]).key(modelPath: "models.a") == "models.a.mlp.hidden")
    #expect(SettingPath.absolute(["train", "lr"]).key(modelPath: "models.a") == "train.lr")
    #expect(SweepKey.variant.label == "variant" && !SweepKey.variant.isSeed)
    #expect(SweepKey.setting(.absolute(["train", "seed"]), written: "seed").isSeed)
  }
}
