import Programs
import Testing

struct SilentOutputTests {
  @Test func aBusyProgramThatTellsNothingIsToldOfOnce() throws {
    var silence = SilentOutput()
    var asked = 0
    func note(_ seconds: Double, cpu: Double, _ silence: inout SilentOutput) -> String? {
      silence.note(after: seconds, hasTold: false) {
        asked += 1
        return cpu
      }
    }
    #expect(note(9.9, cpu: 9, &silence) == nil && asked == 0)
    // It sleeps: a quarter of the time is asked for.
    #expect(note(10, cpu: 2, &silence) == nil && asked == 1)
    // The next look is after twice as long.
    #expect(note(19, cpu: 19, &silence) == nil && asked == 1)
    let found = try #require(note(20, cpu: 8, &silence))
    #expect(found.contains("20 s, in which it used 8 s of a core"))
    #expect(found.contains("stdbuf -oL") && found.contains("python -u"))
    #expect(note(100, cpu: 100, &silence) == nil && asked == 2)
  }

  @Test func whoHasToldSomethingIsLeftInPeace() {
    var silence = SilentOutput()
    #expect(silence.note(after: 1, hasTold: true, cpuSeconds: { 1 }) == nil)
    #expect(silence.note(after: 50, hasTold: false, cpuSeconds: { 50 }) == nil)
    #expect(silence.note(atEnd: 60, steps: 9) == nil)
  }

  @Test func whatCameAtTheEndAloneIsTold() {
    let silence = SilentOutput()
    #expect(silence.note(atEnd: 9, steps: 100) == nil)
    #expect(silence.note(atEnd: 30, steps: 1) == nil)
    #expect(silence.note(atEnd: 30, steps: 3)?.contains("all it told, 3 steps") == true)
  }
}
