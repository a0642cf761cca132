import Foundation
import Machine
import Testing
import Tracking

struct OutsideProgramTests {
  private func ask(
    _ script: String, seconds: Double = 20, bytes: Int = 1 << 20
  ) throws -> ProgramAnswer {
    try OutsideProgram.ask("sh", ["-c", script], adding: ["A=b"], seconds: seconds, bytes: bytes)
  }

  @Test func itsOutputAndStatusComeBack() throws {
    let answer = try ask("cat; echo $A; echo no >&2; exit 3")
    #expect(answer.text == "b\n" && answer.status == 3)
    #expect(try ask("kill -9 $$").status == 128 + 9)
  }

  @Test func aMissingProgramIsSaid() {
    let error = #expect(throws: LabbookError.self) { try OutsideProgram.ask("no-such-program", []) }
    #expect(error?.message == "'no-such-program' was not found")
  }

  @Test func aProgramIsLookedForAsAShellDoes() throws {
    #expect(OutsideProgram.find("sh")?.hasSuffix("/sh") == true)
    #expect(OutsideProgram.find("/bin/sh") == "/bin/sh")
    // A folder, and a file that nobody may run, are none.
    #expect(OutsideProgram.find("/bin") == nil && OutsideProgram.find("/etc/passwd") == nil)
  }

  /// The grandchild would sleep on; `seconds` bounds the wait, not the sleep.
  @Test func oneThatIsSilentIsEndedWithAllThatItStarted() throws {
    let mark = "\(FileManager.default.temporaryDirectory.path)/labbook-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: mark) }
    let start = ContinuousClock.now
    let error = #expect(throws: LabbookError.self) {
      try ask("(sleep 1.5; echo late > \(mark)) & sleep 600", seconds: 0.5)
    }
    #expect(error?.message == "'sh' did not answer within 0 s and was ended")
    #expect(ContinuousClock.now - start < .seconds(30))
    Thread.sleep(forTimeInterval: 2)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func oneThatClosesItsOutputAndStaysIsEnded() {
    let error = #expect(throws: LabbookError.self) { try ask("exec >&-; sleep 600", seconds: 0.5) }
    #expect(error?.message.contains("did not answer") == true)
  }

  @Test func oneThatTalksWithoutEndIsEnded() {
    let error = #expect(throws: LabbookError.self) {
      try ask("while :; do echo y; done", bytes: 1000)
    }
    #expect(error?.message == "'sh' printed more than 1000 bytes and was ended")
  }
}
