public import Machine
public import Runs
import Synchronization
import Terminal
public import Tracking

/// What of the machine the runs of programs share: cores within this process, cards among all processes of
/// the user, memory.
public final class ProgramSlots: Sendable {
  /// The cores that all runs together take.
  public let jobs: Int
  /// The cards that runs may take.
  public let cards: MachineCards
  /// The memory that all runs together may take.
  public let memory: MemoryRoom
  private let runs: Int
  private let allowed: [Int]
  private let environment: [String: String]
  private let state = Mutex(State())

  private struct State {
    var memoryBytes = 0
    /// The cores that runs of this process are kept on.
    var cores: Set<Int> = []
  }

  /// Makes the slots of a machine.
  ///
  /// - Parameters:
  ///   - jobs: the cores that all runs together take.
  ///   - runs: how many runs there are to be started; fewer than there is room for get more cores each.
  ///   - allowed: the numbers of the cores of the machine.
  ///   - environment: says where the user's runtime folder is.
  public init(
    jobs: Int, runs: Int = .max, cards: MachineCards = .none, memory: MemoryRoom = .current(),
    allowed: [Int] = Cores.allowed, environment: [String: String] = OutsideProgram.variables
  ) {
    self.jobs = max(1, jobs)
    self.runs = runs
    (self.cards, self.memory, self.allowed) = (cards, memory, allowed)
    self.environment = environment
  }

  // MARK: What there is room for

  /// How many runs of a program are at work at a time.
  public func slots(of program: ProgramRun) -> Int {
    let handling = program.handling
    var slots = min(runs, jobs / max(1, min(jobs, handling.cpus ?? 1)))
    if let gpus = handling.gpus { slots = min(slots, CardCount(gpus).runs(on: cards.cards.count)) }
    if let bytes = handling.memoryBytes, bytes > 0 { slots = min(slots, memory.bytes / bytes) }
    return max(1, slots)
  }

  /// How many cores a run of a program has: those that its file says, else those of all runs shared out.
  public func cpus(of program: ProgramRun) -> Int {
    max(1, min(jobs, program.handling.cpus ?? jobs / slots(of: program)))
  }

  /// What keeps a program from ever being started here, with the way out; `nil` where nothing does.
  public func problem(of program: ProgramRun) -> LabbookError? {
    let handling = program.handling
    if let bytes = handling.memoryBytes, bytes > memory.bytes {
      return .input(
        "a run takes \(Quantity.bytes(Double(bytes))) of memory, and \(memory.words)",
        hint: "write less at resources: memory" + (memory.way.isEmpty ? "" : ", or \(memory.way)"))
    }
    let count = cards.cards.count
    let there =
      count == 0
      ? cards.hides ? "--gpus leaves none" : "this machine has none"
      : "there \(count == 1 ? "is 1" : "are \(count)") (\(cards.source))"
    guard let gpus = handling.gpus else {
      if count == 0 { return nil }
      return .input(
        "this machine has \(count) graphics card\(count == 1 ? "" : "s"), and nothing says how many "
          + "a run of this program takes",
        hint: "write train: {resources: {gpus: 1}}, or gpus: 0, which hides them all")
    }
    if CardCount(gpus).runs(on: count) == 0 {
      let asked = "a run takes \(SeedStatistics.text(gpus)) graphics card\(gpus == 1 ? "" : "s")"
      return .input(
        "\(asked), and \(there)",
        hint: "write less at resources: gpus, or let --gpus name more")
    }
    return nil
  }

  /// What one run has, and how many are at work at a time, as one line.
  public func words(for program: ProgramRun) -> String {
    let (slots, cpus) = (slots(of: program), cpus(of: program))
    var parts = ["\(cpus) core\(cpus == 1 ? "" : "s")"]
    if let asked = program.handling.cpus, asked > cpus {
      parts[0] += " (of the \(asked) asked for)"
    }
    if let gpus = program.handling.gpus {
      parts.append(
        gpus == 0
          ? "no graphics card"
          : gpus < 1
            ? "\(SeedStatistics.text(gpus)) of a graphics card"
            : "\(SeedStatistics.text(gpus)) graphics card\(gpus == 1 ? "" : "s")")
    }
    if let bytes = program.handling.memoryBytes {
      parts.append(Quantity.bytes(Double(bytes)) + " of memory")
    }
    var text = "\(slots) at a time, each with " + parts.joined(separator: ", ")
    if !cards.cards.isEmpty, program.handling.gpus ?? 0 > 0 {
      text += "; cards " + cards.cards.map(\.name).joined(separator: ", ") + " (\(cards.source))"
    }
    return text
  }

