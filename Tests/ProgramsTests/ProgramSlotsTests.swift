import Machine
import Programs
import Runs
import Testing
import Tracking

/// How many runs of a program are at work at a time, and with what.
@Suite struct ProgramSlotsTests {
  private func program(
    cpus: Int? = nil, gpus: Double? = nil, memory: Int? = nil
  ) -> ProgramRun {
    var handling = ProgramHandling()
    (handling.cpus, handling.gpus, handling.memoryBytes) = (cpus, gpus, memory)
    return ProgramRun(command: ["true"], parameters: [:], seed: 1, handling: handling)
  }

  private func slots(_ jobs: Int, runs: Int = .max, cards: String? = nil) throws -> ProgramSlots {
    let cards = try cards.map { try MachineCards.find($0, environment: [:], root: "/nowhere") }
    return ProgramSlots(
      jobs: jobs, runs: runs, cards: cards ?? .none,
      memory: MemoryRoom(bytes: 64_000_000_000, .machine))
  }

  @Test func coresAreSharedOutAmongTheSlots() throws {
    let found = try slots(16, cards: "2")
    // Two cards, so two at a time, with half of the cores each.
    #expect(found.slots(of: program(gpus: 1)) == 2 && found.cpus(of: program(gpus: 1)) == 8)
    #expect(found.slots(of: program(gpus: 0.25)) == 8 && found.cpus(of: program(gpus: 0.25)) == 2)
    #expect(found.slots(of: program(gpus: 0)) == 16 && found.cpus(of: program(gpus: 0)) == 1)
    let asked = program(cpus: 6, gpus: 1)
    #expect(found.slots(of: asked) == 2 && found.cpus(of: asked) == 6)
    let memory = program(gpus: 0, memory: 16_000_000_000)
    #expect(found.slots(of: memory) == 4 && found.cpus(of: memory) == 4)
    #expect(try slots(16, runs: 1).cpus(of: program()) == 16)
    #expect(try slots(2).cpus(of: program(cpus: 8)) == 2)
  }

  @Test func whatCanNeverBeStartedIsSaid() throws {
    let here = try slots(4, cards: "2")
    #expect(here.problem(of: program())?.hint.contains("gpus: 0") == true)
    #expect(here.problem(of: program(gpus: 0)) == nil)
    #expect(here.problem(of: program(gpus: 3))?.message.contains("there are 2") == true)
    #expect(
      here.problem(of: program(gpus: 1, memory: 65_000_000_000))?.message
        .contains("65.0 GB of memory, and this machine has 64 GB") == true)
    #expect(try slots(4).problem(of: program()) == nil)
    #expect(try slots(4).problem(of: program(gpus: 0.5))?.message.contains("has none") == true)
  }
}
