import Foundation
import Testing

/// Paths of one letter, and what is no path of a file.
struct OddPathsTests {
  static let small = """
    data: {source: moons, points_per_class: 20, split: {val: 0.2}}
    model: {mlp: {hidden: [4]}}
    train: {epochs: 1}
    lint: {allow: [one-seed]}

    """

  static let names = ["x", "é", "-", ".", "/", "~", ""]

  /// A shell's call in the folder, for pipes.
  private func shell(_ place: Workplace, _ line: String) throws -> Outcome {
    try RunningTool(
      executable: "/bin/sh", ["-c", line], folder: place.path, environment: ["TOOL": toolPath]
    ).wait()
  }

  @Test(arguments: names)
  func noPathOfAFileEndsTheProgram(name: String) throws {
    let place = try Workplace()
    try place.write("small.yaml", Self.small)
    for command in [["check"], ["data"], ["report"], ["run", "--dry-run"], ["torch"], ["plot"]] {
      let outcome = try place.labbook(command + [name])
      #expect(outcome.status <= 2, "\(command) '\(name)': \(outcome.errors)")
    }
    for command in [["check", "small.yaml", "--db"], ["runs", "--db"], ["doctor", "--db"]] {
      let outcome = try place.labbook(command + [name])
      #expect(outcome.status <= 2, "\(command) '\(name)': \(outcome.errors)")
    }
    for keys in [
      "base: NAME", "data: {source: csv, target: a, path: NAME}",
      "data: {source: idx, labels: x, images: NAME, test_images: NAME}",
      "train: {init: {name: file, path: NAME}}",
    ] {
      let key = keys.prefix { $0 != ":" } + ":"
      let rest = Self.small.split(separator: "\n").filter { !$0.hasPrefix(key) }.map(String.init)
      let line = keys.replacingOccurrences(of: "NAME", with: "'\(name)'")
      try place.write("key.yaml", ([line] + rest).joined(separator: "\n"))
      let outcome = try place.labbook("check", "key.yaml")
      #expect(outcome.status == 2, "\(line): \(outcome.errors)")
    }
  }

  /// An empty name is none: figures would go to the top of the disk.
  @Test func emptyNamesOfFoldersAndStoresAreErrors() throws {
    let place = try Workplace()
    try place.write("x", Self.small)
    for command in [["run", "x", "--plots", ""], ["find-lr", "x", "--plots", ""]] {
      let outcome = try place.labbook(command)
      #expect(outcome.status == 2 && outcome.errors.contains("--plots names no folder"))
    }
    for command in [["check", "x"], ["run", "x"], ["runs"], ["experiments"]] {
      let outcome = try place.labbook(command + ["--db", ""])
      #expect(outcome.status == 2 && outcome.errors.contains("--db names no file"))
    }
  }

  @Test func filesOfOneLetterAreFiles() throws {
    let place = try Workplace()
    try place.write("x", Self.small)
    let outcome = try place.labbook("run", "x", "--db", "d", "--plots", "p")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(place.exists("d") && place.exists("p/x/index.html"))
    try place.write("é", "base: x\nexperiment: e\n")
    #expect(try place.labbook("check", "é").status == 0)
    #expect(try place.labbook("init", "i").status == 0 && place.exists("i/first.yaml"))
  }

  @Test func aDashReadsStandardInput() throws {
    let place = try Workplace()
    try place.write("x", Self.small)
    let run = try shell(place, "\"$TOOL\" run - < x")
    #expect(run.status == 0 && run.output.hasPrefix("stdin\n"), "\(run.errors)")
    // Paths in it are relative to the current folder.
    let based = try shell(place, "echo 'base: x' | \"$TOOL\" check -")
    #expect(based.status == 0 && based.output.hasPrefix("stdin\n"), "\(based.errors)")
    let wrong = try shell(place, "echo 'bass: x' | \"$TOOL\" check -")
    #expect(wrong.status == 2 && wrong.errors.hasPrefix("<stdin>:1:1: error: "))
    let twice = try shell(place, "\"$TOOL\" check - - < x")
    #expect(twice.status == 2 && twice.errors.contains("read once only"))
  }

  @Test func aDashIsNoStore() throws {
    let place = try Workplace()
    let outcome = try place.labbook("runs", "--db", "-")
    #expect(outcome.status == 2 && outcome.errors.contains("'-' stands for standard input"))
    let variable = try place.labbook(["runs"], environment: ["LABBOOK_DB": "-"])
    #expect(variable.status == 2 && !place.exists("-"))
  }

  @Test func rowsToPredictForComeFromStandardInput() throws {
    let place = try Workplace()
    let rows = (0..<40).map { "\($0 % 7),\($0 % 3),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try place.write("d.csv", "u,v,w\n" + rows)
    try place.write(
      "t.yaml",
      """
      data: {source: csv, path: d.csv, target: w, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 1}
      """)
    let run = try place.labbook("run", "t.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let records = try place.labbook("export", "runs")
    let id = try #require(
      records.output.split(whereSeparator: \.isNewline).dropFirst().first, "\(records.errors)"
    ).prefix(8)
    let file = try place.labbook(["predict", String(id), "--input", "d.csv", "--format", "csv"])
    let piped = try shell(place, "\"$TOOL\" predict \(id) --input - --format csv < d.csv")
    #expect(file.status == 0 && file.output.split(whereSeparator: \.isNewline).count == 41)
    #expect(piped.output == file.output)
  }
}
