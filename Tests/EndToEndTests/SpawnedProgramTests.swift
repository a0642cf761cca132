import Foundation
import TestSupport
import Testing

/// What tests start programs with.
@Suite struct SpawnedProgramTests {
  /// Pipes and sockets of other tests are open in this process, some of which any child would get.
  @Test func aProgramHasItsStreamsAndNothingElse() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let outcome = try SpawnedProgram.call("/bin/sh", ["-c", "echo /proc/$$/fd/*"])
    #expect(outcome.status == 0)
    let open = outcome.output.split(whereSeparator: \.isWhitespace).compactMap {
      $0.split(separator: "/").last.flatMap { Int($0) }
    }
    // The shell reads its own list of them at 3.
    #expect(open.filter { $0 < 3 } == [0, 1, 2] && !open.contains(Int(ends[1])))
  }

  @Test func itsEndIsItsOwn() throws {
    let place = try Workplace()
    let outcome = try SpawnedProgram.call(
      "/bin/sh", ["-c", "pwd; echo said >&2; echo $WORD; kill -9 $$"], folder: place.path,
      environment: ["WORD": "given"])
    #expect(outcome.status == 128 + SIGKILL && outcome.errors == "said\n")
    #expect(outcome.output.hasSuffix("\ngiven\n"))
    #expect(throws: POSIXError.self) { try SpawnedProgram.call("/no/such/program", []) }
  }

  @Test func whatDoesNotEndIsToldAndKilled() throws {
    let program = try SpawnedProgram("/bin/sh", ["-c", "sleep 1000; true"])
    let error = #expect(throws: SpawnedProgram.Overdue.self) { try program.wait(within: 0.3) }
    let told = try #require(error).description
    #expect(told.contains("within 0 s") && told.contains("sleep 1000"))
    #expect(try program.wait(within: 60) == 128 + SIGKILL)
  }
}
