import Foundation
import Testing

/// Programs that are missing or that do not answer.
struct OutsideProgramTests {
  /// A folder with a program that never answers, before the others.
  private func silent(_ name: String, in place: Workplace) throws -> [String: String] {
    try FileManager.default.createDirectory(
      atPath: place.path + "/bin", withIntermediateDirectories: true)
    try place.write("bin/" + name, "#!/bin/sh\necho $$ >> \(place.path)/started\nexec sleep 300\n")
    chmod(place.path + "/bin/" + name, 0o755)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["PATH": "\(place.path)/bin:\(path)", "LABBOOK_PROGRAM_SECONDS": "2"]
  }

  @Test func withoutGnuplotItIsSaidBeforeTraining() throws {
    let place = try Workplace()
    try place.write("x.yaml", OddPathsTests.small)
    let nowhere = ["PATH": place.path]
    let check = try place.labbook(["check", "x.yaml"], environment: nowhere)
    #expect(check.status == 0 && check.output.contains("figure of 'x' will be missing"))
    #expect(check.output.contains("apt-get install gnuplot-nox"))
    let run = try place.labbook(["run", "x.yaml"], environment: nowhere)
    let advice = try #require(run.errors.range(of: "will be missing"))
    let trained = try #require(run.errors.range(of: "1 run trained"))
    #expect(advice.lowerBound < trained.lowerBound && run.status == 1)
    let terminal = try place.labbook(["plot", "x.yaml", "--terminal"], environment: nowhere)
    #expect(terminal.status == 0 && !terminal.output.isEmpty)
    #expect(try !place.labbook("check", "x.yaml").output.contains("will be missing"))
  }

  @Test func aGnuplotThatHangsIsNamedAndEnded() throws {
    let place = try Workplace()
    try place.write("x.yaml", OddPathsTests.small)
    let run = try place.labbook(["run", "x.yaml"], environment: try silent("gnuplot", in: place))
    #expect(run.status == 1)
    #expect(run.errors.contains("gnuplot has not answered for 1 s: plots/x/"))
    #expect(run.errors.contains("gnuplot did not answer within 2 seconds"))
    for line in try place.read("started").split(separator: "\n") {
      #expect(kill(try #require(pid_t(line)), 0) != 0)
    }
  }

  @Test func aGitThatHangsIsNamedAndEnded() throws {
    let place = try Workplace()
    try place.write("x.yaml", OddPathsTests.small)
    let run = try place.labbook(["run", "x.yaml"], environment: try silent("git", in: place))
    #expect(run.status == 0 && run.errors.contains("'git' did not answer within 2 s"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func programsEndWithUs(signal number: Int32) throws {
    // A shell that starts the tests in the background hands down an ignored Ctrl-C, which stays so.
    signal(number, SIG_DFL)
    let place = try Workplace()
    try place.write("x.yaml", OddPathsTests.small)
    #expect(try place.labbook(["run", "x.yaml"], environment: ["PATH": place.path]).status == 1)
    let tool = try place.start(
      ["plot", "x.yaml"], environment: try silent("gnuplot", in: place))
    #expect(try tool.reaches { try place.exists("started") && !place.read("started").isEmpty })
    kill(tool.id, number)
    #expect(try tool.wait().status == 128 + number)
    for line in try place.read("started").split(separator: "\n") {
      let process = try #require(pid_t(line))
      // Until who inherits it has taken notice of its end.
      for _ in 0..<200 where kill(process, 0) == 0 { usleep(10_000) }
      #expect(kill(process, 0) != 0)
    }
  }

  @Test func smallStacksAndFewFilesAreNoTrap() throws {
    let place = try Workplace()
    try place.write("x.yaml", OddPathsTests.small)
    func limited(_ limit: String, _ arguments: String) throws -> Outcome {
      try RunningTool(
        executable: "/bin/sh", ["-c", "ulimit \(limit); exec \"$TOOL\" \(arguments)"],
        folder: place.path, environment: ["TOOL": toolPath]
      ).wait()
    }
    #expect(try limited("-s 64", "run x.yaml").status == 0)
    for files in 7...20 {
      let outcome = try limited("-n \(files)", "run x.yaml --fresh")
      #expect(outcome.status <= 2, "-n \(files): \(outcome.errors)")
      if outcome.status != 0 { #expect(outcome.errors.contains("open")) }
    }
  }
}
