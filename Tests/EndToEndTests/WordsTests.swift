import Foundation
import TestSupport
import Testing

/// What is said of words that are none of ours, and what a shell completes.
struct WordsTests {
  /// Words typed by habit: an error in one voice, with the command and what to type instead.
  @Test(arguments: [
    (["chekc", "f.yaml"], "error: there is no command 'chekc'; did you mean 'check'?"),
    (["ls"], "error: there is no command 'ls'; that is `labbook runs` here"),
    (["logs"], "error: there is no command 'logs'; that is `labbook show RUN --log` here"),
    (["delete", "abc"], "error: there is no command 'delete'; that is `labbook rm RUN` here"),
    (["f.yaml"], "error: there is no command 'f.yaml'; a file is run by `labbook run f.yaml`"),
    (
      ["run", "f.yaml", "--job", "2"], "error: run: unknown option '--job'. Did you mean '--jobs'?"
    ),
    (
      ["run", "f.yaml", "--quiet"],
      "error: run: unknown option '--quiet': progress goes to standard error: add 2>/dev/null"
    ),
    (["show"], "error: show: missing expected argument '<run>'"),
    (["export", "model", "abc"], "error: export model: missing expected argument '--out <file>'"),
  ])
  func wordsByHabitNameOurs(_ arguments: [String], _ first: String) throws {
    let outcome = try Workplace().labbook(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.first == first)
    #expect(!outcome.errors.contains("Error:"))
    #expect(lines.allSatisfy { $0.count <= 100 }, "\(outcome.errors)")
    #expect(lines.last?.hasSuffix(" --help explains it") == true)
  }

