import CAllocationCounter
import Foundation
import Machine
import NeuralNet
import TensorKernels
import Testing
import Tracking

/// Any training comes to the bits of one thread at every number of threads, more than there are cores
/// among them, and where the number changes between updates.
///
/// The witness of the numbers themselves are the parity tests; here each outcome is compared with that of
/// one thread, bit for bit.
@Suite(.everyBody) struct SharedTrainingTests {
  private static let counts = [2, 3, 5, 8, 16]
  private static let seeds =
    Int(ProcessInfo.processInfo.environment["LABBOOK_DRAWN_TRAININGS"] ?? "") ?? 40

  @Test(arguments: 0..<seeds) func everyNumberOfThreadsHasTheBitsOfOne(seed: Int) throws {
    let training = try DrawnTraining(seed: seed)
    let one = training.outcome(as: Float.self, nil)
    let team = ThreadTeam()
    let count = Self.counts[seed % Self.counts.count]
    #expect(training.outcome(as: Float.self, team) { _ in count } == one, "\(count) threads")
    let random = CounterRandom(seed: seed, purpose: .search, stream: 3)
    let changing = training.outcome(as: Float.self, team) {
      1 + random.integer(below: 9, 0, $0)
    }
    #expect(changing == one, "threads that change")
  }

  @Test(arguments: 40..<46) func doublePrecisionToo(seed: Int) throws {
    let training = try DrawnTraining(seed: seed)
    let three = training.outcome(as: Double.self, ThreadTeam()) { _ in 3 }
    #expect(three == training.outcome(as: Double.self, nil))
  }

  /// The comparison sees a number that differs in its last bit.
  @Test func theOutcomeSeesASeed() throws {
    let (one, other) = (try DrawnTraining(seed: 0), try DrawnTraining(seed: 12))
    #expect(one.outcome(as: Float.self, nil) != other.outcome(as: Float.self, nil))
  }

