import Foundation
import Machine
import Testing

struct LedProgramTests {
  private func start(_ script: String) throws -> LedProgram {
    try LedProgram(
      path: "/bin/sh", ["-c", script], environment: OutsideProgram.environment())
  }

  private func waitFor(_ isSo: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if isSo() { return true }
      usleep(5_000)
    }
    return false
  }

  @Test func itIsToldLinesAndEndsWithItsInput() throws {
    let program = try start("while read line; do echo got $line >&2; done; echo over >&2; exit 3")
    program.tell("one")
    program.tell("two")
    #expect(waitFor { program.lastWords == ["got one", "got two"] })
    #expect(program.exitStatus == nil)
    program.close()
    #expect(waitFor { program.exitStatus == 3 })
    #expect(waitFor { program.lastWords == ["got one", "got two", "over"] })
    program.tell("nobody hears")
  }

  @Test func aLongLineArrivesWhole() throws {
    let program = try start("read line; echo ${#line} >&2; read line")
    program.tell(String(repeating: "k", count: 1_000_000))
    #expect(waitFor { program.lastWords == ["1000000"] })
    program.close()
    #expect(waitFor { program.exitStatus != nil })
  }

  @Test func theLastLinesAreKept() throws {
    let program = try start("for i in $(seq 100); do echo $i >&2; done")
    #expect(waitFor { program.exitStatus == 0 && program.lastWords.last == "100" })
    #expect(program.lastWords.count == 40)
  }

  @Test func oneThatHasEndedIsToldNothing() throws {
    let program = try start("exit 0")
    #expect(waitFor { program.exitStatus == 0 })
    for _ in 0..<10 { program.tell(String(repeating: "x", count: 100_000)) }
    #expect(program.exitStatus == 0)
  }
}
