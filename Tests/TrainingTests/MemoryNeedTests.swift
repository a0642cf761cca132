import Datasets
import Experiments
import Machine
import NeuralNet
import Runs
import TestSupport
import Testing
import Tracking
import Training

@Suite struct MemoryNeedTests {
  private func run(hidden: Int) throws -> RunConfiguration {
    let experiment = try Experiment.parse(
      """
      data: {source: moons, points_per_class: 100}
      model: {mlp: {hidden: [\(hidden), \(hidden)]}}
      train: {optimizer: adam, batch_size: 32}
      """, library: DataLibrary())
    return try #require(experiment.members(of: experiment.sweeps[0]).first).configuration
  }

  private func problem(hidden: Int, jobs: Int, _ room: MemoryRoom) throws -> LabbookError? {
    let network = try #require(try run(hidden: hidden).network)
    // As many runs as jobs: they differ in their seeds.
    return try MemoryNeed.problem(
      (0..<jobs).map { network.with(seed: $0) }, jobs: jobs, library: DataLibrary(), room: room)
  }

  // By hand, 2-2000-2000-2 has 4,012,002 numbers. A run of it with Adam was measured to take 450 MB at
  // its greatest, 403 MB more than one of a small network: 25 numbers of 4 bytes a parameter. In a
  // control group of 400 MB the kernel killed it, and in one of 446 MB it ran.
  @Test func aWideNetworkNeedsWhatWasMeasured() throws {
    let network = try #require(try run(hidden: 2000).network)
    let need = try MemoryNeed(network, on: DataLibrary().shape(of: network.data))
    #expect(need.parameters == 4_012_002)
    #expect(need.bytes > 403_000_000 && need.bytes < 450_000_000)
    // Weights, gradients, two moments and the best weights.
    #expect(need.steadyBytes > 5 * 4 * 4_012_002 && need.steadyBytes < 6 * 4 * 4_012_002)
  }

  /// What a run is yet to take, when its state is written, is not for threads.
  @Test func threadsTakeWhatARunLeaves() throws {
    let network = try #require(try run(hidden: 2000).network)
    let need = try MemoryNeed(network, on: DataLibrary().shape(of: network.data))
    func fits(_ bytes: Int, in room: Int) -> Bool {
      need.leavesRoom(for: bytes) { MemoryRoom(bytes: room, .machine) }
    }
    let own = need.bytes - need.steadyBytes
    #expect(own > 300_000_000)
    #expect(fits(100 << 20, in: own + (100 << 20)))
    #expect(!fits(100 << 20, in: own + (100 << 20) - 1))
    #expect(fits(1 << 20, in: 0), "what is small is not asked for")
  }

  @Test func whereOneRunDoesNotFitTheSizesAreSaid() throws {
    let room = MemoryRoom(bytes: 60_000_000, .container(limit: 100_000_000))
    let error = try #require(try problem(hidden: 2000, jobs: 2, room))
    #expect(error.message.hasPrefix("a run of 'model' with 4012002 parameters needs about 0.4 GB"))
    #expect(error.message.hasSuffix("this container may use 0.1 GB, of which 60 MB are free"))
    #expect(error.hint.contains("raise the container's limit") && error.status == 2)
    #expect(try problem(hidden: 10, jobs: 2, room) == nil)
  }

  @Test func whereSeveralDoNotFitTheWayIsFewerJobs() throws {
    let room = MemoryRoom(bytes: 600_000_000, .machine)
    let error = try #require(try problem(hidden: 2000, jobs: 4, room))
    #expect(error.message.contains("4 at a time need 0.7 GB, this machine has 0.6 GB"))
    #expect(error.hint == "train fewer at a time: --jobs 2")
    #expect(try problem(hidden: 2000, jobs: 2, room) == nil)
  }
}