  /// Where no thread can be made the one that asks does the work.
  @Test func refusedThreadsChangeNothing() throws {
    let training = try DrawnTraining(seed: 6)
    let refusing = ThreadTeam(by: ThreadMaker { $0 == "labbook.team.1" ? 0 : 11 })
    #expect(
      training.outcome(as: Float.self, refusing) { _ in 8 } == training.outcome(as: Float.self, nil)
    )
  }

  /// Where there is no memory for them, or only for some of it, fewer threads compute, to the same bits.
  @Test(arguments: 0..<12) func memoryThatIsNotThereChangesNothing(seed: Int) throws {
    let training = try DrawnTraining(seed: seed)
    let one = training.outcome(as: Float.self, nil)
    for most in [0, 1, 2] {
      var asked = 0
      let outcome = training.outcome(as: Float.self, ThreadTeam()) { _ in
        3
      } grants: { _ in
        asked += 1
        return asked <= most
      }
      #expect(outcome == one, "\(most) times")
      #expect(asked > 0)
    }
  }

  /// What threads take together: as much as the activations of a batch and their gradients, or of a block
  /// of an evaluation where that has more rows, beside what is next to nothing.
  @Test(arguments: 0..<40) func threadsTakeNoMoreThanABatch(seed: Int) throws {
    let training = try DrawnTraining(seed: seed)
    for threads in [2, 5, 16] {
      var taken = 0
      _ = training.outcome(as: Float.self, ThreadTeam()) { _ in
        threads
      } grants: { bytes in
        taken += bytes
        return true
      }
      let plan = training.plan
      let rows = max(1, Double(plan.inferenceRows) / Double(plan.batchRows))
      let allowed = Int(2 * rows * Double(plan.activationBytes))
      #expect(taken <= allowed + (2 << 20), "\(threads) threads")
    }
  }

  /// Two programs of one team on two threads: one of them computes alone.
  @Test func aTeamServesOneAtATime() throws {
    let trainings = [try DrawnTraining(seed: 1), try DrawnTraining(seed: 3)]
    let alone = trainings.map { $0.outcome(as: Float.self, nil) }
    let team = ThreadTeam()
    let same = try (0..<4).map { index in
      let (done, body) = (Outcome(), KernelBody.pinned)
      let thread = try WorkThread("labbook.test", stackBytes: 16 << 20) {
        // What is pinned for a task is not for another thread.
        let outcome = KernelBody.$pinned.withValue(body) {
          trainings[index % 2].outcome(as: Float.self, team) { _ in 3 }
        }
        done.isSame = outcome == alone[index % 2]
      }
      return (thread, done)
    }
    for (thread, done) in same {
      thread.join()
      #expect(done.isSame)
    }
  }

  private final class Outcome: @unchecked Sendable { var isSame = false }

  /// Once each kind of block has been seen at each number of threads, updates and evaluations take
  /// nothing from the heap.
  @Test(arguments: [2, 5]) func updatesAllocateNothing(threads: Int) throws {
    let layers = [
      conv(4, 3, padding: 1), layer("batch-norm"), layer("relu"), pool("max", 2),
      linear(70), layer("dropout"), linear(3),
    ]
    let plan = NetworkPlan(
      graph: try Graph(layers, input: Shape([1, 8, 8])), loss: chosen(Losses.all, "cross-entropy"),
      optimizer: chosen(Optimizers.all, "adam"), weightDecay: 1e-4, clipNorm: 1, batchRows: 40,
      seed: 1)
    let team = ThreadTeam()
    let program = ThreadTeam.$current.withValue(team) { NetworkProgram<Float>(plan) }
    program.initialize(chosen(Initializers.all, "default"), seed: 1)
    program.bind(sampleData(rows: 60, features: 64, targets: .classes(3)))
    func epoch(by count: Int) {
      team.allow(ThreadAllowance(count, exactly: true))
      _ = program.step(0..<40, rate: 1e-3)
      _ = program.step(40..<60, rate: 1e-3)
      _ = program.evaluate(0..<60)
    }
    // A list of both numbers would itself be an object.
    func epoch() {
      epoch(by: threads)
      epoch(by: 1)
    }
    epoch()
    let before = allocation_count()
    for _ in 1...20 { epoch() }
    #expect(allocation_count() == before)
  }

  /// Without a number that is asked for, work under 100 microseconds goes to no second thread, also where it
  /// is of many small blocks.
  @Test func smallUpdatesStayWithOneThread() throws {
    let refusals = Refusals()
    var team = ThreadTeam(by: ThreadMaker { _ in refusals.count() })
    func step(_ widths: [Int], _ inputs: Int, _ batch: Int) throws {
      let plan = NetworkPlan(
        graph: try Graph(
          widths.flatMap { [linear($0), layer("relu")] } + [linear(3)], input: Shape(inputs)),
        loss: chosen(Losses.all, "cross-entropy"), optimizer: chosen(Optimizers.all, "sgd"),
        batchRows: batch, seed: 1)
      let program = ThreadTeam.$current.withValue(team) { NetworkProgram<Float>(plan) }
      program.initialize(chosen(Initializers.all, "default"), seed: 1)
      program.bind(sampleData(rows: batch, features: inputs, targets: .classes(3)))
      _ = program.step(0..<batch, rate: 1e-3)
    }
    team.allow(ThreadAllowance(4))
    try step([100], 2, 32)
    try step([16, 16], 8, 64)
    try step([100], 2, 1000)
    #expect(refusals.made == 0)
    try step([100], 2, 3000)
    #expect(refusals.made == 1)
    try step([512, 512], 512, 128)
    #expect(refusals.made == 1, "who has been refused once is not asked for again")
    let others = Refusals()
    team = ThreadTeam(by: ThreadMaker { _ in others.count() })
    team.allow(ThreadAllowance(4))
    try step([512, 512], 512, 128)
    #expect(others.made == 1)
  }

  /// Counts the threads that are asked for, and makes none.
  private final class Refusals: @unchecked Sendable {
    private(set) var made = 0

    func count() -> Int32 {
      made += 1
      return 11
    }
  }
}
