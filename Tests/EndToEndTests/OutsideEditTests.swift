import Foundation
import Glibc
import TestSupport
import Testing

/// Programs that are edited: while a sweep is at work, between two sweeps, in ways that change nothing.
@Suite struct OutsideEditTests {
  private static let file = """
    train:
      command: sh learn.sh {x}
      params: {x: 1}
      grace: 0.3s
    objective: {minimize: loss}
    over: {x: [1, 2, 3]}

    """

  /// Waits until the first run has begun, and for a word to go on.
  private static let waiting = """
    touch begun
    [ $1 = 1 ] && while [ ! -e go ]; do sleep 0.02; done
    echo "{\\"loss\\": $1}"

    """

  @Test func afterAnEditNothingMoreStarts() throws {
    let place = try OutsideTrainingTests.place(Self.waiting, Self.file)
    let tool = try place.start(["run", "outside.yaml", "--jobs", "1"])
    #expect(try tool.reaches { place.exists("begun") })
    try place.write("learn.sh", "# another\n" + Self.waiting)
    try place.write("go", "")
    let outcome = try tool.wait()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("learn.sh changed while it ran"), "\(outcome.errors)")
    #expect(
      outcome.errors.contains("learn.sh changed since the plan was made: plan anew"),
      "\(outcome.errors)")
    let store = try StoreReader(place.store)
    #expect(
      try store.texts("SELECT status FROM run_table ORDER BY status")
        == ["failed", "planned", "planned"])
    // The same command plans anew and trains what the file is now.
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    #expect(
      try store.number("SELECT COUNT(*) FROM run_table WHERE status = 'completed'") == 3)
  }

  @Test func inputsAreComparedToo() throws {
    let place = try OutsideTrainingTests.place(
      "cat data.txt >> seen\necho '{\"loss\": 1}'\necho more >> data.txt\n",
      "train: {command: sh learn.sh, inputs: [data.txt]}\nobjective: {minimize: loss}\n")
    try place.write("data.txt", "one\n")
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 1 && outcome.errors.contains("data.txt changed while it ran"))
  }

  @Test func aSnapshotIsStartedWhateverIsEdited() throws {
    let place = try OutsideTrainingTests.place(
      """
      . ./part/of.sh
      touch "$DONE/begun"
      [ $1 = 1 ] && while [ ! -e "$DONE/go" ]; do sleep 0.02; done
      cat beside.txt >> "$DONE/seen"
      echo "{\\"loss\\": $VALUE}"

      """,
      Self.file.replacingOccurrences(
        of: "grace: 0.3s",
        with: "grace: 0.3s\n  snapshot: true\n  files: [learn.sh, part]\n  pass_env: [DONE]"))
    try FileManager.default.createDirectory(
      atPath: place.path + "/part", withIntermediateDirectories: true)
    try place.write("part/of.sh", "VALUE=7\n")
    try place.write("beside.txt", "beside\n")
    let tool = try place.start(
      ["run", "outside.yaml", "--jobs", "1"], environment: ["DONE": place.path])
    #expect(try tool.reaches { place.exists("begun") })
    try place.write("part/of.sh", "VALUE=8\n")
    try place.write("learn.sh", "exit 1\n")
    try place.write("go", "")
    let outcome = try tool.wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    #expect(try store.texts("SELECT value FROM metric_points") == ["7.0", "7.0", "7.0"])
    // What is not copied is reached all the same.
    #expect(try place.read("seen") == "beside\nbeside\nbeside\n")
    #expect(!place.exists("labbook.sqlite.runs"))
    #expect(place.exists("part/of.sh") && place.exists("beside.txt"))
  }

  @Test func aParameterThatIsAbsentKeepsTheKeysOfBefore() throws {
    let program = "echo \"{\\\"loss\\\": $1}\"\n"
    let place = try OutsideTrainingTests.place(program, Self.file)
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let keys = "SELECT DISTINCT key FROM run_table ORDER BY key"
    let before = try StoreReader(place.store).texts(keys)
    try place.write(
      "outside.yaml",
      Self.file.replacingOccurrences(of: "{x}", with: "{x} {--ema}")
        .replacingOccurrences(
          of: "params: {x: 1}", with: "params: {x: 1, ema: false}\n  absent: {ema: false}"))
    let same = try place.labbook("run", "outside.yaml")
    #expect(same.output.contains("all 3 runs are in"), "\(same.output)\(same.errors)")
    #expect(try StoreReader(place.store).texts(keys) == before)
    let others = try place.labbook("run", "outside.yaml", "--set", "params.ema=true")
    #expect(others.status == 0, "\(others.errors)")
    #expect(try StoreReader(place.store).texts(keys).count == 6)
  }

  @Test func anEditThatChangesNoNumberIsAccepted() throws {
    let program = "echo \"{\\\"loss\\\": $1}\"\n"
    let place = try OutsideTrainingTests.place(program, Self.file)
    let early = try place.labbook("run", "outside.yaml", "--accept", "learn.sh")
    #expect(early.status != 0)
    try place.write(
      "outside.yaml", Self.file.replacingOccurrences(of: "[1, 2, 3]", with: "[1]"))
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let none = try place.labbook("run", "outside.yaml", "--accept", "learn.sh")
    #expect(none.status == 2 && none.errors.contains("nothing to accept"), "\(none.errors)")
    let other = try place.labbook("run", "outside.yaml", "--accept", "lern.sh")
    #expect(other.status == 2 && other.errors.contains("did you mean 'learn.sh'"))
    try place.write("outside.yaml", Self.file)
    try place.write("learn.sh", "# a comment\n" + program)
    let outcome = try place.labbook("run", "outside.yaml", "--accept", "learn.sh")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("the edit of learn.sh changes no number"))
    #expect(
      outcome.output.contains("1 of 3 runs was made before an edit of learn.sh"),
      "\(outcome.output)")
    #expect(try place.read("plots/outside/index.md").contains("before an edit of learn.sh"))
    let store = try StoreReader(place.store)
    #expect(try store.number("SELECT COUNT(*) FROM run_table") == 3)
    #expect(
      try store.number(
        "SELECT COUNT(DISTINCT sha256) FROM run_files WHERE path = 'learn.sh'") == 2)
    // It holds from then on, also for a second edit.
    #expect(try place.labbook("run", "outside.yaml").output.contains("all 3 runs are in"))
    try place.write("learn.sh", "# two comments\n" + program)
    let check = try place.labbook("check", "outside.yaml", "--format", "csv")
    #expect(check.output.contains("main,x,3,3,3,0"), "\(check.output)")
    #expect(
      try place.labbook("run", "outside.yaml", "--accept", "learn.sh").output
        .contains("all 3 runs are in"))
    // An edit that nobody accepted is another program.
    try place.write("learn.sh", "# three\n" + program)
    let third = try place.labbook("check", "outside.yaml", "--format", "csv")
    #expect(third.output.contains("main,x,3,3,3,0"))
  }

  @Test func trackedFilesThatChangedAreSaid() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/git") else { return }
    let place = try OutsideTrainingTests.place("echo '{\"loss\": 1}'\n", Self.file)
    try place.write("settings.txt", "one\n")
    func git(_ words: String...) throws {
      let identity = ["-c", "user.name=n", "-c", "user.email=e@e"]
      let outcome = try SpawnedProgram.call("/usr/bin/git", identity + words, folder: place.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try git("init", "-q")
    try git("add", "learn.sh", "settings.txt", "outside.yaml")
    try git("commit", "-qm", "first")
    try place.write("settings.txt", "two\n")
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let store = try StoreReader(place.store)
    #expect(
      try store.text("SELECT value FROM run_environment WHERE key = 'git_diff'")?
        .contains("+two") == true)
    // A commit of the same contents is no change.
    try git("commit", "-qam", "second")
    for command in ["check", "run"] {
      let outcome = try place.labbook(command, "outside.yaml")
      #expect(!(outcome.output + outcome.errors).contains("tracked"), "\(outcome.errors)")
    }
    try place.write("settings.txt", "three\n")
    for command in ["check", "run"] {
      let outcome = try place.labbook(command, "outside.yaml")
      let text = outcome.output + outcome.errors
      #expect(text.contains("3 runs are reused although tracked files have changed"), "\(text)")
      #expect(text.contains("settings.txt"))
    }
  }

  @Test func theInterpreterAndItsPackagesAreRecorded() throws {
    let place = try Workplace()
    try place.write("train.py", "print({'loss': 1})\n")
    try place.write(
      "outside.yaml", "train: {command: python3 train.py}\nobjective: {minimize: loss}\n")
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    let version = try store.text(
      "SELECT value FROM run_environment WHERE key = 'interpreter'")
    #expect(version?.hasPrefix("cpython 3.") == true, "\(version ?? "")")
  }
}