  @Test func filesThatAreNoneNameTheNearest() throws {
    let place = try Workplace()
    try place.write("spiral.yaml", "data: {source: moons}\nmodel: {mlp: {hidden: [2]}}\n")
    for name in ["spiral", "spirals", "spial.yaml"] {
      #expect(try place.labbook("check", name).errors.contains("did you mean 'spiral.yaml'?"))
    }
    let value = try place.labbook("check", "spiral.yaml", "lr=0.1")
    #expect(value.errors.contains("a value of the file is replaced by --set lr=0.1"))
    let twice = try place.labbook("check", "spiral.yaml", "spiral.yaml")
    #expect(twice.status == 2 && twice.errors.contains("spiral.yaml is named twice"))
    let spelled = try place.labbook("check", "./spiral.yaml", "spiral.yaml")
    #expect(spelled.status == 2)
    #expect(
      spelled.errors.contains("./spiral.yaml and spiral.yaml are the same file; name it once"))
    let kind = try place.labbook("plot", "curve")
    #expect(kind.status == 2 && kind.errors.contains("did you mean 'curves'?"))
  }

  /// The shell's own call: `labbook ---completion COMMAND -- ARGUMENT INDEX PREFIX WORDS`.
  @Test(arguments: ["bash", "zsh", "fish"])
  func everyShellHasAScriptThatAsksLabbook(_ shell: String) throws {
    let place = try Workplace()
    let script = try place.labbook("completion", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("---completion"))
    #expect(script.output.contains("labbook"))
    #expect(try place.labbook("completion", "tcsh").status == 2)
  }

  /// In bash, as a person at the keyboard sees it: the words for what was typed so far.
  @Test func bashOffersRunsSweepsMetricsKeysAndFiles() throws {
    let place = try Workplace()
    try place.write(
      "moons.yaml",
      """
      data: {source: moons, points_per_class: 10}
      model: {mlp: {hidden: [2]}}
      train: {epochs: 1}
      notebook: [{sweep: quick one, over: {lr: [0.1]}}, {sweep: other, over: {lr: [0.2]}}]
      """)
    try place.write("notes.txt", "")
    let run = try place.labbook("run", "moons.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let listed = try place.labbook("export", "runs", "--format", "csv").output
    let id = try #require(listed.split(whereSeparator: \.isNewline).dropFirst().first?.prefix(8))
      .description
    #expect(try offered(["show", ""], in: place).contains(id))
    #expect(try offered(["runs", "--sweep", "o"], in: place) == ["other"])
    #expect(try offered(["plot", "cu"], in: place) == ["curves"])
    #expect(try offered(["runs", "--sort", "train/l"], in: place) == ["train/loss"])
    #expect(try offered(["compare", "--by", "opti"], in: place).contains("optimizer"))
    #expect(try offered(["plot", "curves", "--metric", "train/l"], in: place) == ["train/loss"])
    #expect(try offered(["plot", "curves", "--by", "opti"], in: place).contains("optimizer"))
    #expect(try offered(["plot", "curves", "--band", "s"], in: place) == ["sem", "std"])
    // Folders are offered too, for what may lie in them.
    #expect(try offered(["check", "m"], in: place).contains("moons.yaml"))
    #expect(try !offered(["check", "n"], in: place).contains("notes.txt"))
    #expect(try offered(["init", "--example", "spi"], in: place) == ["spiral", "spiral_torch"])
  }

  private func offered(_ words: [String], in place: Workplace) throws -> [String] {
    let script = try place.labbook("completion", "bash").output
    try place.write("complete.bash", script)
    let line = (["labbook"] + words).map { "'\($0)'" }.joined(separator: " ")
    let answer = """
      PATH=\(URL(filePath: toolPath).deletingLastPathComponent().path):$PATH
      source ./complete.bash
      COMP_WORDS=(\(line)); COMP_CWORD=\(words.count)
      COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
      _labbook labbook "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let output = try SpawnedProgram.call("/bin/bash", ["-c", answer], folder: place.path).output
    return output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }.sorted()
  }

  /// A page a command, each with the options that its help has.
  @Test func everyCommandHasAManualPage() throws {
    let place = try Workplace()
    #expect(try place.labbook("manual", "--out", "man1").status == 0)
    let pages = place.files().filter { $0.hasSuffix(".1") }
    let help = try place.labbook("--help").output
    let commands = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("labbook help") }
      .map { String($0.split(separator: " ")[0]) }
    #expect(commands.count > 25)
    for command in commands where command != "See" {
      #expect(pages.contains("man1/labbook-\(command).1"), "\(command)")
    }
    let page = try place.read("man1/labbook-run.1")
    for line in [".SH OPTIONS", "\\fB\\-\\-jobs\\fR \\fIjobs\\fR", ".SH EXAMPLES"] {
      #expect(page.contains(line), "\(page)")
    }
    // Values that a sentence names stand there once, and the default last.
    #expect(!page.contains("One of baseline"))
    let tool = try place.read("man1/labbook.1")
    #expect(tool.contains(".SH ENVIRONMENT") && tool.contains("\\fBLABBOOK_DB\\fR"))
    #expect(
      tool.contains("labbook \\- Run the experiments of a YAML file and read them as a notebook\n"))
    #expect(try place.labbook("manual", "chekc").errors.contains("did you mean 'check'?"))
    // A request that roff does not know would stand at a line's beginning.
    let known: Set = [".TH", ".SH", ".TP", ".PP", ".B", ".nf", ".fi"]
    for name in pages {
      for line in try place.read(name).split(separator: "\n") where line.hasPrefix(".") {
        #expect(known.contains(String(line.split(separator: " ")[0])), "\(name): \(line)")
      }
    }
  }

  /// A shipped notebook with the table it reads, in a folder of one's own.
  @Test func anExampleComesWithItsTable() throws {
    let place = try Workplace()
    let made = try place.labbook("init", "--example", "rents", "mine")
    #expect(made.status == 0, "\(made.errors)")
    #expect(place.files().contains("mine/rents.yaml"))
    #expect(place.files().contains("mine/data/rents.csv"))
    #expect(try place.labbook("check", "mine/rents.yaml").status == 0)
    #expect(try place.labbook("init", "--example", "rents", "mine").status == 2)
    let none = try place.labbook("init", "--example", "spirl")
    #expect(none.status == 2 && none.errors.contains("did you mean 'spiral'?"))
    #expect(try place.labbook("init", "--example", "spiral", "--target", "y").status == 2)
  }
}