  // MARK: Taking

  /// Takes cards and memory for a run; `nil` where they are not free now.
  ///
  /// - Throws: what keeps the run from ever getting them.
  func take(_ program: ProgramRun) throws(LabbookError) -> ProgramSlot? {
    if let problem = problem(of: program) { throw problem }
    let bytes = program.handling.memoryBytes ?? 0
    let hasRoom = state.withLock { state in
      guard state.memoryBytes == 0 || state.memoryBytes + bytes <= memory.bytes else {
        return false
      }
      state.memoryBytes += bytes
      return true
    }
    guard hasRoom else { return nil }
    let count = CardCount(program.handling.gpus ?? 0)
    guard count.number > 0 else {
      return ProgramSlot(cpus(of: program), [], nil, memoryBytes: bytes, self)
    }
    do throws(LabbookError) {
      // The driver is asked before the table is locked, and remembered for a moment.
      _ = cards.usable
      var chosen: [Card] = []
      let holder = try SlotTable(folder: RuntimeFolder.path(environment: environment)).take {
        chosen = cards.choose(count, held: $0) ?? []
        return chosen.isEmpty
          ? nil : chosen.map { SlotTable.Share($0.identity, part: count.part) }
      }
      if let holder {
        return ProgramSlot(cpus(of: program), chosen, holder, memoryBytes: bytes, self)
      }
    } catch {
      free(memoryBytes: bytes)
      throw error
    }
    free(memoryBytes: bytes)
    return nil
  }

  /// Chooses the cores that a run is kept on; empty where they cannot be distinct.
  func takeCores(_ count: Int) -> (cores: [Int], holder: SlotHolder?) {
    guard jobs <= allowed.count else { return ([], nil) }
    // Whoever cannot see other processes chooses among the cores of this one.
    let table = (try? RuntimeFolder.path(environment: environment)).map(SlotTable.init(folder:))
    var chosen: [Int] = []
    func choose(_ held: [String: Int]) -> [SlotTable.Share]? {
      chosen = state.withLock { state in
        let found = Cores.choose(count, of: allowed, own: state.cores, held: held) ?? []
        state.cores.formUnion(found)
        return found
      }
      // One that another process holds is shared, and stays that one's.
      let free = chosen.filter { held[Cores.name($0)] == nil }
      return free.map { SlotTable.Share(Cores.name($0)) }
    }
    let holder = try? table?.take(choose)
    if chosen.isEmpty { _ = choose([:]) }
    return (chosen, holder)
  }

  fileprivate func free(memoryBytes: Int) { state.withLock { $0.memoryBytes -= memoryBytes } }

  func free(cores: [Int]) { state.withLock { $0.cores.subtract(cores) } }
}

/// What one run of a program holds.
final class ProgramSlot: RunSlot {
  let cores: Int
  /// The cards, in order.
  let cards: [Card]
  /// What holds them; `nil` without cards.
  let holder: SlotHolder?
  private let memoryBytes: Int
  private let slots: ProgramSlots
  private let isGiven = Atomic(false)

  init(
    _ cores: Int, _ cards: [Card], _ holder: SlotHolder?, memoryBytes: Int, _ slots: ProgramSlots
  ) {
    (self.cores, self.cards, self.holder) = (cores, cards, holder)
    (self.memoryBytes, self.slots) = (memoryBytes, slots)
  }

  func giveBack() {
    guard !isGiven.exchange(true, ordering: .relaxed) else { return }
    holder?.giveBack()
    slots.free(memoryBytes: memoryBytes)
  }
}
